"""Demo officers at their desks, on a clock of the test's own; cases are played through the services."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings

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


@pytest.fixture(scope="module")
def played(
    django_db_setup: None, django_db_blocker: Any, gateway_server: SandboxGateway
) -> Iterator[tuple[UUID, UUID]]:
    """Played once for the tests of a file, each of which is rolled back to it: a case under review, half of its

    evidence examined, and another open case of the party with the same place and files.
    """
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), ["8650000.00"])
    gateway = {**django_settings.GATEWAY, "URL": gateway_server.url, "TOKEN": "sandbox-token"}
    held = transaction.atomic()
    held._from_testcase = True  # as Django's TestCase: durable blocks may stand inside
    with django_db_blocker.unblock(), override_settings(GATEWAY=gateway), held:
        with legal_time(NOW):
            stage = Stage(Play.begin(), TODAY)
            other = stage.filed(-3, "10:00", who="aigerim")
            case = stage.accepted(-5, executor="executor", who="aigerim")
            stage.play.find(case, stage.on(-3, "15:00"), not_met=("I-1",), but=("I-4",))
            stage.play.deliver()
        yield case, other
        transaction.set_rollback(True)


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
