"""Everything under /api/v1/; each app keeps its own paths, here they are only gathered."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from foundation.kernel.refusals import NotFound


@csrf_exempt  # it does nothing, for anybody
def nothing_here(_request: HttpRequest) -> NoReturn:
    """A path that no app knows: told as a problem, as every error of the API."""
    raise NotFound


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("foundation.accounts.api_urls")),
    path("", include("casework.deadlines.api_urls")),
    path("", include("licenses.api_urls")),
    path("", include("licenses.proceedings.api_urls")),
    path("", include("applications.api_urls")),
    path("", include("appeals.api_urls")),
    path("", include("appeals.suits.api_urls")),
    re_path("", nothing_here),
]
