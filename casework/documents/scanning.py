"""A small client of clamd: INSTREAM over its Unix socket, with time-outs."""

import re
import socket
import struct
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from django.conf import settings

CONNECT_S, TOTAL_S = 2.0, 30.0
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.+) FOUND")
# What clamd says of a file it did not look through to its end (AlertExceedsMax); it found nothing bad.
_NOT_TO_THE_END = "Heuristics.Limits.Exceeded"


class Readable(Protocol):
    """A binary file, Django's `File` too."""

    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> object: ...


class ScannerUnavailable(Exception):  # noqa: N818 -- says what is the matter
    """clamd does not answer; the file stays "not scanned"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said of one file: `state` is clean, infected or failed."""

    state: str
    note: str = ""


def scan(file: Readable, *, total_s: float = TOTAL_S) -> Verdict:
    """Send the file to clamd and read its verdict; raises ScannerUnavailable."""
    file.seek(0)
    deadline = monotonic() + total_s
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(min(CONNECT_S, total_s))
            line.connect(settings.CLAMD_SOCKET)
            _send(line, file, deadline)
            return _verdict(_answer(line, deadline))
    except OSError as error:
        raise ScannerUnavailable(type(error).__name__) from error


def _send(line: socket.socket, file: Readable, deadline: float) -> None:
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(_PIECE):
            _wait_until(line, deadline)
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return  # over its size limit clamd answers and hangs up in the middle: the answer says so


def _answer(line: socket.socket, deadline: float) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        _wait_until(line, deadline)
        piece = line.recv(_LONGEST_ANSWER)
        if not piece or len(answer) > _LONGEST_ANSWER:
            raise ScannerUnavailable("no whole answer")
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _wait_until(line: socket.socket, deadline: float) -> None:
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    line.settimeout(left)


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict("clean")
    if found := _FOUND.fullmatch(answer):
        state = "failed" if found[1].startswith(_NOT_TO_THE_END) else "infected"
        return Verdict(state, found[1][:200])
    return Verdict("failed", answer[:200] or "empty answer")
