"""The only writers of the case file: open, lock, register, assign, close, and the working notes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases import events, rules
from casework.cases.models import Absence, Assignment, AutomaticAssignment, Bar, Case, Recusal, WorkingNote
from casework.cases.permissions import require_role
from casework.cases.selectors import automatic_assignment, away_between, changes_after
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Party, Person, Role
from foundation.journal.services import record
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, NotFound, StaleVersion
from foundation.kernel.services import next_number


def open_case(
    *, kind: str, form: str, sub_kind: str, party: Party, body: Body, created_by: Person, at: datetime
) -> Case:
    """A new file with its draft number; nothing is registered yet."""
    year = almaty(at).year
    return Case.objects.create(
        kind=kind,
        form=form,
        sub_kind=sub_kind,
        party=party,
        body=body,
        created_by=created_by,
        created_at=at,
        draft_no=f"D-{year}-{next_number(f'draft:{year}'):06d}",
    )


def lock_case(
    case_id: UUID, *, version: int | None = None, reader: Person | None = None, at: datetime | None = None
) -> Case:
    """Lock the file for the act; raises NotFound, or StaleVersion when the caller read an older one.

    With `reader` and `at` the refusal tells who changed what since, as far as that reader may know.
    """
    structlog.contextvars.bind_contextvars(case_id=str(case_id))  # in every line of the log from here on
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("party", "body", "executor")
        .filter(pk=case_id)
        .first()
    )
    if case is None:
        raise NotFound
    require_version(case, version, reader, at)
    return case


def require_version(
    case: Case, version: int | None, reader: Person | None = None, at: datetime | None = None
) -> None:
    """Raise StaleVersion when the caller read another version; None compares nothing."""
    if version is not None and version != case.version:
        raise StaleVersion(
            _(
                "The case changed since you opened it: you have read version {read}, it is now version {now}."
            ).format(read=version, now=case.version),
            advice=_("Open it again, look at what changed, and repeat the step if it is still right."),
            extra={
                "your_version": version,
                "current_version": case.version,
                "changes": _changes(case, version, reader, at),
            },
        )


def _changes(case: Case, version: int, reader: Person | None, at: datetime | None) -> list[dict[str, Any]]:
    if reader is None or at is None:
        return []
    return [
        {"kind": change.kind, "at": almaty(change.at).isoformat(), "who": change.who}
        for change in changes_after(case, version, reader, at)
    ]


def touch(case: Case, *, status_code: str | None = None, **changes: object) -> Case:
    """Write changed fields and count the version up; the case must be locked."""
    fields = ["version", *changes]
    for name, value in changes.items():
        setattr(case, name, value)
    if status_code is not None:
        case.status_code = status_code
        fields.append("status_code")
    case.version += 1
    case.save(update_fields=fields)
    return case


def register_case(case: Case, *, registered_at: datetime, registered_on: date) -> Case:
    """Give the incoming number (Rules 6, 13); once."""
    number = next_number(f"incoming:{registered_on.year}")
    return touch(
        case,
        incoming_no=f"DM-{registered_on.year}-{number:06d}",
        registered_at=registered_at,
        registered_on=registered_on,
    )


def assign_executor(case: Case, *, executor: Person, by: Person, at: datetime, reason: str = "") -> Case:
    """Make somebody the executor and keep who did it and why; the case must be locked."""
    Assignment.objects.create(case=case, executor=executor, assigned_by=by, assigned_at=at, reason=reason)
    return touch(case, executor=executor)


def close_case(case: Case, *, at: datetime, status_code: str) -> Case:
    """The end of the file: nothing is due any more."""
    return touch(
        case, status_code=status_code, is_open=False, closed_at=at, next_due_at=None, next_due_code=""
    )


def reopen_case(case: Case, *, status_code: str) -> Case:
    """The file is worked on again, by somebody who is still to be assigned (Complaints, Reopening)."""
    return touch(case, status_code=status_code, is_open=True, closed_at=None, executor=None)


def bar(case: Case, officers: Iterable[Person], *, reason: str, at: datetime) -> None:
    """Keep officers out of a case for good: whose act was cancelled makes no findings anew (APPC 84, 97(2))."""
    for officer in officers:
        Bar.objects.get_or_create(case=case, officer=officer, defaults={"reason": reason, "since": at})


def write_note(*, case_id: UUID, author: Person, text: str, at: datetime) -> WorkingNote:
    """Keep a private working note of an officer."""
    return WorkingNote.objects.create(case_id=case_id, author=author, text=text, written_at=at)


def ask_recusal(
    case: Case, *, officer: Person, ground: str, reason: str, by: Person, at: datetime
) -> Recusal:
    """Keep a request for recusal (APPC 67); the case must be locked."""
    recusal = Recusal.objects.create(
        case=case, officer=officer, ground=ground, reason=reason, asked_by=by, asked_at=at
    )
    touch(case)
    return recusal


def decide_recusal(
    case: Case, recusal: Recusal, *, granted: bool, reason: str, by: Person, at: datetime
) -> None:
    """Keep the decision; a recused executor is no longer the case's."""
    recusal.granted, recusal.decided_by, recusal.decided_at = granted, by, at
    recusal.decision_reason = reason
    recusal.save(update_fields=["granted", "decided_by", "decided_at", "decision_reason"])
    if granted and case.executor_id == recusal.officer_id:
        touch(case, executor=None)
    else:
        touch(case)


