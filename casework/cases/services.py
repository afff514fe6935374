"""The only writers of the case file: open, lock, register, assign, close, and the working notes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import structlog
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Assignment, Bar, Case, Recusal, WorkingNote
from casework.cases.selectors import changes_after
from foundation.accounts.models import Body, Party, Person
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import NotFound, StaleVersion
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
