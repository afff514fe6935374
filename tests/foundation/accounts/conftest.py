"""A sandbox CA of its own, and people who meet at the sign-in page."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from foundation.accounts.models import Body, Person
from foundation.accounts.services import open_login_challenge, sign_in_by_eds
from foundation.kernel.clock import legal_now
from sandbox.eds import SandboxCA, issue_identity, revoke, sign, standard_identities

HEAD_IIN, HEAD_BIN = "850505400008", "150140000002"
INDIVIDUAL_IIN, COLLEAGUE_IIN = "900101300007", "001130500303"
AUTHORITY_BIN = "190940000009"
SESSION = "session-of-this-browser"


@pytest.fixture(scope="session")
def made_ca(tmp_path_factory: pytest.TempPathFactory) -> SandboxCA:
    folder: Path = tmp_path_factory.mktemp("accounts-eds")
    made = SandboxCA(folder / "sandbox", folder / "trust", "http://127.0.0.1:8000")
    made.ensure()
    standard_identities(made)
    for name in ("expired", "revoked"):
        _make_auth_twin(made, name)
    return made


def _make_auth_twin(made: SandboxCA, name: str) -> None:
    facts: dict[str, Any] = {
        "iin": INDIVIDUAL_IIN,
        "common_name": "ТЕСТОВ ТЕСТ",
        "surname": "ТЕСТОВ",
        "roles": {"INDIVIDUAL"},
    }
    end: dict[str, Any] = {"not_after": datetime(2021, 1, 1, tzinfo=UTC)} if name == "expired" else {}
    issue_identity(f"{name}-auth", sign=False, ca=made, **facts, **end)
    if name == "revoked":
        revoke(f"{name}-auth", datetime(2020, 6, 1, tzinfo=UTC), ca=made)


@pytest.fixture
def ca(made_ca: SandboxCA, settings: Settings, tmp_path: Path) -> SandboxCA:
    settings.EDS = {
        **settings.EDS,
        "SANDBOX": True,
        "SANDBOX_DIR": str(made_ca.folder),
        "TRUST_DIR": str(made_ca.trust_dir),
    }
    settings.STATIC_ROOT = str(tmp_path)  # WhiteNoise warns where the collected files are missing
    return made_ca


@pytest.fixture
def sign_in(db, ca):
    """Sign in with a sandbox key, through the service."""

    def run(identity: str, at=None):
        challenge = open_login_challenge(session_key=SESSION)
        cms = sign(identity, bytes(challenge.data), ca=ca)
        return sign_in_by_eds(challenge_id=challenge.pk, cms=cms, session_key=SESSION, at=at or legal_now())

    return run


@pytest.fixture
def visitor(ca) -> Client:
    """A browser that reads English and enforces CSRF no less than a real one could be made to."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def provider(db) -> Body:
    return Body.objects.create(code="provider", kind="provider", name_kk="О", name_ru="О", bin=AUTHORITY_BIN)


@pytest.fixture
def officer(db) -> Person:
    return Person.objects.create_user(
        "executor", "right-password-1", surname="Ахметов", given_name="Ерлан", is_staff=True, language="en"
    )