@transaction.atomic
def enter_absence(
    *,
    officer: Person | None,
    substitute: Person | None,
    first_day: date,
    last_day: date,
    order: str,
    by: Person,
    at: datetime,
) -> Absence:
    """Who is away from when until when, and who stands in, by a dated order; from the first day on it works by itself.

    Who stands in acts as executor of every case of the absent officer (process.md, People). Raises BadInput by field,
    NotPermitted for who is no supervisor or head.
    """
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=at)
    if officer is not None:  # two entries at once stand in line
        Person.objects.select_for_update(of=("self",), no_key=True).get(pk=officer.pk)
    span = rules.Span(first_day, last_day)
    found = rules.absence_faults(span, order=order, today=almaty(at).date())
    faults: dict[str, list[Any]] = {name: [_FAULTS[fault]] for name, fault in found.items()}
    if officer is None or not accounts.roles_of(officer, first_day) & _WORK_ON_CASES:
        faults.setdefault("officer", []).append(_("Choose an officer who works on cases then."))
    elif away_between(officer.pk, first_day, last_day).exists():
        faults.setdefault("first_day", []).append(
            _("This officer is entered as away on some of these days already.")
        )
    if officer is not None and substitute is not None:
        _substitute_faults(officer, substitute, span, faults)
    if faults or officer is None:
        raise BadInput(_("The absence was not entered; each place is named."), fields=faults)
    row = Absence.objects.create(
        officer=officer,
        substitute=substitute,
        first_day=first_day,
        last_day=last_day,
        order=order.strip(),
        entered_by=by,
        entered_at=at,
    )
    _tell_of_absence(events.ABSENCE_ENTERED, row, by, at)
    return row


_FAULTS = {
    rules.Fault.BEFORE_FIRST: _("Not before the first day."),
    rules.Fault.OVER: _("It is over already: an absence works from today on."),
    rules.Fault.TOO_LONG: _("A year at most."),
    rules.Fault.NO_ORDER: _("Name the order with its number and date."),
    rules.Fault.HAS_ENDED: _("This absence is over."),
    rules.Fault.TOO_EARLY: _("Not before the first day and not before yesterday."),
}
_WORK_ON_CASES = frozenset({Role.EXECUTOR, Role.HEAD, Role.REVIEWER, Role.CHANCERY})


