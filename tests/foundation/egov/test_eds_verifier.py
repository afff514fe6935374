"""Contract A.1-A.3: what is accepted, who the signer is, what is kept as evidence."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from foundation.egov.eds import Expect, Purpose
from sandbox.eds.authority import ISSUING, ROOT
from tests.foundation.egov.eds_forge import DATA, Bench, der_of


def test_individual_rsa(bench: Bench) -> None:
    result = bench.verify(
        bench.sign("individual-1"), expect=Expect(iin="900101300007", roles_any=frozenset({"INDIVIDUAL"}))
    )

    assert (result.ok, result.code, result.retryable, result.warnings) == (True, "OK", False, ())
    [signer] = result.signers
    assert signer.iin == "900101300007"
    assert signer.bin is None
    assert (signer.common_name, signer.surname, signer.patronymic) == ("ТЕСТОВ ТЕСТ", "ТЕСТОВ", "ТЕСТОВИЧ")
    assert signer.roles == {"INDIVIDUAL"}
    assert signer.algorithm == "rsa-sha256"
    assert signer.signing_time == bench.at
    assert signer.tsp_time is None
    assert signer.not_before == datetime(2020, 1, 1, tzinfo=UTC)
    assert signer.not_after == datetime(2040, 1, 1, tzinfo=UTC)
    assert signer.serial == f"{bench.certificate('individual-1').serial_number:x}"


def test_head_of_an_entity(bench: Bench) -> None:
    expect = Expect(iin="850505400008", bin="150140000002", roles_any=frozenset({"HEAD", "SIGN_RIGHT"}))

    [signer] = bench.verify(bench.sign("head-1"), expect=expect).signers

    assert (signer.bin, signer.organization) == ("150140000002", 'ТОО "Сандбокс"')
    assert signer.roles == {"ORGANIZATION", "HEAD"}


def test_p256(bench: Bench) -> None:
    assert bench.verify(bench.sign("p256")).signers[0].algorithm == "ecdsa-sha256"


def test_attached_content_equal_to_the_data(bench: Bench) -> None:
    assert bench.code(bench.sign("individual-1", attached=True)) == "OK"


@pytest.mark.parametrize("form", ["pem", "crlf", "text around", "pkcs7", "base64", "base64 lines", "der"])
def test_forms_of_input(bench: Bench, form: str) -> None:
    pem = bench.sign("individual-1")
    der = der_of(pem)
    forms: dict[str, str | bytes] = {
        "pem": pem,
        "crlf": pem.replace("\n", "\r\n"),
        "text around": f"Қолтаңба:\r\n{pem}\r\nsent by NCALayer\r\n",
        "pkcs7": pem.replace("CMS", "PKCS7"),
        "base64": base64.b64encode(der).decode(),
        "base64 lines": base64.encodebytes(der),
        "der": der,
    }

    result = bench.verify(forms[form])

    assert result.code == "OK"
    assert result.cms_der == der


def test_sign_in_with_the_auth_key(bench: Bench) -> None:
    assert bench.code(bench.sign("individual-1-auth"), purpose=Purpose.AUTH) == "OK"


def test_five_megabytes_detached(bench: Bench) -> None:
    data = b"\x00" * 5_000_000

    assert bench.code(bench.sign("individual-1", data), data) == "OK"


def test_evidence_is_complete(bench: Bench) -> None:
    result = bench.verify(bench.sign("individual-1"))
    [signer] = result.signers

    assert result.content_sha256 == hashlib.sha256(DATA).hexdigest()
    assert result.chain_der[0] == signer.certificate_der
    assert tuple(hashlib.sha256(der).hexdigest() for der in result.chain_der) == signer.chain_sha256
    assert len(result.chain_der) == 3
    assert signer.revocation == "good"
    assert signer.revocation_source == f"crl:{result.crls[0].sha256}"
    assert signer.revocation_this_update == datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    assert [crl.der for crl in result.crls] == [
        bench.ca.crl(ISSUING, bench.at),
        bench.ca.crl(ROOT, bench.at),
    ]
    assert (result.backend, result.backend_version, result.checked_at) == ("builtin", "1", bench.at)
    assert result.policy == "revocation=hard;crl-age=24h;algorithms=ecdsa-sha256,rsa-sha256"
    assert result.as_json()["signers"][0]["iin"] == "900101300007"


@pytest.mark.parametrize(
    "expect",
    [
        Expect(iin="001130500303"),
        Expect(bin="150140000002"),
        Expect(roles_any=frozenset({"HEAD", "SIGN_RIGHT"})),
    ],
)
def test_another_signer_than_expected(bench: Bench, expect: Expect) -> None:
    assert bench.code(bench.sign("individual-1"), expect=expect) == "SIGNER_MISMATCH"


def test_employee_may_not_sign_for_the_entity(bench: Bench) -> None:
    expect = Expect(bin="150140000002", roles_any=frozenset({"HEAD", "SIGN_RIGHT"}))

    assert bench.code(bench.sign("employee-1"), expect=expect) == "SIGNER_MISMATCH"
    assert bench.code(bench.sign("signer-1"), expect=expect) == "OK"


def test_the_log_holds_no_numbers_of_people(bench: Bench) -> None:
    result = bench.verify(bench.sign("individual-1"), expect=Expect(iin="001130500303"))

    assert result.detail == "another IIN"


def test_auth_key_used_to_sign(bench: Bench) -> None:
    assert bench.code(bench.sign("individual-1-auth")) == "WRONG_KEY_USAGE"


def test_signing_key_used_to_sign_in(bench: Bench) -> None:
    assert bench.code(bench.sign("individual-1"), purpose=Purpose.AUTH) == "WRONG_KEY_USAGE"


def test_signature_of_one_application_on_another(bench: Bench) -> None:
    assert bench.code(bench.sign("individual-1"), DATA + b"!") == "DIGEST_MISMATCH"


@pytest.mark.parametrize(
    ("seconds", "code"), [(-1, "OK"), (0, "OK"), (1, "CERT_EXPIRED")], ids=["before", "at", "after"]
)
def test_end_of_validity_to_the_second(bench: Bench, seconds: int, code: str) -> None:
    end = datetime(2026, 11, 22, 6, 30, 15, tzinfo=UTC)
    name = bench.identity("ends", not_after=end)

    assert bench.code(bench.sign(name), at=end + timedelta(seconds=seconds)) == code


@pytest.mark.parametrize(("seconds", "code"), [(-1, "CERT_NOT_YET_VALID"), (0, "OK")], ids=["before", "at"])
def test_start_of_validity_to_the_second(bench: Bench, seconds: int, code: str) -> None:
    start = datetime(2026, 11, 22, 4, 30, 15, tzinfo=UTC)
    name = bench.identity("starts", not_before=start)

    assert bench.code(bench.sign(name), at=start + timedelta(seconds=seconds)) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("expired", "CERT_EXPIRED"),
        ("not-yet-valid", "CERT_NOT_YET_VALID"),
        ("revoked", "CERT_REVOKED"),
        ("weak", "ALGORITHM_NOT_ALLOWED"),
        ("rogue", "CHAIN_UNTRUSTED"),
        ("head-without-bin", "PROFILE_MISMATCH"),
    ],
)
def test_identities_made_to_be_refused(bench: Bench, name: str, code: str) -> None:
    assert bench.code(bench.sign(name)) == code


def test_signing_time_far_from_receipt_is_a_warning_only(bench: Bench) -> None:
    cms = bench.sign("p256")

    near = bench.verify(cms, at=bench.at + timedelta(minutes=15))
    far = bench.verify(cms, at=bench.at + timedelta(minutes=15, seconds=1))

    assert (near.code, near.warnings) == ("OK", ())
    assert (far.code, far.warnings) == ("OK", ("SIGNING_TIME",))


def test_a_moment_without_a_zone_is_a_programmers_error(bench: Bench) -> None:
    with pytest.raises(ValueError, match="aware"):
        bench.verify(bench.sign("p256"), at=datetime(2026, 11, 22))  # noqa: DTZ001 -- the point of the test


def test_health(bench: Bench) -> None:
    assert bench.verifier.health() == {
        "status": "up",
        "backend": "builtin",
        "version": "1",
        "policy": "revocation=hard;crl-age=24h;algorithms=ecdsa-sha256,rsa-sha256",
        "roots": 1,
        "intermediates": 1,
    }
