"""Demo officers at their desks, on a clock of the test's own; cases are played through the services."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from foundation.kernel.clock import ALMATY, legal_time
from sandbox.cast import PARTIES
from sandbox.demo_cases import Stage
from sandbox.gateway import SandboxGateway
from sandbox.play import Play

TODAY = date(2026, 11, 23)  # a Monday
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=ALMATY)
OFFICERS = ("chancery", "executor", "executor2", "head", "head2", "supervisor", "auditor")


@pytest.fixture(scope="session")
def gateway_server() -> Iterator[SandboxGateway]:
    with SandboxGateway() as server:
        yield server


@pytest.fixture
def play(db: None, gateway_server: SandboxGateway, settings: Any, tmp_path: Any) -> Iterator[Play]:
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns where the collected files are missing
    settings.GATEWAY = {**settings.GATEWAY, "URL": gateway_server.url, "TOKEN": "sandbox-token"}
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), ["8650000.00"])
    cache.clear()
    with legal_time(NOW):
        yield Play.begin()
    cache.clear()


@pytest.fixture
def stage(play: Play) -> Stage:
    return Stage(play, TODAY)


@pytest.fixture
def signed_in(play: Play) -> Callable[..., Client]:
    """Sign somebody in: `signed_in("executor")`; pages in English unless asked otherwise."""

    def client_of(login: str, language: str = "en") -> Client:
        client = Client()
        client.force_login(play.people[login], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        return client

    return client_of


def page(application_id: UUID, rest: str = "") -> str:
    return f"/admin/cases/{application_id}/{rest}"


def act_url(application_id: UUID, action: str) -> str:
    return f"/applications/{application_id}/actions/{action}/"
