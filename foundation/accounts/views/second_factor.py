"""The second step of officers: enter a code, or teach a new app."""

import segno
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as otp_login
from django_otp.plugins.otp_totp.models import TOTPDevice

from foundation.accounts import services
from foundation.accounts.forms import CodeForm
from foundation.accounts.models import Person
from foundation.accounts.views.session import where_to
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """A code of the app that is already known."""
    person = person_of(request)
    if not _has_app(person):
        return redirect(
            f"{reverse('accounts:second_factor_set_up')}?{urlencode({'next': where_to(request)})}"
        )
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = services.verify_totp(person=person, token=form.cleaned_data["token"])
        except BadInput as refusal:
            form.add_error("token", str(refusal))
        else:
            otp_login(request, device)
            return redirect(where_to(request))
    return _show(request, "accounts/second_factor.html", form)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Scan, then prove it with a first code; who has an app already must have used it."""
    person = person_of(request)
    if _has_app(person) and not person.is_verified():  # type: ignore[attr-defined]  # set by OTPMiddleware
        return redirect("accounts:second_factor")
    pending = services.begin_totp(person=person)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            device = services.confirm_totp(person=person, token=form.cleaned_data["token"], at=legal_now())
        except BadInput as refusal:
            form.add_error("token", str(refusal))
        else:
            otp_login(request, device)
            return redirect(where_to(request))
    secret = pending.config_url.split("secret=")[1].split("&")[0]
    return _show(
        request, "accounts/second_factor_set_up.html", form, qr=_qr(pending.config_url), secret=secret
    )


def _show(request: HttpRequest, template: str, form: CodeForm, **context: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, "next": where_to(request), **context}, status=status)


def _qr(address: str) -> str:
    svg = segno.make(address, error="m").svg_inline(
        scale=5, border=2, omitsize=True, svgclass=None, lineclass=None
    )
    return mark_safe(svg)  # drawn by segno, holds shapes only


def _has_app(person: Person) -> bool:
    return bool(TOTPDevice.objects.filter(user=person, confirmed=True).exists())


def person_of(request: HttpRequest) -> Person:
    user = request.user
    if not isinstance(user, Person):
        raise TypeError("login_required lets people in only")
    return user
