"""Whom a case can be given to, on the page of any case: people, their load and absence, whom the portal would choose."""

from datetime import datetime
from functools import cached_property

from casework.cases.models import Case
from casework.cases.rules import Load, next_officer
from casework.cases.selectors import loads
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.clock import almaty


class Assigning:
    """A page that knows its case and its moment."""

    case: Case
    at: datetime

    @cached_property
    def loads(self) -> list[tuple[Person, Load]]:
        """Every executor with the open cases and what stands against an assignment (Rules 6; APPC 67)."""
        return loads(self.case, accounts.people_with(Role.EXECUTOR, almaty(self.at).date()), self.at)

    @property
    def officers(self) -> list[Person]:
        """Whom an act may name."""
        return [person for person, _load in self.loads]

    @property
    def proposed(self) -> Load | None:
        """Whom the portal would give it: by load and absence, never the one who has it."""
        return next_officer(load for _person, load in self.loads if load.officer != self.case.executor_id)
