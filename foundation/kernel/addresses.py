"""Where a request comes from, for limits and lock-outs."""

from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle


def client_address(request: HttpRequest) -> str:
    """The connection's address; behind a proxy of ours (NUM_PROXIES) the one that it saw."""
    return str(BaseThrottle().get_ident(request) or "")  # type: ignore[arg-type]  # both kinds of request carry META
