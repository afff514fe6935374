"""application/problem+json (RFC 9457): every error of the API in one shape (api.md)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler as drf_handler

from foundation.kernel.refusals import Refusal

CONTENT_TYPE = "application/problem+json"
_CODES = {
    status.HTTP_400_BAD_REQUEST: "BAD_REQUEST",
    status.HTTP_401_UNAUTHORIZED: "NOT_AUTHENTICATED",
    status.HTTP_403_FORBIDDEN: "NOT_PERMITTED",
    status.HTTP_404_NOT_FOUND: "NOT_FOUND",
    status.HTTP_405_METHOD_NOT_ALLOWED: "METHOD_NOT_ALLOWED",
    status.HTTP_406_NOT_ACCEPTABLE: "NOT_ACCEPTABLE",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "UNSUPPORTED_MEDIA_TYPE",
    status.HTTP_422_UNPROCESSABLE_ENTITY: "BAD_INPUT",
    status.HTTP_429_TOO_MANY_REQUESTS: "RATE_LIMITED",
}


def problem_of(refusal: Refusal) -> dict[str, Any]:
    """The body of a refusal in the caller's language."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(refusal.detail),
        "status": refusal.status,
        "code": refusal.code,
        "detail": " ".join(str(part) for part in (refusal.detail, refusal.advice) if part),
    }
    if refusal.citation:
        body["citation"] = str(refusal.citation)
    if refusal.advice:
        body["advice"] = str(refusal.advice)
    if refusal.fields:
        body["errors"] = {name: _texts(value) for name, value in refusal.fields.items()}
    return body | refusal.extra


def problem_response(refusal: Refusal) -> JsonResponse:
    """The same for a plain Django view."""
    return JsonResponse(
        problem_of(refusal),
        status=refusal.status,
        content_type=CONTENT_TYPE,
        headers={"Content-Language": get_language() or ""},
    )


def exception_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's EXCEPTION_HANDLER: refusals, validation and HTTP errors, all as problem+json."""
    if isinstance(exc, Refusal):
        return Response(problem_of(exc), status=exc.status, content_type=CONTENT_TYPE)
    if isinstance(exc, RecursionError):  # JSON of thousands of brackets; nothing of ours goes that deep
        exc = exceptions.ParseError(_("What was sent is nested too deeply."))
    if isinstance(exc, DjangoValidationError):
        exc = exceptions.ValidationError(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
    if isinstance(exc, (Http404, PermissionDenied, exceptions.APIException)):
        response = drf_handler(exc, context)
        if response is None:
            return None
        return _as_problem(exc, response)
    return None


def _as_problem(exc: Exception, response: Response) -> Response:
    data = response.data
    code = _CODES.get(response.status_code, "ERROR")
    body: dict[str, Any] = {"type": "about:blank", "status": response.status_code, "code": code}
    if isinstance(exc, exceptions.ValidationError):
        response.status_code = body["status"] = status.HTTP_422_UNPROCESSABLE_ENTITY
        body["code"] = "BAD_INPUT"
        body["detail"] = _("Some fields need another value; each is named with the reason.")
        body["errors"] = data if isinstance(data, dict) else {"": _texts(data)}
    else:
        body["detail"] = str(data.get("detail", "")) if isinstance(data, dict) else str(data)
    body["title"] = body["detail"]
    response.data = body
    response.content_type = CONTENT_TYPE
    return response


def wants_problem(request: HttpRequest) -> bool:
    """Programs get problem+json, people get a page."""
    return request.path.startswith("/api/")


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]
