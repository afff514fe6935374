"""A small JSON server on loopback for the doubles of outside systems; it ends with its `close()`."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol, Self

MAX_BODY = 1_000_000


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    raw: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; raises ValueError."""
        body = json.loads(self.raw)
        if not isinstance(body, dict):
            raise TypeError("not an object")
        return body


@dataclass(frozen=True, slots=True)
class Response:
    """`raw` goes out instead of `body` where the double must misbehave."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    def content(self) -> bytes:
        return self.raw if self.raw is not None else json.dumps(self.body, ensure_ascii=False).encode()


class App(Protocol):
    def respond(self, request: Request) -> Response: ...


class LocalServer:
    """Serves an app in a thread of its own; also a context manager."""

    def __init__(self, app: App, port: int = 0) -> None:
        self.app = app
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(app))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _handler(app: App) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 15

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_args: object) -> None:
            """Bodies and paths of the doubles are nobody's log."""

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(min(length, MAX_BODY))
            headers = {name.lower(): value for name, value in self.headers.items()}
            if length > MAX_BODY:
                response = Response(413, {"error": {"code": "INVALID_REQUEST", "retryable": False}})
            else:
                response = app.respond(Request(self.command, self.path, headers, raw))
            content = response.content()
            try:
                self.send_response(response.status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.send_header("Connection", "close")
                for name, value in response.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except (BrokenPipeError, ConnectionResetError):
                """The caller did not wait for a slow answer; that is what some tests are about."""

    return Handler
