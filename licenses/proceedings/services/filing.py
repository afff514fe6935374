"""Filing of a licensee's request and its registration by the receipt rule (Rules 5, 6; APPC 64(3))."""

from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from django.db import transaction

from casework.cases import services as cases
from casework.cases.models import Case
from casework.deadlines import rules as days
from casework.deadlines.rules import Track
from casework.deadlines.selectors import current_calendar
from casework.deadlines.services import await_registration, changes_of, meet_term, open_term, refresh_next_due
from casework.decisions.services.course import SignedAct, accepted, note, save_status, use_signature
from foundation.journal.services import record
from licenses.models import Proceeding
from licenses.proceedings import events
from licenses.proceedings.services.acting import act_on
from licenses.proceedings.services.pools import take_pool_notice
from licenses.proceedings.statuses import RECEIVED, TERMS, Kind, Status

# what arrives after hours waits as an application does (Rules 5)
_TRACK = Track.NEW
_REQUEST = ("months", "reason", "pool_name", "pool_bin", "changed_on", "corrections")


def submit(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """File the signed request; in office hours it is registered in the same transaction (Rules 5, 6)."""
    person, at = act["person"], act["at"]
    good = accepted(
        proceeding_id,
        action="submit",
        sign_request=act["sign_request"],
        cms=act["cms"],
        person=person,
        at=at,
    )
    with act_on(
        proceeding_id, action="submit", person=person, at=at, version=act["version"], answered=good
    ) as s:
        signed = use_signature(s, good, act.get("ip"))
        proceeding = s.proceeding
        proceeding.submit()
        proceeding.signatory = person
        proceeding.content = {name: signed.content[name] for name in _REQUEST if name in signed.content}
        cases.touch(s.case, received_at=at)
        save_status(proceeding, "signatory", "content")
        waits = await_registration(case=s.case, received_at=at, at=at, track=_TRACK)
        note(s, events.SUBMITTED, act=str(signed.pk), about=str(s.kind), licence=str(proceeding.licence_id))
        if waits is None:
            _register(
                proceeding, registered_at=at, registered_on=days.registration_day(at, current_calendar())
            )
        return proceeding


@transaction.atomic
def register_due(*, proceeding_id: UUID) -> bool:
    """Register what came after hours, dated by the opening of the day; once, whenever the job runs."""
    case = cases.lock_case(proceeding_id)
    proceeding = Proceeding.objects.filter(case=case, status=Status.SUBMITTED).first()
    if proceeding is None or case.received_at is None:
        return False
    proceeding.case = case
    calendar = current_calendar()
    _register(
        proceeding,
        registered_at=days.registration_moment(case.received_at, calendar),
        registered_on=days.registration_day(case.received_at, calendar),
    )
    return True


def _register(proceeding: Proceeding, *, registered_at: datetime, registered_on: date) -> None:
    case: Case = proceeding.case
    proceeding.register()
    save_status(proceeding)
    meet_term(case=case, code="registration", at=registered_at)
    code = TERMS.get(Kind(proceeding.kind))
    if code is not None:
        open_term(case=case, code=code, start=registered_on, at=registered_at, track=_TRACK)
    refresh_next_due(case)
    cases.register_case(case, registered_at=registered_at, registered_on=registered_on)
    record(
        kind=events.REGISTERED,
        stream=case.stream,
        at=registered_at,
        subject_id=case.pk,
        payload={
            "registered_on": registered_on.isoformat(),
            "terms": changes_of(case),
            "track": str(_TRACK),
            "version": case.version,
        },
    )
    if proceeding.kind in RECEIVED:
        take_pool_notice(proceeding, at=registered_at)
