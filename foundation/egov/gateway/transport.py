"""One HTTP exchange with the gateway, and its repetition where the gateway says so (integrations.md B)."""

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from foundation.egov.gateway.breaker import CircuitBreaker
from foundation.egov.gateway.errors import Code, GatewayError

WAITS_S = (0.2, 0.4, 0.8)
TRIES = 3
_JITTER = 0.25
_OK = 300


@dataclass(frozen=True, slots=True)
class Config:
    """Where the gateway is and how long it is waited for."""

    url: str
    token: str = field(repr=False)
    connect_timeout_s: float = 2.0
    total_timeout_s: float = 10.0
    max_bytes: int = 1_000_000


class Transport:
    """Thread-safe; the total time is a limit over all tries of one call."""

    def __init__(
        self,
        config: Config,
        breaker: CircuitBreaker | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._config = config
        self._breaker = breaker or CircuitBreaker()
        self._sleep = sleep
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
        *,
        total_s: float | None = None,
    ) -> tuple[dict[str, Any], str]:
        """The answer and the id of the request; raises GatewayError for everything else."""
        request_id = str(uuid4())
        if not self._config.url:
            raise GatewayError(Code.NOT_CONFIGURED, request_id=request_id, detail="GATEWAY_URL is not set")
        deadline = time.monotonic() + min(
            total_s or self._config.total_timeout_s, self._config.total_timeout_s
        )
        for attempt in range(TRIES):
            if not self._breaker.allows():
                raise GatewayError(Code.CIRCUIT_OPEN, retryable=True, request_id=request_id)
            try:
                answer = self._exchange(method, path, body, idempotency_key, request_id, deadline)
            except GatewayError as error:
                self._note(error)
                wait = _wait(attempt, error)
                if not error.retryable or attempt + 1 == TRIES or time.monotonic() + wait >= deadline:
                    raise
                self._sleep(wait)
            else:
                self._breaker.succeeded()
                return answer, request_id
        raise AssertionError  # the last try has returned or raised

    def close(self) -> None:
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _note(self, error: GatewayError) -> None:
        """An answer that refuses is an answer: only silence and nonsense count against the gateway."""
        if error.retryable or error.code is Code.UPSTREAM_BAD_RESPONSE:
            self._breaker.failed()
        else:
            self._breaker.succeeded()

    def _exchange(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        idempotency_key: str | None,
        request_id: str,
        deadline: float,
    ) -> dict[str, Any]:
        headers = {"X-Request-Id": request_id, "Authorization": f"Bearer {self._config.token}"}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
            content = json.dumps(body, ensure_ascii=False).encode()
        if idempotency_key is not None:
            headers["Idempotency-Key"] = idempotency_key
        try:
            status, raw, retry_after = self._send(method, path, headers, content, deadline, request_id)
        except httpx.TimeoutException as error:
            raise GatewayError(
                Code.UPSTREAM_TIMEOUT, retryable=True, request_id=request_id, detail=type(error).__name__
            ) from error
        except httpx.DecodingError as error:
            raise GatewayError(
                Code.UPSTREAM_BAD_RESPONSE, request_id=request_id, detail="the answer cannot be unpacked"
            ) from error
        except httpx.RequestError as error:
            raise GatewayError(
                Code.UPSTREAM_UNAVAILABLE, retryable=True, request_id=request_id, detail=type(error).__name__
            ) from error
        answer = _json(raw, request_id)
        if status >= _OK:
            raise _refusal(answer, status, request_id, retry_after)
        return answer

    def _send(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        content: bytes | None,
        deadline: float,
        request_id: str,
    ) -> tuple[int, bytes, float | None]:
        left = max(deadline - time.monotonic(), 0.05)
        timeout = httpx.Timeout(left, connect=min(self._config.connect_timeout_s, left))
        raw = bytearray()
        with self._http().stream(
            method, self._config.url.rstrip("/") + path, headers=headers, content=content, timeout=timeout
        ) as response:
            for chunk in response.iter_bytes():
                raw += chunk
                if len(raw) > self._config.max_bytes:
                    raise GatewayError(Code.RESPONSE_TOO_LARGE, request_id=request_id)
                if time.monotonic() > deadline:  # a dripping answer resets the read time-out each time
                    raise GatewayError(Code.UPSTREAM_TIMEOUT, retryable=True, request_id=request_id)
            return response.status_code, bytes(raw), _seconds(response.headers.get("Retry-After"))

    def _http(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                # trust_env=False: a proxy of the environment has no business between portal and gateway
                # plain http is loopback (start-up checks): loading the CA bundle for it would cost 0.2 s
                self._client = httpx.Client(
                    trust_env=False, follow_redirects=False, verify=self._config.url.startswith("https://")
                )
            return self._client


def _json(raw: bytes, request_id: str) -> dict[str, Any]:
    try:
        answer = json.loads(raw, parse_float=str)  # no sum passes through binary floats
    except ValueError as error:
        raise GatewayError(
            Code.UPSTREAM_BAD_RESPONSE, request_id=request_id, detail="the answer is not JSON"
        ) from error
    if not isinstance(answer, dict):
        raise GatewayError(Code.UPSTREAM_BAD_RESPONSE, request_id=request_id, detail="not an object")
    return answer


def _refusal(answer: dict[str, Any], status: int, request_id: str, retry_after: float | None) -> GatewayError:
    error = answer.get("error")
    error = error if isinstance(error, dict) else {}
    try:
        code = Code(error.get("code", ""))
    except ValueError:
        return GatewayError(Code.UPSTREAM_BAD_RESPONSE, request_id=request_id, detail=f"HTTP {status}")
    return GatewayError(
        code,
        retryable=error.get("retryable") is True,
        request_id=request_id,
        detail=f"HTTP {status}",
        retry_after_s=retry_after,
    )


def _wait(attempt: int, error: GatewayError) -> float:
    jitter = 1 + random.uniform(0, _JITTER)  # noqa: S311 -- spreads retries, guards nothing
    return max(WAITS_S[attempt] * jitter, error.retry_after_s or 0.0)


def _seconds(header: str | None) -> float | None:
    return float(header) if header and header.isascii() and header.isdigit() else None
