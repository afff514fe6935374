"""What follows a fact of a complaint after commit: registration, seals, receipt, letters. Each may run twice."""

from uuid import UUID

from appeals import events, letters
from appeals.models import Complaint
from appeals.services.filing import register_due
from casework.deadlines import events as term_events
from casework.documents.handlers import seal_act
from foundation.journal.models import Fact
from foundation.journal.services import subscribe

_HERE = "appeals.handlers"


def connect() -> None:
    """Tell the journal who wants to know what; called once at start."""
    subscribe(term_events.DUE, f"{_HERE}.register_after_hours")
    for kind in events.SIGNED_ACTS:
        subscribe(kind, f"{_HERE}.seal_documents")
    for kind in letters.KINDS:
        subscribe(kind, f"{_HERE}.write_letter")


def register_after_hours(fact: Fact) -> None:
    """APPC 64(3), Rules 5: at 09:00 of the next working day."""
    if fact.payload["code"] == "registration" and _is_complaint(fact.subject_id):
        assert fact.subject_id is not None  # noqa: S101 -- looked at just above
        register_due(complaint_id=fact.subject_id)


def seal_documents(fact: Fact) -> None:
    """The seal over what was signed."""
    seal_act(fact)


def write_letter(fact: Fact) -> None:
    """A message to whom it concerns, in the cabinet and by mail."""
    letters.write(fact)


def _is_complaint(case_id: UUID | None) -> bool:
    return Complaint.objects.filter(pk=case_id).exists()
