"""The language of a person is kept with the person, of a guest in a cookie; officers need a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Person
from foundation.accounts.services import set_language
from foundation.kernel.problems import problem_response, wants_problem
from foundation.kernel.refusals import NotPermitted

LANGUAGE_KEPT_S = 365 * 86400
# what a session that began with a password alone may still open: the way in, the second step and the way out
HALF_WAY = (
    "/accounts/sign-in/",
    "/accounts/second-factor/",
    "/accounts/sign-out/",
    "/accounts/stay/",
    "/static/",
)


def keep_language(response: HttpResponse, language: str) -> None:
    """Remember the language in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_KEPT_S,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


class PersonLocaleMiddleware:
    """Chooses the language: `?lang=` once, then the cookie, then the browser's wish, then Russian."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = {code for code, _name in settings.LANGUAGES}
        wanted = request.GET.get("lang", "")
        language = wanted if wanted in known else self._kept(request, known)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if wanted in known:
            keep_language(response, wanted)
            self._keep_with_person(request, wanted)
        return response

    def _kept(self, request: HttpRequest, known: set[str]) -> str:
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if kept in known:
            return kept
        for part in request.headers.get("Accept-Language", "").split(","):
            code = part.split(";")[0].strip().lower()[:2]
            if code in known:
                return code
        return settings.LANGUAGE_CODE

    def _keep_with_person(self, request: HttpRequest, wanted: str) -> None:
        user = getattr(request, "user", None)
        if isinstance(user, Person) and user.language != wanted:
            set_language(person=user, language=wanted)


class SecondFactorMiddleware:
    """An officer's session that began with a password alone reaches nothing but the second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_half_way(request):
            return self.get_response(request)
        if wants_problem(request):
            return problem_response(
                NotPermitted(
                    _("Officers need a second factor."),
                    code="SECOND_FACTOR_REQUIRED",
                    advice=_("Enter the code of your app, or sign in with ЭЦП."),
                )
            )
        return redirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': request.path})}")

    def _is_half_way(self, request: HttpRequest) -> bool:
        if not settings.SECOND_FACTOR_REQUIRED or request.path.startswith(HALF_WAY):
            return False
        user = request.user
        return isinstance(user, Person) and user.is_staff and not user.is_verified()  # type: ignore[attr-defined]  # set by OTPMiddleware


class PrivateMiddleware:
    """What somebody who signed in was given is kept by no browser and no proxy, unless the view said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and isinstance(request.user, Person):
            patch_cache_control(response, private=True, no_store=True)
        return response
