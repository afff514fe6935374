"""Whose limit a request counts against, and that private answers are kept nowhere."""

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory, override_settings
from rest_framework.authtoken.models import Token

from foundation.accounts.models import Challenge
from foundation.kernel.addresses import client_address

pytestmark = pytest.mark.django_db
SAID = "203.0.113.7, 198.51.100.1"
CHALLENGES = "/api/v1/eds/challenges/"


def test_what_a_visitor_says_of_his_address_counts_nowhere(settings):
    asked = RequestFactory().get("/", headers={"X-Forwarded-For": SAID})
    assert client_address(asked) == "127.0.0.1"
    behind = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    with override_settings(REST_FRAMEWORK=behind):
        assert client_address(asked) == "198.51.100.1"  # what the proxy itself has added


def test_a_forged_address_does_not_widen_the_limit_of_sign_in():
    cache.clear()
    client = Client()
    codes = [
        client.post(CHALLENGES, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code
        for number in range(22)
    ]
    cache.clear()
    assert codes == [201] * 20 + [429] * 2
    assert Challenge.objects.count() == 20


@pytest.mark.parametrize(
    "page", ["/accounts/profile/", "/accounts/colleagues/", "/api/v1/applications/", "/api/v1/licenses/"]
)
def test_private_answers_are_kept_nowhere(officer, page):
    by_session, by_token = Client(), Client()
    by_session.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answers = [by_session.get(page)]
    if page.startswith("/api/"):
        token = Token.objects.create(user=officer)
        answers.append(by_token.get(page, headers={"Authorization": f"Token {token.key}"}))
    for answer in answers:
        assert answer.status_code == 200
        assert {part.strip() for part in answer["Cache-Control"].split(",")} >= {"private", "no-store"}


def test_public_answers_may_be_kept():
    assert "Cache-Control" not in Client().get("/service/").headers
