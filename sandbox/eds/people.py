"""The standard identities of `eds_sandbox init` (integrations.md A.6); their numbers are invented."""

from datetime import UTC, datetime
from typing import Any

from sandbox.eds.authority import ROGUE, SandboxCA
from sandbox.eds.identities import Identity, identities, issue_identity, issue_pair, revoke

COMPANY_BIN = "150140000002"
COMPANY = 'ТОО "Сандбокс"'

_PERSON: dict[str, Any] = {
    "iin": "900101300007",
    "common_name": "ТЕСТОВ ТЕСТ",
    "surname": "ТЕСТОВ",
    "patronymic": "ТЕСТОВИЧ",
    "roles": {"INDIVIDUAL"},
}
_OTHER: dict[str, Any] = {
    "iin": "001130500303",
    "common_name": "ПРИМЕРОВ АРМАН",
    "surname": "ПРИМЕРОВ",
    "roles": {"INDIVIDUAL"},
}
_HEAD: dict[str, Any] = {
    "iin": "850505400008",
    "bin": COMPANY_BIN,
    "organization": COMPANY,
    "common_name": "ТЕСТОВА АЙГУЛЬ",
    "surname": "ТЕСТОВА",
    "roles": {"ORGANIZATION", "HEAD"},
}


def standard_identities(ca: SandboxCA | None = None) -> list[Identity]:
    """Make whatever is missing; the broken ones are there to be refused."""
    ca = ca or SandboxCA.configured()
    issue_pair("individual-1", ca=ca, **_PERSON)
    issue_pair("individual-2", ca=ca, **_OTHER)
    issue_pair("head-1", ca=ca, **_HEAD)
    issue_pair("signer-1", ca=ca, **{**_HEAD, **_name_of(_OTHER), "roles": {"ORGANIZATION", "SIGN_RIGHT"}})
    issue_pair("employee-1", ca=ca, **{**_HEAD, **_name_of(_PERSON), "roles": {"ORGANIZATION", "EMPLOYEE"}})
    _unusual(ca)
    return identities(ca)


def _name_of(person: dict[str, Any]) -> dict[str, Any]:
    return {key: person.get(key) for key in ("iin", "common_name", "surname", "patronymic")}


def _unusual(ca: SandboxCA) -> None:
    issue_identity("p256", key="p256", ca=ca, **_PERSON)
    issue_identity("expired", not_after=datetime(2021, 1, 1, tzinfo=UTC), ca=ca, **_PERSON)
    issue_identity("not-yet-valid", not_before=datetime(2039, 1, 1, tzinfo=UTC), ca=ca, **_PERSON)
    issue_identity("weak", key="rsa1024", ca=ca, **_PERSON)
    issue_identity("rogue", issuer=ROGUE, ca=ca, **_PERSON)
    issue_identity("head-without-bin", ca=ca, **{**_HEAD, "bin": None})
    issue_identity("revoked", ca=ca, **_PERSON)
    revoke("revoked", datetime(2020, 6, 1, tzinfo=UTC), ca=ca)
