"""ETag and If-None-Match for what changes seldom and is asked often."""

import hashlib
from collections.abc import Callable

from django.http import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from rest_framework.request import Request


def answer_if_changed(
    request: Request, token: str, make: Callable[[], HttpResponseBase], *, private: bool = False
) -> HttpResponseBase:
    """304 where the caller has this answer already, else the answer; made only when needed."""
    etag = (
        f'"{hashlib.sha256(f"{token}|{request.get_full_path()}|{get_language()}".encode()).hexdigest()[:32]}"'
    )
    unchanged = get_conditional_response(request._request, etag=etag)  # noqa: SLF001 -- DRF hides no other way to the request Django knows
    response: HttpResponseBase = unchanged or make()
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache" if private else "public, no-cache"
    patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
    return response
