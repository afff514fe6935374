"""Demo people, the sandbox gateway with paid fees, and a clock of the test's own."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings

from casework.documents import render, sealing
from foundation.egov.gateway import client
from sandbox.cast import COMPANY_BIN, PARTIES
from sandbox.gateway import SandboxGateway
from sandbox.play import Play
from tests.applications.stages import QuietPlay, Stages, moment, taken_back

FEE_I_2026 = "8650000.00"


@pytest.fixture(scope="session")
def gateway_server() -> Iterator[SandboxGateway]:
    with SandboxGateway() as server:
        yield server


def at_gateway(server: SandboxGateway) -> dict[str, Any]:
    """The settings under which the portal asks this gateway."""
    return {**django_settings.GATEWAY, "URL": server.url, "TOKEN": "sandbox-token"}


@pytest.fixture
def gateway(gateway_server: SandboxGateway, settings) -> SandboxGateway:
    """The registers answer; both demo payers have paid the fee of 2026."""
    settings.GATEWAY = at_gateway(gateway_server)
    client._gateway.cache_clear()  # a circuit that another test has opened
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), [FEE_I_2026])
    return gateway_server


@pytest.fixture
def play(db, gateway) -> Play:
    return Play.begin()


@pytest.fixture(scope="module")
def without_layout() -> Iterator[None]:
    """Documents are filled in and checked as always, but their HTML is kept instead of a laid out, sealed PDF.

    For tests whose subject is the act: laying out takes most of its time. Documents themselves are tested elsewhere.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "to_pdf", lambda page: f"{page.html}<!-- {page.identifier} -->".encode())
        patch.setattr(sealing, "seal", lambda content, *, at: content + f"<!-- sealed {at} -->".encode())
        yield


@pytest.fixture(scope="module")
def module_play(
    django_db_setup: None, django_db_blocker: Any, gateway_server: SandboxGateway, without_layout: None
) -> Iterator[QuietPlay]:
    """The people, once for a module; what its cases write is taken back at its end, what a test writes after it."""
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), [FEE_I_2026])
    with (
        django_db_blocker.unblock(),
        override_settings(GATEWAY=at_gateway(gateway_server)),
        taken_back(),
    ):
        play = QuietPlay.begin()
        assert isinstance(play, QuietPlay)
        yield play


@pytest.fixture
def quiet(db, gateway, without_layout) -> QuietPlay:
    """The people for one test that builds its own cases."""
    play = QuietPlay.begin()
    assert isinstance(play, QuietPlay)
    return play


@pytest.fixture
def stages(quiet) -> Stages:
    return Stages(quiet)


__all__ = ["COMPANY_BIN", "moment"]
