"""The language of a person is kept with the person, of a guest in a cookie."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 86400, samesite="Lax")
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
