"""Who sees the dashboards, who reassigns, who enters and who confirms an exception of the calendar."""

from datetime import datetime

from casework.cases.permissions import require_role
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role

SEES = (Role.SUPERVISOR, Role.HEAD, Role.AUDITOR)
REASSIGNS = (Role.SUPERVISOR, Role.CHANCERY)
ENTERS = (Role.SUPERVISOR,)
CONFIRMS = (Role.SUPERVISOR, Role.HEAD)


def require_sight(person: Person, at: datetime) -> frozenset[str]:
    """The roles the person holds today, if one of them may look at the dashboards; else NotPermitted."""
    held = accounts.roles_of(person, at.date())
    require_role(person, *SEES, at=at, held=held)
    return held
