"""How long the session still lasts; sessions run by the machine's clock."""

from django import template
from django.http import HttpRequest

from foundation.kernel.clock import machine_now

ENDS_AT = "ends_at"
register = template.Library()


@register.simple_tag
def session_seconds(request: HttpRequest | None) -> int | None:
    """Seconds until the person is signed out; None for a guest."""
    session = getattr(request, "session", None)
    ends_at = session.get(ENDS_AT) if session is not None else None
    return max(int(ends_at - machine_now().timestamp()), 0) if ends_at else None
