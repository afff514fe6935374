"""The door of every page of this desk: back office only, second factor passed, a role that reads cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeAlias

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from desks.officer.permissions import require_desk
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks, in which roles, and when by the legal clock."""

    person: Person
    roles: frozenset[str]
    at: datetime

    def may(self, roles: frozenset[str]) -> bool:
        return bool(self.roles & roles)


View: TypeAlias = Callable[..., HttpResponse]


def officers_only(view: View) -> View:
    """`view(request, visit, …)` behind the door; reads the legal clock once."""
    return _door(view, require_safe)


def officers_post(view: View) -> View:
    """The same for what is posted."""
    return _door(view, require_POST)


def _door(view: View, method: Callable[[View], View]) -> View:
    @never_cache
    @login_required
    @method
    @wraps(view)
    def door(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        person, at = request.user, legal_now()
        if not isinstance(person, Person) or not admin.site.has_permission(request):
            raise PermissionDenied
        held = require_desk(person, at)
        request.held_roles = held  # type: ignore[attr-defined]  # for the menu, so that it does not ask again
        return view(request, Visit(person, held, at), **kwargs)

    return door
