"""The client of clamd: against the real one, and against a line that misbehaves."""

import io
import socket
import struct
import threading
import time

import pytest

from casework.documents.first_look import EICAR
from casework.documents.scanning import ScannerUnavailable, Verdict, scan
from tests.casework.documents.incoming.samples import eicar_in_pdf, pdf


@pytest.fixture
def odd_scanner(settings, tmp_path):
    """A line that answers what it is told to, or never."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "odd.sock"))
    listener.listen()
    settings.CLAMD_SOCKET = str(tmp_path / "odd.sock")
    threads = []

    def answer(text: bytes | None) -> None:
        def serve():
            line, _address = listener.accept()
            with line:
                while True:
                    piece = line.recv(1 << 16)
                    if not piece or piece.endswith(struct.pack("!I", 0)):
                        break
                if text is None:
                    line.recv(1)  # silent until the other side gives up
                else:
                    line.sendall(text)

        threads.append(threading.Thread(target=serve, daemon=True))
        threads[-1].start()

    yield answer
    for thread in threads:
        thread.join(timeout=5)
    listener.close()


def test_clean(scanner):
    assert scan(io.BytesIO(pdf())) == Verdict("clean")


@pytest.mark.parametrize("content", [EICAR, pdf(eicar_in_pdf)], ids=["plain", "pdf stream"])
def test_infected(scanner, content):
    verdict = scan(io.BytesIO(content))
    assert verdict.state == "infected"
    assert verdict.note.startswith("Eicar-Test-Signature")


def test_file_of_many_pieces(scanner):
    content = pdf() + b"\0" * 300_000 + EICAR
    assert scan(io.BytesIO(content)).state == "infected"


def test_nobody_listens(no_scanner):
    with pytest.raises(ScannerUnavailable):
        scan(io.BytesIO(b"x"))


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict("clean")),
        (b"stream: Win.Trojan FOUND\0", Verdict("infected", "Win.Trojan")),
        (
            b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0",
            Verdict("failed", "Heuristics.Limits.Exceeded.MaxFileSize"),
        ),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict("failed", "INSTREAM size limit exceeded. ERROR")),
        (b"\0", Verdict("failed", "empty answer")),
    ],
)
def test_answers(odd_scanner, answer, verdict):
    odd_scanner(answer)
    assert scan(io.BytesIO(b"x")) == verdict


@pytest.mark.parametrize("answer", [b"", b"stream: O", b"x" * 9000])
def test_half_an_answer_is_none(odd_scanner, answer):
    odd_scanner(answer)
    with pytest.raises(ScannerUnavailable):
        scan(io.BytesIO(b"x"), total_s=2)


def test_silence_ends(odd_scanner):
    odd_scanner(None)
    began = time.monotonic()
    with pytest.raises(ScannerUnavailable):
        scan(io.BytesIO(b"x"), total_s=0.2)
    assert time.monotonic() - began < 1
