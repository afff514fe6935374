"""Sandbox CA (integrations.md A.6): Kazakhstan-shaped certificates, private files, revoked by moment."""

import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID

from foundation.egov.eds import Expect, Purpose, get_verifier
from sandbox.eds import (
    SandboxCA,
    UnknownIdentity,
    identities,
    identity,
    issue_identity,
    issue_pair,
    issue_seal_identity,
    revoke,
    sign,
)
from sandbox.eds.identities import certificate_of

AT = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
AIGERIM: dict[str, Any] = {
    "iin": "880312450121",
    "common_name": "СЕРІКОВА АЙГЕРІМ",
    "surname": "СЕРІКОВА",
    "patronymic": "БОЛАТҚЫЗЫ",
    "roles": {"INDIVIDUAL"},
    "key": "p256",
}


def oids(certificate: x509.Certificate) -> set[str]:
    extended = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    return {oid.dotted_string for oid in extended}


def test_shape_of_a_heads_certificate(ca: SandboxCA) -> None:
    certificate = certificate_of("head-1")
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value

    assert certificate.subject.rfc4514_string({NameOID.SERIAL_NUMBER: "SERIALNUMBER"}) == (
        'OU=BIN150140000002,O=ТОО \\"Сандбокс\\",C=KZ,SERIALNUMBER=IIN850505400008,2.5.4.4=ТЕСТОВА,'
        "CN=ТЕСТОВА АЙГУЛЬ"
    )
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert oids(certificate) == {"1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.2", "1.2.398.3.3.4.1.2.1"}
    assert certificate.not_valid_before_utc == datetime(2020, 1, 1, tzinfo=UTC)
    assert certificate.not_valid_after_utc == datetime(2040, 1, 1, tzinfo=UTC)
    assert "SANDBOX" in certificate.issuer.rfc4514_string()


def test_shape_of_a_sign_in_certificate(ca: SandboxCA) -> None:
    certificate = certificate_of("individual-1-auth")
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value

    assert (usage.digital_signature, usage.content_commitment, usage.key_encipherment) == (True, False, True)
    assert oids(certificate) == {"1.3.6.1.5.5.7.3.2", "1.2.398.3.3.4.1.1"}
    assert certificate.subject.get_attributes_for_oid(NameOID.GIVEN_NAME)[0].value == "ТЕСТОВИЧ"


def test_a_demo_person_on_demand(ca: SandboxCA) -> None:
    signing, sign_in = issue_pair("aigerim", **AIGERIM)

    assert (signing.name, sign_in.name) == ("aigerim", "aigerim-auth")
    result = get_verifier().verify(
        sign("aigerim", b"data", at=AT),
        b"data",
        purpose=Purpose.SIGN,
        expect=Expect(iin="880312450121"),
        at=AT,
    )
    assert result.code == "OK"
    assert result.signers[0].patronymic == "БОЛАТҚЫЗЫ"


def test_the_same_identity_is_made_once_and_another_replaces_it(ca: SandboxCA) -> None:
    issue_identity("bolat", **AIGERIM)
    first = certificate_of("bolat").serial_number
    issue_identity("bolat", **AIGERIM)
    assert certificate_of("bolat").serial_number == first

    issue_identity("bolat", **{**AIGERIM, "common_name": "СЕРІКОВА А."})
    assert certificate_of("bolat").serial_number != first
    assert identity("bolat").common_name == "СЕРІКОВА А."


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "Ә", "A", "-x"])
def test_names_of_identities(ca: SandboxCA, name: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        issue_identity(name, **AIGERIM)
    with pytest.raises(UnknownIdentity):
        identity(name)


def test_private_files(ca: SandboxCA) -> None:
    keys = list(ca.folder.rglob("*.key.pem"))

    assert len(keys) >= 20
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys} == {0o600}


def test_standard_identities(ca: SandboxCA) -> None:
    assert {item.name for item in identities()} >= {
        "individual-1",
        "individual-1-auth",
        "head-1",
        "employee-1",
        "expired",
        "revoked",
        "not-yet-valid",
        "p256",
        "weak",
        "rogue",
        "head-without-bin",
    }


def test_two_starts_at_once_make_one_authority(tmp_path: Path) -> None:
    made = [SandboxCA(tmp_path / "s", tmp_path / "t", "http://127.0.0.1") for _ in range(4)]
    threads = [threading.Thread(target=item.ensure) for item in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    published = x509.load_pem_x509_certificate((tmp_path / "t" / "sandbox-root.pem").read_bytes())
    assert {item.certificate("root").serial_number for item in made} == {published.serial_number}


def test_revoked_from_a_legal_moment_on(ca: SandboxCA) -> None:
    issue_identity("dana", **{**AIGERIM, "common_name": "ДАНА"})
    certificate = certificate_of("dana")
    revoke("dana", AT)
    revoke("dana", datetime(2020, 1, 2, tzinfo=UTC))

    assert not ca.is_revoked(certificate, datetime(2026, 11, 22, 4, 59, 59, tzinfo=UTC))
    assert ca.is_revoked(certificate, AT)


def test_seal_of_the_authority(ca: SandboxCA) -> None:
    seal = issue_seal_identity(organization="Уәкілетті орган", bin="231140000002")

    certificate = x509.load_pem_x509_certificate(seal.certificate_pem)
    key = load_pem_private_key(seal.key_pem, password=None)
    assert key.public_key() == certificate.public_key()
    assert [item.public_bytes(Encoding.PEM) for item in ca.chain()] == [
        item.public_bytes(Encoding.PEM) for item in x509.load_pem_x509_certificates(seal.chain_pem)
    ]
    certificate.verify_directly_issued_by(ca.certificate())
    assert "OU=BIN231140000002" in certificate.subject.rfc4514_string()
    assert "IIN" not in certificate.subject.rfc4514_string().replace("BIN", "")
