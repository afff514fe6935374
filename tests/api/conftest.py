"""Programs of the demo people: a token each, the sandbox signer over HTTP, a clock that the test holds."""

import base64
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.authtoken.models import Token

from foundation.accounts.models import Person
from foundation.kernel.clock import ALMATY
from sandbox.cast import PARTIES, key_of
from sandbox.gateway import SandboxGateway
from sandbox.play import Play

FEE_I_2026 = "8650000.00"
BASE = "/api/v1/"


def moment(text: str) -> datetime:
    """A moment of Almaty's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@dataclass
class Program:
    """One person's program: plain HTTP, nothing else."""

    login: str
    token: str
    language: str = "ru"
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(self._url(path), query, headers=self._headers())

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        version: int | None = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        extra = dict(headers or {})
        if version is not None:
            extra["If-Match"] = str(version)
        if key is not None:
            extra["Idempotency-Key"] = key
        return self.client.generic(
            method.upper(),
            self._url(path),
            b"" if body is None else json.dumps(body),
            content_type="application/json",
            headers={**self._headers(), **extra},
        )

    def post(self, path: str, body: Any = None, **kwargs: Any) -> Any:
        return self.send("post", path, body, **kwargs)

    def upload(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        return self.client.post(self._url(path), fields, headers={**self._headers(), **headers})

    def version(self, application: str) -> int:
        answer = self.get(f"applications/{application}/")
        assert answer.status_code == 200, answer.content
        return int(answer.json()["version"])

    def act(
        self,
        application: str,
        action: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: int | None = None,
    ) -> Any:
        """One action with the version it has now and a fresh key."""
        seen = self.version(application) if version is None else version
        return self.post(
            f"applications/{application}/actions/{action}/",
            body if body is not None else {},
            version=seen,
            key=key or uuid.uuid4().hex,
        )

    def ask(self, application: str, action: str, params: dict[str, Any] | None = None) -> Any:
        return self.post(
            f"applications/{application}/sign-request/",
            {"action": action, **({"params": params} if params else {})},
        )

    def cms(self, data_b64: str, identity: str | None = None) -> str:
        """What the signer on the person's own machine answers."""
        answer = self.client.post(
            "/sandbox/eds/sign",
            json.dumps({"identity": identity or self.login, "data_b64": data_b64, "attached": False}),
            content_type="application/json",
        )
        assert answer.status_code == 200, answer.content
        return str(answer.json()["cms"])

    def signed(self, application: str, action: str, params: dict[str, Any] | None = None) -> Any:
        """Ask for the bytes, sign them, send the CMS."""
        asked = self.ask(application, action, params)
        assert asked.status_code == 201, asked.content
        request = asked.json()
        assert base64.b64decode(request["data_b64"])
        body = {"sign_request": request["id"], "cms": self.cms(request["data_b64"])}
        return self.act(application, action, body)

    def _url(self, path: str) -> str:
        return path if path.startswith("/") else BASE + path

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.token}", "Accept-Language": self.language}


def programs_of(people: dict[str, Person]) -> dict[str, Program]:
    """A token and a signing key for everybody of the cast."""
    for login in people:
        key_of(login)
    return {
        login: Program(login, Token.objects.get_or_create(user=person)[0].key)
        for login, person in people.items()
    }


@pytest.fixture(scope="session")
def gateway_server() -> Iterator[SandboxGateway]:
    with SandboxGateway() as server:
        yield server


@pytest.fixture(autouse=True)
def _gateway(gateway_server: SandboxGateway, settings: Any) -> None:
    settings.GATEWAY = {**settings.GATEWAY, "URL": gateway_server.url, "TOKEN": "sandbox-token"}
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), [FEE_I_2026])


@pytest.fixture(autouse=True)
def _fresh_rates() -> None:
    cache.clear()


@pytest.fixture
def play(db: None) -> Play:
    return Play.begin()


@pytest.fixture
def programs(play: Play) -> dict[str, Program]:
    return programs_of(play.people)
