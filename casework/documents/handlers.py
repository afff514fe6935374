"""Reactions to facts: what was signed, or certified by the seal alone, is sealed and published."""

from uuid import UUID

from casework.documents import events
from casework.documents.services import outgoing
from foundation.journal.models import Fact
from foundation.journal.services import subscribe


def connect() -> None:
    """Tell the journal who wants to know what; called once at start. Upper apps add the facts of their signed acts."""
    subscribe(events.DOCUMENTS_CERTIFIED, "casework.documents.handlers.seal_act")


def seal_act(fact: Fact) -> None:
    """A fact with payload {"act": id}: every signed document of the act is sealed and published, once."""
    outgoing.seal_act(UUID(fact.payload["act"]), at=fact.at)
