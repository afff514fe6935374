"""The notice of a changed pool is taken as it came: flagged, put into the licence's history, told (Rules 16)."""

from datetime import date, datetime

from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, rules_on
from casework.decisions.services.course import save_status
from foundation.journal.services import record
from foundation.kernel.clock import almaty
from foundation.rulebook import selectors as rulebook
from licenses.models import Proceeding
from licenses.proceedings import events, rules
from licenses.proceedings.services.ending import end_case
from licenses.proceedings.statuses import Status


def take_pool_notice(proceeding: Proceeding, *, at: datetime) -> None:
    """Rules 16: no decision follows. Whether it came in time is judged by the calendar of its day and stays so."""
    case, said = proceeding.case, proceeding.content
    assert case.received_at is not None  # noqa: S101 -- only filed notices are taken
    received, changed_on = almaty(case.received_at), date.fromisoformat(said["changed_on"])
    rule = days.rule_for("pool_notice", rules=rules_on(received.date()))
    due_on = days.compute(rule, changed_on, current_calendar())
    found = {
        "accredited": rulebook.pack(changed_on).accredited_pool(said["pool_bin"]) is not None,
        "due_on": due_on.isoformat(),
        "late": rules.notice_is_late(received=received, last_moment=days.due_moment(rule, due_on)),
    }
    proceeding.content = {**said, **found}
    proceeding.take()
    save_status(proceeding, "content")
    end_case(proceeding, at=at)
    record(
        kind=events.POOL_NOTED,
        stream=case.stream,
        at=at,
        subject_id=case.pk,
        payload={
            "about": proceeding.kind,
            "changed_on": said["changed_on"],
            "licence": str(proceeding.licence_id),
            "pool_bin": said["pool_bin"],
            "status": str(Status.DONE),
            "version": case.version,
            **found,
        },
    )
