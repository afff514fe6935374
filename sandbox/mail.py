"""A mail server on loopback that delivers nothing: every letter becomes a file to look at."""

import socketserver
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from uuid import uuid4

MAX_LETTER = 20 * 1024 * 1024
_LINE = 64 * 1024


class _Session(socketserver.StreamRequestHandler):
    timeout = 60
    server: "_Server"

    def handle(self) -> None:
        self._say("220 sandbox ESMTP")
        recipients: list[str] = []
        while line := self.rfile.readline(_LINE):
            text = line.decode("utf-8", "replace").strip()
            verb = text[:4].upper()
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "DATA":
                self._data(recipients)
                recipients = []
                continue
            if verb == "RCPT":
                recipients.append(text.partition(":")[2].strip().strip("<>"))
            if verb == "RSET":
                recipients = []
            self._say(_ANSWERS.get(verb, "502 not here"))

    def _data(self, recipients: list[str]) -> None:
        if not recipients:
            self._say("503 no recipients")
            return
        self._say("354 end with a dot")
        letter = bytearray()
        while (line := self.rfile.readline(_LINE)) and line not in {b".\r\n", b".\n"}:
            if len(letter) <= MAX_LETTER:
                letter += line[1:] if line.startswith(b"..") else line
        if len(letter) > MAX_LETTER:
            self._say("552 too large")
            return
        self.server.deliver(recipients, bytes(letter))
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


_ANSWERS = {
    "EHLO": "250-sandbox\r\n250-8BITMIME\r\n250 SMTPUTF8",
    "HELO": "250 sandbox",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "RSET": "250 ok",
    "NOOP": "250 ok",
}


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, deliver: Callable[[list[str], bytes], None]) -> None:
        self.deliver = deliver
        super().__init__(("127.0.0.1", port), _Session)


class MailServer:
    """Letters land in `directory` as `.eml`, newest name last; `close()` ends the server."""

    def __init__(self, directory: Path, port: int = 0) -> None:
        self._directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._server = _Server(port, self._keep)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def letters(self) -> list[Path]:
        return sorted(self._directory.glob("*.eml"))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _keep(self, _recipients: list[str], letter: bytes) -> None:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid4().hex[:6]}"
        draft = self._directory / f"{name}.part"
        draft.write_bytes(letter)
        draft.replace(self._directory / f"{name}.eml")
