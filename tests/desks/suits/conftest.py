"""People signed in, at a moment of the test's own, beside a refused application."""

import pytest
from django.test import Client

from sandbox.suits import Suits
from tests.applications.conftest import gateway, gateway_server, quiet, stages, without_layout
from tests.applications.stages import moment

__all__ = ["gateway", "gateway_server", "quiet", "stages", "without_layout"]


@pytest.fixture
def suits(quiet) -> Suits:
    return Suits(quiet)


@pytest.fixture
def refused(stages, quiet):
    case = stages.refused()
    quiet.pass_time(moment("2026-11-10T12:10"))
    return case


@pytest.fixture
def signed_in(quiet):
    def client_of(login: str, language: str = "ru") -> Client:
        client = Client()
        client.force_login(quiet.people[login], backend="django.contrib.auth.backends.ModelBackend")
        client.cookies["django_language"] = language
        return client

    return client_of
