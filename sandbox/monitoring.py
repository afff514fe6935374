"""A receiver of the monitoring feed on loopback (integrations.md, part C): signature, order, repeats."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sandbox.local_http import LocalServer, Request, Response

WINDOW_S = 300


def signature(secret: str, timestamp: str, raw: bytes) -> str:
    """The value of `X-Feed-Signature`."""
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + raw, hashlib.sha256).hexdigest()


class MonitoringApp:
    """Keeps what it accepted in memory and, given a path, as JSON lines that a restart reads back."""

    def __init__(self, secret: str, path: Path | None = None, now: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._path = path
        self._now = now
        self._lock = threading.Lock()
        self.events: list[dict[str, Any]] = []
        self._ids: set[str] = set()
        self._heads: dict[tuple[str, str], int] = {}
        if path is not None and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                self._remember(json.loads(line))

    def respond(self, request: Request) -> Response:
        path = urlsplit(request.path).path
        if request.method == "GET" and path.startswith("/v1/streams/") and path.endswith("/heads"):
            return Response(200, self._heads_of(path.split("/")[3]))
        if (request.method, path) != ("POST", "/v1/events"):
            return Response(404, {"error": {"code": "NOT_FOUND"}})
        if not self._authentic(request):
            return Response(401, {"error": {"code": "BAD_SIGNATURE"}})
        try:
            events = request.json()["events"]
            return self._take(list(events))
        except (ValueError, KeyError, TypeError):
            return Response(422, {"error": {"code": "INVALID_REQUEST"}})

    def _authentic(self, request: Request) -> bool:
        timestamp = request.headers.get("x-feed-timestamp", "")
        given = request.headers.get("x-feed-signature", "")
        fresh = timestamp.isascii() and timestamp.isdigit() and abs(self._now() - int(timestamp)) <= WINDOW_S
        return fresh and hmac.compare_digest(given, signature(self._secret, timestamp, request.raw))

    def _take(self, events: list[Any]) -> Response:
        answer: dict[str, Any] = {"accepted": [], "duplicates": [], "rejected": []}
        with self._lock:
            for event in events:
                verdict, entry = self._judge(event)
                answer[verdict].append(entry)
        return Response(409 if answer["rejected"] else 202, answer)

    def _judge(self, event: Any) -> tuple[str, Any]:
        try:
            event_id, seq, key = str(event["event_id"]), int(event["seq"]), _key(event)
        except (KeyError, TypeError, ValueError):
            nameless = event.get("event_id") if isinstance(event, dict) else None
            return "rejected", {"event_id": nameless, "code": "INVALID_EVENT"}
        if event_id in self._ids:
            return "duplicates", event_id
        expected = self._heads.get(key, 0) + 1
        if seq != expected:
            code = "SEQUENCE_GAP" if seq > expected else "SEQUENCE_STALE"
            return "rejected", {"event_id": event_id, "code": code, "expected_seq": expected}
        self._remember(event)
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(event, ensure_ascii=False) + "\n")
        return "accepted", event_id

    def _remember(self, event: dict[str, Any]) -> None:
        self.events.append(event)
        self._ids.add(str(event["event_id"]))
        self._heads[_key(event)] = int(event["seq"])

    def _heads_of(self, stream: str) -> dict[str, int]:
        with self._lock:
            return {aggregate: seq for (name, aggregate), seq in self._heads.items() if name == stream}


def _key(event: dict[str, Any]) -> tuple[str, str]:
    """Stream and aggregate: licences on `registry`, applications on `monitoring`."""
    registry = str(event["stage"]).startswith(("LICENSE_", "DUPLICATE_"))
    subject = event.get("license") or event.get("application") if registry else event["application"]
    return ("registry" if registry else "monitoring"), str(subject["number"])  # type: ignore[index] # TypeError is caught


SECRET = "sandbox-secret"


class MonitoringReceiver(LocalServer):
    """The running receiver; `events` is what it accepted."""

    def __init__(self, port: int = 0, *, secret: str = SECRET, path: Path | None = None) -> None:
        self.receiver = MonitoringApp(secret, path)
        super().__init__(self.receiver, port)

    @property
    def events(self) -> list[dict[str, Any]]:
        return self.receiver.events
