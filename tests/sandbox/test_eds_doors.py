"""Sandbox signer over HTTP and on the command line (integrations.md A.6)."""

import base64
import json
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from foundation.egov.eds import Expect, Purpose, get_verifier
from foundation.kernel.clock import legal_time
from sandbox.eds import SandboxCA

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("ca", "held_clock")


@pytest.fixture
def held_clock() -> Any:
    with legal_time(AT):
        yield


def post(client: Client, body: Any) -> Any:
    return client.post("/sandbox/eds/sign", json.dumps(body), content_type="application/json")


def test_sign(client: Client) -> None:
    data = base64.b64encode(b"data").decode()

    response = post(client, {"identity": "individual-1", "data_b64": data, "attached": False})

    assert response.status_code == 200
    result = get_verifier().verify(
        response.json()["cms"], b"data", purpose=Purpose.SIGN, expect=Expect(iin="900101300007"), at=AT
    )
    assert (result.code, result.signers[0].signing_time) == ("OK", AT)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"identity": "nobody", "data_b64": "ZGF0YQ=="}, 404, "UNKNOWN_IDENTITY"),
        ({"identity": "individual-1"}, 422, "MALFORMED"),
        ({"identity": "individual-1", "data_b64": "?"}, 422, "MALFORMED"),
        ([], 422, "MALFORMED"),
    ],
)
def test_bad_requests(client: Client, body: Any, status: int, code: str) -> None:
    response = post(client, body)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"


def test_only_post_signs(client: Client) -> None:
    assert client.get("/sandbox/eds/sign").status_code == 405


def test_identities_as_ncalayer_narrows_them(client: Client) -> None:
    found = client.get("/sandbox/eds/identities/", {"purpose": "sign", "bin": "150140000002"}).json()

    assert [(item["identity"], item["usable"]) for item in found["identities"]] == [
        ("employee-1", True),
        ("head-1", True),
        ("signer-1", True),
    ]
    assert found["identities"][1] == {
        "identity": "head-1",
        "label": 'ТЕСТОВА АЙГУЛЬ, ТОО "Сандбокс" (head-1)',
        "purpose": "sign",
        "iin": "850505400008",
        "bin": "150140000002",
        "roles": ["HEAD", "ORGANIZATION"],
        "common_name": "ТЕСТОВА АЙГУЛЬ",
        "organization": 'ТОО "Сандбокс"',
        "not_after": "2040-01-01T00:00:00+00:00",
        "usable": True,
    }


def test_broken_identities_are_marked(client: Client) -> None:
    found = client.get("/sandbox/eds/identities/").json()["identities"]

    usable = {item["identity"]: item["usable"] for item in found}
    broken = ("expired", "not-yet-valid", "revoked", "weak", "rogue", "head-without-bin")
    assert [usable[name] for name in broken] == [False] * 6
    assert [usable[name] for name in ("individual-1", "head-1", "employee-1-auth", "p256")] == [True] * 4


@pytest.mark.parametrize(("name", "which"), [("issuing.crl", "issuing"), ("root.crl", "root")])
def test_lists(client: Client, ca: SandboxCA, name: str, which: str) -> None:
    response = client.get(f"/sandbox/eds/crl/{name}")

    assert response["Content-Type"] == "application/pkix-crl"
    assert x509.load_der_x509_crl(response.content).is_signature_valid(ca.issuer(which).key.public_key())


def test_no_such_list(client: Client) -> None:
    assert client.get("/sandbox/eds/crl/rogue.crl").status_code == 404


def run(*args: str) -> str:
    out = StringIO()
    call_command("eds_sandbox", *args, stdout=out)
    return out.getvalue()


def test_command_issue_and_revoke(client: Client) -> None:
    facts = ["--iin", "880312450121", "--common-name", "АЙГЕРІМ", "--role", "INDIVIDUAL", "--key", "p256"]

    assert run("issue", "by-command", *facts) == "АЙГЕРІМ (by-command)\n"
    assert run("revoke", "by-command") == "by-command: revoked\n"

    cms = post(client, {"identity": "by-command", "data_b64": "ZGF0YQ=="}).json()["cms"]
    result = get_verifier().verify(cms, b"data", purpose=Purpose.SIGN, expect=Expect(), at=AT)
    assert result.code == "CERT_REVOKED"


def test_command_init_lists_what_there_is() -> None:
    assert "ТЕСТОВ ТЕСТ (individual-1)\n" in run("init")


def test_command_crl(tmp_path: Path) -> None:
    run("crl", "--out", str(tmp_path / "crl"))

    assert sorted(path.name for path in (tmp_path / "crl").iterdir()) == ["issuing.crl", "root.crl"]


def test_command_refuses_what_it_cannot_do(settings: Settings) -> None:
    with pytest.raises(CommandError, match="no identity nobody"):
        run("revoke", "nobody")
    settings.EDS = {**settings.EDS, "SANDBOX": False}
    with pytest.raises(CommandError, match="demo only"):
        run("init")
