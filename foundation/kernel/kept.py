"""What a person typed into a form that was refused: kept in the session until it is accepted, so nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from foundation.kernel.problems import problem_of
from foundation.kernel.refusals import Refusal

_KEY = "kept_input"
_MOST = 10
_NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "cms", "sign_request", "version"})


@dataclass(frozen=True, slots=True)
class Kept:
    """A refused form: its values as typed, the faults by field, and the refusal in words."""

    values: dict[str, list[str]] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)
    problem: dict[str, Any] = field(default_factory=dict)

    def value(self, name: str, stored: Any = "") -> Any:
        """The last value typed for a name, else what is stored."""
        return self.values[name][-1] if self.values.get(name) else stored


def keep(request: HttpRequest, form: str, values: QueryDict, refusal: Refusal) -> None:
    """Remember a refused form under its name (`<page>:<id>`); the oldest of many is let go."""
    held: dict[str, Any] = request.session.get(_KEY, {})
    held.pop(form, None)
    problem = problem_of(refusal)
    held[form] = {
        "values": {name: said for name, said in values.lists() if name not in _NEVER_KEPT},
        "faults": problem.get("errors", {}),
        "problem": {
            **{name: problem.get(name, "") for name in ("title", "advice", "citation", "code")},
            "changes": problem.get("changes", []),
        },
    }
    while len(held) > _MOST:
        held.pop(next(iter(held)))
    request.session[_KEY] = held


def kept(request: HttpRequest, form: str) -> Kept | None:
    """What was typed last time, if it was refused and not accepted since."""
    found: Mapping[str, Any] | None = request.session.get(_KEY, {}).get(form)
    return Kept(**found) if found else None


def forget(request: HttpRequest, form: str) -> None:
    """The form was accepted."""
    held = request.session.get(_KEY, {})
    if held.pop(form, None) is not None:
        request.session[_KEY] = held


def own_page(request: HttpRequest, name: str, otherwise: str = "/") -> str:
    """The page of ours that a hidden field names; never an address of somebody else."""
    wanted = request.POST.get(name, "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if wanted and safe else otherwise
