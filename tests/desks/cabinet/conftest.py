"""Demo people signed in to the cabinet, at a moment of the test's own."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client

from foundation.kernel.clock import ALMATY, legal_time
from sandbox.cast import PARTIES
from sandbox.gateway import SandboxGateway
from sandbox.play import Play

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ALMATY)  # a Monday


@pytest.fixture(scope="session")
def gateway_server() -> Iterator[SandboxGateway]:
    with SandboxGateway() as server:
        yield server


@pytest.fixture
def gateway(gateway_server: SandboxGateway, settings) -> SandboxGateway:
    settings.GATEWAY = {**settings.GATEWAY, "URL": gateway_server.url, "TOKEN": "sandbox-token"}
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), ["8650000.00"])
    return gateway_server


@pytest.fixture
def now() -> Iterator[datetime]:
    with legal_time(NOW):
        yield NOW


@pytest.fixture
def play(db, gateway, now) -> Play:
    return Play.begin()


@pytest.fixture
def signed_in(play):
    """Sign somebody in: `signed_in("aigerim")`; pages in English unless asked otherwise."""

    def client_of(login: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(play.people[login], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        return client

    return client_of
