"""Sign-in by ЭЦП and by password, sign-out, more time."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.accounts import services
from foundation.accounts.forms import PasswordForm
from foundation.accounts.views import session
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput, NotFound, Refusal


@never_cache
@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """The ways in."""
    if request.user.is_authenticated:
        return redirect(session.where_to(request))
    return _page(request)


@never_cache
@require_POST
def by_eds(request: HttpRequest) -> HttpResponse:
    """The form that sign-form.js has filled: `sign_request` (the challenge) and `cms`."""
    try:
        signed = services.sign_in_by_eds(
            challenge_id=challenge_id(request),
            cms=request.POST.get("cms", ""),
            session_key=session.session_key(request),
            at=legal_now(),
            language=get_language() or settings.LANGUAGE_CODE,
        )
    except Refusal as refusal:
        return _page(request, refusal=refusal)
    session.begin_by_eds(request, signed)
    return session.in_their_language(redirect(session.where_to(request)), signed.person)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["POST"])
def by_password(request: HttpRequest) -> HttpResponse:
    """Login and password; an officer goes on to the second factor."""
    form = PasswordForm(request, data=request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    person = form.get_user()
    login(request, person)
    session.prolong(request)
    services.record_sign_in(person=person, method="password", at=legal_now())
    target = session.where_to(request)
    if person.is_staff and settings.SECOND_FACTOR_REQUIRED:
        target = f"{reverse('accounts:second_factor')}?{urlencode({'next': target})}"
    return session.in_their_language(redirect(target), person)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session at once."""
    logout(request)
    return redirect("/")


@require_POST
@login_required
def stay(request: HttpRequest) -> JsonResponse:
    """More time, asked for from the warning before the session ends."""
    return JsonResponse({"seconds": session.prolong(request)})


def _page(
    request: HttpRequest, *, form: PasswordForm | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    context = {"form": form or PasswordForm(request), "refusal": refusal, "next": session.where_to(request)}
    status = refusal.status if refusal else 422 if form else 200
    return render(request, "accounts/sign_in.html", context, status=status)


def challenge_id(request: HttpRequest) -> UUID:
    """Which challenge the form says it has signed."""
    text = request.POST.get("sign_request", "")
    if not text:
        raise BadInput(
            _("Nothing was signed."),
            advice=_("Signing needs JavaScript and NCALayer: switch both on and press the button again."),
        )
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
