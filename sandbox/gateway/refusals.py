"""How the sandbox gateway says no (integrations.md B.5)."""

from typing import Any

from sandbox.local_http import Response

RETRYABLE = frozenset({"RATE_LIMITED", "UPSTREAM_UNAVAILABLE", "UPSTREAM_TIMEOUT"})


class Refused(Exception):  # noqa: N818 -- an answer, not a failure
    def __init__(self, status: int, code: str, message: str, upstream: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.upstream = status, code, message, upstream

    def response(self, request_id: str) -> Response:
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "retryable": self.code in RETRYABLE,
            "upstream": self.upstream,
            "request_id": request_id,
        }
        headers = {"Retry-After": "0"} if self.code in {"RATE_LIMITED", "UPSTREAM_UNAVAILABLE"} else {}
        return Response(self.status, {"error": error}, headers)
