"""Who works at the desk: every role that may read cases; who among them acts is said by the offers of each case."""

from datetime import datetime

from casework.cases.permissions import require_role
from casework.cases.selectors import READS_ALL
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role

ASSIGNS = frozenset({Role.CHANCERY, Role.SUPERVISOR})
SEES_BREACHES = frozenset({Role.SUPERVISOR, Role.HEAD, Role.AUDITOR})
WRITES_NOTES = frozenset({Role.CHANCERY, Role.EXECUTOR, Role.HEAD, Role.SUPERVISOR})


def require_desk(person: Person, at: datetime) -> frozenset[str]:
    """The roles the person holds today, if one of them reads cases; else NotPermitted."""
    held = accounts.roles_of(person, at.date())
    require_role(person, *sorted(READS_ALL), at=at, held=held)
    return held
