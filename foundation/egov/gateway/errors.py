"""The closed list of what can go wrong on the way to a register (integrations.md B.5)."""

from enum import StrEnum


class Code(StrEnum):
    """The gateway's codes, then the client's own."""

    BAD_JSON = "BAD_JSON"
    REQUEST_ID_REQUIRED = "REQUEST_ID_REQUIRED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    CONSENT_REQUIRED = "CONSENT_REQUIRED"
    CONSENT_INVALID = "CONSENT_INVALID"
    UPSTREAM_DENIED = "UPSTREAM_DENIED"
    NOT_FOUND = "NOT_FOUND"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAYMENT_ALREADY_USED = "PAYMENT_ALREADY_USED"
    INVALID_IIN = "INVALID_IIN"
    INVALID_BIN = "INVALID_BIN"
    PURPOSE_REQUIRED = "PURPOSE_REQUIRED"
    INVALID_REQUEST = "INVALID_REQUEST"
    RATE_LIMITED = "RATE_LIMITED"
    UPSTREAM_BAD_RESPONSE = "UPSTREAM_BAD_RESPONSE"
    UPSTREAM_REJECTED = "UPSTREAM_REJECTED"
    UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE"
    UPSTREAM_TIMEOUT = "UPSTREAM_TIMEOUT"

    SUBJECT_MISMATCH = "SUBJECT_MISMATCH"
    RESPONSE_TOO_LARGE = "RESPONSE_TOO_LARGE"
    CIRCUIT_OPEN = "CIRCUIT_OPEN"
    NOT_CONFIGURED = "NOT_CONFIGURED"


class GatewayError(Exception):
    """No answer that can be relied on; `retryable`: the same call may succeed later."""

    def __init__(
        self,
        code: Code,
        *,
        retryable: bool = False,
        request_id: str = "",
        detail: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.retryable = retryable
        self.request_id = request_id
        self.detail = detail
        self.retry_after_s = retry_after_s
