"""After commit: whom a revised calendar concerns hears of it."""

from datetime import timedelta

from casework.deadlines.services.moved_terms import tell_moved
from foundation.journal.models import Fact
from foundation.journal.services import NotYet


def tell_moved_terms(fact: Fact) -> None:
    """Old date, new date, and the act; in rounds, so that a delivery never outlasts its lease."""
    if not tell_moved(fact.payload["revision"], fact.at):
        raise NotYet(timedelta(seconds=1))
