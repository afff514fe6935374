"""A double of NCALayer: its WebSocket on a local port, signing with sandbox keys (integrations.md 1.1).

Browser tests and the demo talk to it as to the real program. What the person would do in NCALayer's window is
queued beforehand: choose a key, cancel, fail, or close the program; else the first fitting key signs.
"""

import base64
import contextlib
import hashlib
import json
import socket
import ssl
import struct
import tempfile
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from foundation.egov.eds.profile import EKU_AUTH, EKU_SIGN, OID_BY_ROLE
from sandbox.eds.authority import SandboxCA
from sandbox.eds.identities import Identity, identities, usable_at
from sandbox.eds.signer import sign
from sandbox.eds.store import key_pem, new_key

PORT = 13579
HEARTBEAT = "--heartbeat--"
VERSION = {"result": {"version": "1.4"}}
CANCELLED: dict[str, Any] = {"status": True, "body": {}}

_ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 1.3
_TEXT, _CLOSE, _PING, _PONG = 0x1, 0x8, 0x9, 0xA
_LENGTH_16, _LENGTH_64 = 126, 127
_MAX_FRAME = 10_000_000


@dataclass
class NCALayerDouble:
    """`with NCALayerDouble(ca=…).running() as double: double.will("cancel")`; port 0 takes a free one."""

    ca: SandboxCA
    at: datetime | None = None
    port: int = PORT
    requests: list[dict[str, Any]] = field(default_factory=list)
    _acts: deque[str] = field(default_factory=deque)
    _sockets: list[socket.socket] = field(default_factory=list)

    def will(self, act: str) -> None:
        """The person's next act: "cancel", "fail", "quit", or the name of an identity to sign with."""
        self._acts.append(act)

    @contextlib.contextmanager
    def running(self) -> Iterator["NCALayerDouble"]:
        server = socket.create_server(("127.0.0.1", self.port))
        self.port = server.getsockname()[1]
        context = _tls()
        thread = threading.Thread(target=self._accept, args=(server, context), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            # Closing alone does not wake accept() on Linux.
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            server.close()
            self.quit()
            thread.join(timeout=5)

    def quit(self) -> None:
        """The program is closed: every open connection ends."""
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        self._sockets.clear()

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """NCALayer's answer to one module call."""
        self.requests.append(message)
        act = self._acts.popleft() if self._acts else ""
        if message.get("module") != "kz.gov.pki.knca.basics" or message.get("method") != "sign":
            return _failure("UNKNOWN_MODULE")
        if act == "cancel":
            return CANCELLED
        if act == "fail":
            return _failure("INVOCATION_ERROR")
        args = message["args"]
        name = act or self._first_fitting(args["signerParams"])
        if name is None:
            return CANCELLED  # the window shows no key, so the person can only close it
        data = base64.b64decode(args["data"])
        attached = args["signingParams"]["encapsulate"]
        return {
            "status": True,
            "body": {"result": sign(name, data, attached=attached, at=self.at, ca=self.ca)},
        }

    def _first_fitting(self, params: dict[str, Any]) -> str | None:
        at = self.at or datetime.now(UTC)
        for item in identities(self.ca):
            if _fits(item, params) and usable_at(item, at, self.ca):
                return item.name
        return None

    def _accept(self, server: socket.socket, context: ssl.SSLContext) -> None:
        while True:
            try:
                plain, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(plain, context), daemon=True).start()

    def _serve(self, plain: socket.socket, context: ssl.SSLContext) -> None:
        with (
            contextlib.suppress(OSError, EOFError),
            context.wrap_socket(plain, server_side=True) as connection,
        ):
            self._sockets.append(connection)
            _handshake(connection)
            _send(connection, VERSION)
            while (text := _receive(connection)) is not None:
                if text == HEARTBEAT:
                    _send(connection, VERSION)
                elif self._acts and self._acts[0] == "quit":
                    self._acts.popleft()
                    return
                else:
                    _send(connection, self.answer(json.loads(text)))


def _fits(item: Identity, params: dict[str, Any]) -> bool:
    """All listed OIDs must be in the certificate; IIN and BIN count when they are given."""
    own = {EKU_SIGN if item.sign else EKU_AUTH, *(OID_BY_ROLE[role] for role in item.roles)}
    same_iin = params.get("iin") in {None, item.iin}
    same_bin = params.get("bin") in {None, item.bin}
    return set(params.get("extKeyUsageOids", [])) <= own and same_iin and same_bin


def _failure(code: str) -> dict[str, Any]:
    return {"status": False, "code": code, "message": "sandbox", "details": ""}


def _handshake(connection: socket.socket) -> None:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += _exactly(connection, 1)
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    digest = hashlib.sha1((headers["sec-websocket-key"] + _ACCEPT).encode()).digest()  # noqa: S324 -- RFC 6455
    accept = base64.b64encode(digest).decode()
    connection.sendall(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
    )


def _receive(connection: socket.socket) -> str | None:
    """The next text message; None when the other side says goodbye."""
    message = b""
    while True:
        first, second = _exactly(connection, 2)
        payload = _payload(connection, second)
        operation = first & 0x0F
        if operation == _CLOSE:
            _frame(connection, _CLOSE, payload)
            return None
        if operation == _PING:
            _frame(connection, _PONG, payload)
        elif operation != _PONG:
            message += payload
            if first & 0x80:
                return message.decode()


def _payload(connection: socket.socket, second: int) -> bytes:
    length = second & 0x7F
    if length == _LENGTH_16:
        (length,) = struct.unpack("!H", _exactly(connection, 2))
    elif length == _LENGTH_64:
        (length,) = struct.unpack("!Q", _exactly(connection, 8))
    if length > _MAX_FRAME:
        raise EOFError
    mask = _exactly(connection, 4) if second & 0x80 else bytes(4)
    data = _exactly(connection, length)
    return bytes(byte ^ mask[index % 4] for index, byte in enumerate(data))


def _send(connection: socket.socket, message: dict[str, Any]) -> None:
    _frame(connection, _TEXT, json.dumps(message).encode())


def _frame(connection: socket.socket, operation: int, payload: bytes) -> None:
    head = bytes([0x80 | operation])
    if len(payload) < _LENGTH_16:
        head += bytes([len(payload)])
    elif len(payload) <= 0xFFFF:  # noqa: PLR2004 -- what two bytes hold
        head += bytes([_LENGTH_16]) + struct.pack("!H", len(payload))
    else:
        head += bytes([_LENGTH_64]) + struct.pack("!Q", len(payload))
    connection.sendall(head + payload)


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = connection.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def _tls() -> ssl.SSLContext:
    """A certificate for 127.0.0.1 made on the spot, as NCALayer's installer makes its own."""
    key = new_key("p256")
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SANDBOX NCALayer")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ncalayer.pem"
        path.touch(mode=0o600)
        path.write_bytes(key_pem(key) + certificate.public_bytes(Encoding.PEM))
        context.load_cert_chain(path)
    return context
