"""Beginning a session, the same way for every kind of sign-in."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as otp_login

from foundation.accounts.middleware import keep_language
from foundation.accounts.models import Person
from foundation.accounts.services import SignedIn
from foundation.accounts.templatetags.session_time import ENDS_AT
from foundation.kernel.clock import machine_now

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105 -- a dotted path


def begin_by_eds(request: HttpRequest, signed: SignedIn) -> None:
    """A session that counts as verified; its key is a new one."""
    login(request, signed.person, backend=PASSWORD_BACKEND)
    otp_login(request, signed.device)
    prolong(request)


def prolong(request: HttpRequest) -> int:
    """Let the session last its full time from now; returns the seconds."""
    request.session[ENDS_AT] = machine_now().timestamp() + settings.SESSION_COOKIE_AGE
    return settings.SESSION_COOKIE_AGE


def session_key(request: HttpRequest) -> str:
    """The key of this browser's session, begun now if there was none."""
    if not request.session.session_key:
        request.session.create()
    return request.session.session_key or ""


def where_to(request: HttpRequest) -> str:
    """`next` if it is a page of ours, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else settings.LOGIN_REDIRECT_URL


def in_their_language(response: HttpResponse, person: Person) -> HttpResponse:
    """From sign-in on the person's own language counts."""
    keep_language(response, person.language)
    return response
