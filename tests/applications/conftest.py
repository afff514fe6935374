"""Demo people, the sandbox gateway with paid fees, and a clock of the test's own."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from foundation.kernel.clock import ALMATY
from sandbox.cast import COMPANY_BIN, PARTIES
from sandbox.gateway import SandboxGateway
from sandbox.play import Play

FEE_I_2026 = "8650000.00"


@pytest.fixture(scope="session")
def gateway_server() -> Iterator[SandboxGateway]:
    with SandboxGateway() as server:
        yield server


@pytest.fixture
def gateway(gateway_server: SandboxGateway, settings) -> SandboxGateway:
    """The registers answer; both demo payers have paid the fee of 2026."""
    settings.GATEWAY = {**settings.GATEWAY, "URL": gateway_server.url, "TOKEN": "sandbox-token"}
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), [FEE_I_2026])
    return gateway_server


@pytest.fixture
def play(db, gateway) -> Play:
    return Play.begin()


def moment(text: str) -> datetime:
    """A moment of Almaty's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


__all__ = ["COMPANY_BIN", "moment"]
