"""What follows a fact of a suit after commit: seals and letters. Each may run twice."""

from appeals.suits import events, letters
from casework.documents.handlers import seal_act
from foundation.journal.models import Fact
from foundation.journal.services import subscribe

_HERE = "appeals.suits.handlers"


def connect() -> None:
    """Tell the journal who wants to know what; called once at start."""
    for kind in events.SIGNED_ACTS:
        subscribe(kind, f"{_HERE}.seal_documents")
    for kind in letters.KINDS:
        subscribe(kind, f"{_HERE}.write_letter")


def seal_documents(fact: Fact) -> None:
    """The seal over what was signed."""
    seal_act(fact)


def write_letter(fact: Fact) -> None:
    """A message to whom it concerns, in the cabinet and by mail."""
    letters.write(fact)
