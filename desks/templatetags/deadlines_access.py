"""Whether the main menu offers the dashboard: a link that leads to a refusal helps nobody."""

from django import template
from django.http import HttpRequest

from desks.supervisor.permissions import SEES
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now

register = template.Library()


@register.simple_tag
def sees_deadlines(request: HttpRequest) -> bool:
    """Asked by every page of an officer; a door that read the roles already leaves them with the request."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person) or not person.is_staff:
        return False
    held = getattr(request, "held_roles", None)
    if held is None:
        held = accounts.roles_of(person, legal_now().date())
    return bool(held & set(SEES))
