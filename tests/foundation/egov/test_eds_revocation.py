"""Contract A.3, revocation of every link; lists as files, as a production server has them."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from foundation.egov.eds import Purpose, VerificationResult
from foundation.egov.eds.builtin import BuiltinVerifier
from foundation.egov.eds.revocation import DirectoryCrlProvider
from sandbox.eds import SandboxCA, revoke
from sandbox.eds.authority import ISSUING, ROGUE, ROOT
from tests.foundation.egov.eds_forge import DATA, NOBODY, Bench

Folder = Callable[[datetime], Path]
HOUR = timedelta(hours=1)


def check(
    bench: Bench, folder: Path, name: str = "p256", *, at: datetime | None = None, hard: bool = True
) -> VerificationResult:
    verifier = BuiltinVerifier(
        trust_dir=bench.ca.trust_dir,
        crl_provider=DirectoryCrlProvider(folder),
        hard_revocation=hard,
        sandbox=True,
    )
    cms = bench.sign(name)
    return verifier.verify(cms, DATA, purpose=Purpose.SIGN, expect=NOBODY, at=at or bench.at)


def replaced(path: Path, data: bytes) -> None:
    """A newer file, as the refresh command renames it into place."""
    path.write_bytes(data)
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1_000_000_000))


def test_lists_in_files(bench: Bench, crl_folder: Folder) -> None:
    result = check(bench, crl_folder(bench.at))

    assert result.code == "OK"
    assert result.signers[0].revocation == "good"


def test_list_in_pem(bench: Bench, crl_folder: Folder) -> None:
    folder = crl_folder(bench.at)
    der = (folder / "issuing.crl").read_bytes()
    (folder / "issuing.crl").write_bytes(x509.load_der_x509_crl(der).public_bytes(Encoding.PEM))

    result = check(bench, folder)

    assert result.code == "OK"
    assert result.crls[0].der == der


@pytest.mark.parametrize("missing", ["issuing.crl", "root.crl"])
def test_no_list_for_a_link(bench: Bench, crl_folder: Folder, missing: str) -> None:
    folder = crl_folder(bench.at)
    (folder / missing).unlink()

    result = check(bench, folder)

    assert (result.code, result.retryable) == ("REVOCATION_UNKNOWN", True)


def test_soft_policy_of_the_sandbox_says_unknown(bench: Bench, tmp_path: Path) -> None:
    result = check(bench, tmp_path, hard=False)

    assert (result.code, result.warnings) == ("OK", ("REVOCATION_UNKNOWN",))
    assert (result.signers[0].revocation, result.signers[0].revocation_source) == ("unknown", None)
    assert result.crls == ()


@pytest.mark.parametrize(
    ("offset", "code"),
    [
        (timedelta(0), "OK"),
        (-timedelta(minutes=5), "OK"),
        (-timedelta(minutes=5, seconds=1), "REVOCATION_UNKNOWN"),
        (24 * HOUR, "OK"),
        (24 * HOUR + timedelta(seconds=1), "REVOCATION_UNKNOWN"),
    ],
    ids=["made now", "five minutes ahead", "from the future", "last second", "stale"],
)
def test_dates_of_the_list(bench: Bench, crl_folder: Folder, offset: timedelta, code: str) -> None:
    folder = crl_folder(bench.at)

    assert check(bench, folder, at=bench.at + offset).code == code


def test_list_expires_between_two_requests(bench: Bench, crl_folder: Folder) -> None:
    """The cached list is asked for its dates each time; a new file is seen at once."""
    folder = crl_folder(bench.at)
    later = bench.at + 25 * HOUR
    assert check(bench, folder).code == "OK"
    assert check(bench, folder, at=later).code == "REVOCATION_UNKNOWN"

    for which in (ROOT, ISSUING):
        replaced(folder / f"{which}.crl", bench.ca.crl(which, later))

    assert check(bench, folder, at=later).code == "OK"


def test_forged_list(bench: Bench, crl_folder: Folder) -> None:
    """An attacker's list of the same issuer's name, saying that nobody is revoked."""
    folder = crl_folder(bench.at)
    builder = x509.CertificateRevocationListBuilder(
        bench.ca.certificate(ISSUING).subject, bench.at, bench.at + 24 * HOUR
    )
    forged = builder.sign(bench.ca.issuer(ROGUE).key, hashes.SHA256()).public_bytes(Encoding.DER)
    replaced(folder / "issuing.crl", forged)

    assert check(bench, folder, "revoked").code == "SIGNATURE_INVALID"


def test_forged_list_beside_the_real_one_changes_nothing(bench: Bench, crl_folder: Folder) -> None:
    folder = crl_folder(bench.at)
    builder = x509.CertificateRevocationListBuilder(
        bench.ca.certificate(ISSUING).subject, bench.at, bench.at + 24 * HOUR
    )
    forged = builder.sign(bench.ca.issuer(ROGUE).key, hashes.SHA256()).public_bytes(Encoding.DER)
    (folder / "a-forged.crl").write_bytes(forged)

    assert check(bench, folder).code == "OK"
    assert check(bench, folder, "revoked").code == "CERT_REVOKED"


def test_flipped_bit_in_the_list(bench: Bench, crl_folder: Folder) -> None:
    folder = crl_folder(bench.at)
    der = bytearray((folder / "issuing.crl").read_bytes())
    der[-1] ^= 1
    replaced(folder / "issuing.crl", bytes(der))

    assert check(bench, folder).code == "SIGNATURE_INVALID"


def test_unreadable_file_is_no_list(bench: Bench, crl_folder: Folder) -> None:
    folder = crl_folder(bench.at)
    (folder / "broken.crl").write_bytes(b"half a file")

    assert check(bench, folder).code == "OK"


def test_delta_list_is_not_taken_for_a_full_one(bench: Bench, crl_folder: Folder) -> None:
    folder = crl_folder(bench.at)
    issuer = bench.ca.issuer(ISSUING)
    builder = x509.CertificateRevocationListBuilder(
        issuer.certificate.subject, bench.at, bench.at + 24 * HOUR
    )
    builder = builder.add_extension(x509.DeltaCRLIndicator(1), critical=True)
    replaced(folder / "issuing.crl", builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER))

    assert check(bench, folder).code == "REVOCATION_UNKNOWN"


def test_suspended_is_revoked_at_that_moment(bench: Bench, crl_folder: Folder) -> None:
    """A list entry with reason certificateHold."""
    folder = crl_folder(bench.at)
    issuer = bench.ca.issuer(ISSUING)
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(bench.certificate("p256").serial_number)
        .revocation_date(bench.at - HOUR)
        .add_extension(x509.CRLReason(x509.ReasonFlags.certificate_hold), critical=False)
        .build()
    )
    builder = x509.CertificateRevocationListBuilder(
        issuer.certificate.subject, bench.at, bench.at + 24 * HOUR
    )
    builder = builder.add_revoked_certificate(entry)
    replaced(folder / "issuing.crl", builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER))

    assert check(bench, folder).code == "CERT_REVOKED"


def test_authority_revoked_by_the_root(bench: Bench, crl_folder: Folder) -> None:
    folder = crl_folder(bench.at)
    root = bench.ca.issuer(ROOT)
    entry = (
        x509.RevokedCertificateBuilder()
        .serial_number(bench.ca.certificate(ISSUING).serial_number)
        .revocation_date(bench.at - HOUR)
        .build()
    )
    builder = x509.CertificateRevocationListBuilder(root.certificate.subject, bench.at, bench.at + 24 * HOUR)
    builder = builder.add_revoked_certificate(entry)
    replaced(folder / "root.crl", builder.sign(root.key, hashes.SHA256()).public_bytes(Encoding.DER))

    assert check(bench, folder).code == "CERT_REVOKED"


def test_sandbox_list_is_valid_at_any_legal_moment(bench: Bench) -> None:
    """The demo's clock moves: the list is made for the asked moment, with what was revoked by then."""
    name = bench.identity("revoked-later")
    moment = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
    revoke(name, moment, ca=bench.ca)
    cms = bench.sign(name)

    assert bench.code(cms, at=moment - timedelta(seconds=1)) == "OK"
    assert bench.code(cms, at=moment) == "CERT_REVOKED"
    assert bench.code(cms, at=datetime(2039, 12, 31, tzinfo=UTC)) == "CERT_REVOKED"
    assert bench.code(bench.sign("p256"), at=datetime(2020, 1, 2, tzinfo=UTC)) == "OK"


def test_sandbox_list_of_one_hour_is_one_file(ca: SandboxCA, bench: Bench) -> None:
    assert ca.crl(ISSUING, bench.at) == ca.crl(ISSUING, bench.at + timedelta(minutes=59))