def _substitute_faults(
    officer: Person, substitute: Person, span: rules.Span, faults: dict[str, list[Any]]
) -> None:
    said = faults.setdefault("substitute", [])
    if substitute.pk == officer.pk:
        said.append(_("Nobody stands in for themselves."))
    needed = accounts.roles_of(officer, span.first_day) & _WORK_ON_CASES
    both = accounts.roles_of(substitute, span.first_day) & accounts.roles_of(substitute, span.last_day)
    if not needed & both:
        said.append(_("Who stands in holds the same role on every day of it."))
    if away_between(substitute.pk, span.first_day, span.last_day).exists():
        said.append(_("Who stands in is away on some of these days."))
    if not said:
        del faults["substitute"]


@transaction.atomic
def end_absence(*, absence_id: int, last_day: date, by: Person, at: datetime) -> Absence:
    """The officer is back earlier or later than the order said; raises BadInput where that day cannot be the last."""
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=at)
    row = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if row is None:
        raise NotFound
    fault = rules.end_fault(rules.Span(row.first_day, row.last_day), last_day, today=almaty(at).date())
    faults = [_FAULTS[fault]] if fault else []
    others = away_between(row.officer_id, row.first_day, last_day).exclude(pk=row.pk)
    if not faults and others.exists():
        faults = [_("This officer is entered as away on some of these days already.")]
    if faults:
        raise BadInput(_("The last day was not changed."), fields={"last_day": faults})
    row.last_day = last_day
    row.save(update_fields=["last_day"])
    _tell_of_absence(events.ABSENCE_ENDED, row, by, at)
    return row


@transaction.atomic
def withdraw_absence(*, absence_id: int, by: Person, at: datetime) -> None:
    """An absence that has not begun is taken back; nobody has acted by it yet. The journal keeps what was entered."""
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=at)
    row = Absence.objects.select_for_update().filter(pk=absence_id).first()
    if row is None:
        raise NotFound
    if row.first_day <= almaty(at).date():
        raise BadInput(
            _("This absence has begun: change its last day instead."),
            fields={"last_day": [_("Enter the last day away.")]},
        )
    _tell_of_absence(events.ABSENCE_WITHDRAWN, row, by, at)
    row.delete()


def _tell_of_absence(kind: str, row: Absence, by: Person, at: datetime) -> None:
    record(
        kind=kind,
        stream=events.ABSENCE_STREAM,
        at=at,
        actor_id=by.pk,
        subject_id=row.officer_id,
        payload={
            "absence": row.pk,
            "first_day": row.first_day.isoformat(),
            "last_day": row.last_day.isoformat(),
            "substitute": str(row.substitute_id) if row.substitute_id else None,
        },
    )


@transaction.atomic
def start_automatic_assignment(*, order: str, by: Person, at: datetime) -> AutomaticAssignment:
    """From now on who registers gets an executor by load and absence (Rules 6); raises BadInput without an order."""
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=at)
    if not order.strip():
        raise BadInput(
            _("Automatic assignment was not turned on."),
            fields={"order": [_("Name the order that says so: number and date.")]},
        )
    running = automatic_assignment()
    if running is not None:
        return running
    row = AutomaticAssignment.objects.create(order=order.strip(), started_by=by, started_at=at)
    _tell_of_order(events.AUTOMATIC_ON, row, by, at)
    return row


@transaction.atomic
def end_automatic_assignment(*, by: Person, at: datetime) -> None:
    """Assignment is by hand again; what was assigned stays."""
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=at)
    row = AutomaticAssignment.objects.select_for_update().filter(ended_at=None).first()
    if row is None:
        return
    row.ended_by, row.ended_at = by, at
    row.save(update_fields=["ended_by", "ended_at"])
    _tell_of_order(events.AUTOMATIC_OFF, row, by, at)


def _tell_of_order(kind: str, row: AutomaticAssignment, by: Person, at: datetime) -> None:
    record(
        kind=kind,
        stream=events.ASSIGNMENT_STREAM,
        at=at,
        actor_id=by.pk,
        subject_id=by.pk,
        payload={"order_id": row.pk},
    )
