"""What a role may do in the back office's reference data, as Django's permission names.

Power over a case is not here: that is each service's own question. Apps above add their own lines in
`AppConfig.ready`: `allow(Role.SUPERVISOR, "deadlines.*")`.
"""

from collections import defaultdict
from datetime import date
from fnmatch import fnmatchcase

from foundation.accounts import selectors
from foundation.accounts.models import Person, Role

_PATTERNS: dict[str, set[str]] = defaultdict(set)


def allow(role: str, *patterns: str) -> None:
    """Let holders of a role pass Django's permission checks that match (`app.action_model`, with `*`)."""
    _PATTERNS[str(role)].update(patterns)


def may(person: Person, permission: str, on: date) -> bool:
    """Whether one of the person's roles of that day allows the permission."""
    return any(
        fnmatchcase(permission, pattern)
        for role in selectors.roles_of(person, on)
        for pattern in _PATTERNS.get(role, ())
    )


def may_see_app(person: Person, app_label: str, on: date) -> bool:
    """Whether one of the person's roles allows anything of an app."""
    return any(
        fnmatchcase(app_label, pattern.split(".")[0])
        for role in selectors.roles_of(person, on)
        for pattern in _PATTERNS.get(role, ())
    )


allow(Role.ADMINISTRATOR, "accounts.*", "journal.*")
allow(Role.SUPERVISOR, "journal.*")
allow(Role.AUDITOR, "*.view_*")
