"""Contract A.3, the path to a root: forged issuers, leaves as issuers, lengths, dates, profiles."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from foundation.egov.eds import CrlProvider, LoadedCrl, Purpose
from foundation.egov.eds.builtin import BuiltinVerifier
from foundation.egov.eds.revocation import load_crl
from sandbox.eds import SandboxCA, SandboxCrlProvider
from sandbox.eds.authority import ISSUING, ROGUE, ROOT
from sandbox.eds.certificates import Issuer, Subject, authority_certificate, personal_certificate
from sandbox.eds.signer import to_pem
from sandbox.eds.store import PrivateKey, new_key
from tests.foundation.egov.eds_forge import DATA, NOBODY, Bench, changed, der_of, signed_with

SUBJECT = Subject(iin="900101300007", common_name="ТЕСТОВ ТЕСТ")
START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


def leaf(
    issuer: Issuer, key: PrivateKey, subject: Subject = SUBJECT, roles: frozenset[str] | None = None
) -> x509.Certificate:
    return personal_certificate(
        subject,
        key,
        issuer,
        roles=frozenset({"INDIVIDUAL"}) if roles is None else roles,
        sign=True,
        not_before=START,
        not_after=END,
    )


def embed(der: bytes, *others: x509.Certificate) -> bytes:
    """The same CMS with more certificates inside: they are not signed, so anybody can add them."""

    def add(signed: cms.SignedData) -> None:
        choices = [item.chosen for item in signed["certificates"]]
        choices += [asn1_x509.Certificate.load(item.public_bytes(Encoding.DER)) for item in others]
        signed["certificates"] = cms.CertificateSet(choices)

    return changed(to_pem(der), add)


def test_rogue_authority_of_the_same_name_brings_its_certificate(bench: Bench) -> None:
    der = embed(der_of(bench.sign("rogue")), bench.ca.certificate(ROGUE))

    assert bench.code(der) == "CHAIN_UNTRUSTED"


def test_rogue_authority_claims_the_key_of_the_real_one(bench: Bench) -> None:
    """AKI names the real key, the signature is of another: the certificate is forged."""
    real = bench.ca.certificate(ISSUING)
    key = new_key("p256")
    builder = x509.CertificateBuilder(
        issuer_name=real.subject,
        subject_name=SUBJECT.name(),
        public_key=key.public_key(),
        serial_number=77,
        not_valid_before=START,
        not_valid_after=END,
    )
    own = real.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own), critical=False
    )
    forged = builder.sign(bench.ca.issuer(ROGUE).key, hashes.SHA256())

    assert bench.code(signed_with(forged, key)) == "SIGNATURE_INVALID"


def test_leaf_signed_by_a_leaf(bench: Bench) -> None:
    person = Issuer(bench.certificate("p256"), bench.key("p256"), "http://127.0.0.1/none.crl")
    key = new_key("p256")
    der = embed(signed_with(leaf(person, key), key), person.certificate)

    assert bench.code(der) == "CHAIN_UNTRUSTED"


def test_self_signed_person(bench: Bench) -> None:
    key = new_key("p256")
    own = authority_certificate("SANDBOX PERSON", key)

    assert bench.code(signed_with(own, key)) == "CHAIN_UNTRUSTED"


def test_the_root_itself_signs_nothing_for_people(bench: Bench) -> None:
    root = bench.ca.issuer(ROOT)

    assert bench.code(signed_with(root.certificate, root.key)) == "CHAIN_UNTRUSTED"


class Made:
    """Lists of authorities that exist for one test only."""

    def __init__(self, *issuers: Issuer) -> None:
        self.issuers = issuers

    def crls_for(self, issuer: x509.Certificate, at: datetime) -> list[LoadedCrl]:
        return [load_crl(crl_of(item, at)) for item in self.issuers if item.certificate == issuer]


def crl_of(issuer: Issuer, at: datetime) -> bytes:
    builder = x509.CertificateRevocationListBuilder(issuer.certificate.subject, at, at + timedelta(hours=24))
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def ladder(tmp_path: Path, steps: int, **first: Any) -> tuple[list[Issuer], BuiltinVerifier]:
    """A root and `steps - 1` authorities below it, trusted in a folder of their own."""
    issuers: list[Issuer] = []
    for number in range(steps):
        key = new_key("p256")
        above = issuers[-1] if issuers else None
        certificate = authority_certificate(
            f"SANDBOX LADDER {number}", key, issuer=above, **(first if number == 0 else {})
        )
        issuers.append(Issuer(certificate, key, "http://127.0.0.1/none.crl"))
    (tmp_path / "intermediates").mkdir()
    (tmp_path / "root.pem").write_bytes(issuers[0].certificate.public_bytes(Encoding.PEM))
    for number, item in enumerate(issuers[1:]):
        path = tmp_path / "intermediates" / f"{number}.pem"
        path.write_bytes(item.certificate.public_bytes(Encoding.PEM))
    provider: CrlProvider = Made(*issuers)
    return issuers, BuiltinVerifier(trust_dir=tmp_path, crl_provider=provider, sandbox=True)


def verdict(verifier: BuiltinVerifier, issuer: Issuer, at: datetime) -> str:
    key = new_key("p256")
    der = signed_with(leaf(issuer, key), key)
    return verifier.verify(der, DATA, purpose=Purpose.SIGN, expect=NOBODY, at=at).code


@pytest.mark.parametrize(("steps", "code"), [(1, "OK"), (4, "OK"), (5, "CHAIN_TOO_LONG")])
def test_length_of_the_chain(bench: Bench, tmp_path: Path, steps: int, code: str) -> None:
    issuers, verifier = ladder(tmp_path, steps)

    assert verdict(verifier, issuers[-1], bench.at) == code


@pytest.mark.parametrize(("limit", "code"), [(1, "OK"), (0, "CHAIN_TOO_LONG")])
def test_path_length_that_the_root_allows(bench: Bench, tmp_path: Path, limit: int, code: str) -> None:
    issuers, verifier = ladder(tmp_path, 2, path_length=limit)

    assert verdict(verifier, issuers[-1], bench.at) == code


def test_issuer_out_of_date(bench: Bench, tmp_path: Path) -> None:
    """A person's certificate that outlives its authority is no better for it."""
    issuers, verifier = ladder(tmp_path, 1)
    key = new_key("p256")
    late = personal_certificate(
        SUBJECT,
        key,
        issuers[0],
        roles=frozenset({"INDIVIDUAL"}),
        sign=True,
        not_before=START,
        not_after=datetime(2045, 1, 1, tzinfo=UTC),
    )
    result = verifier.verify(
        signed_with(late, key),
        DATA,
        purpose=Purpose.SIGN,
        expect=NOBODY,
        at=datetime(2041, 1, 1, tzinfo=UTC),
    )

    assert (result.code, result.detail) == ("CERT_EXPIRED", "issuer")


def test_sandbox_roots_count_for_nothing_in_production(ca: SandboxCA, bench: Bench) -> None:
    production = BuiltinVerifier(trust_dir=ca.trust_dir, crl_provider=SandboxCrlProvider(ca), sandbox=False)
    result = production.verify(
        bench.sign("individual-1"), DATA, purpose=Purpose.SIGN, expect=NOBODY, at=bench.at
    )

    assert result.code == "CHAIN_UNTRUSTED"
    assert production.health()["status"] == "down"


@pytest.mark.parametrize(
    ("subject", "roles", "code"),
    [
        (Subject(iin=None, common_name="Т"), {"INDIVIDUAL"}, "NO_IIN"),
        (Subject(iin="123", common_name="Т"), {"INDIVIDUAL"}, "NO_IIN"),
        (Subject(iin="900101300007", common_name="Т"), set(), "PROFILE_MISMATCH"),
        (Subject(iin="900101300007", common_name="Т"), {"HEAD"}, "PROFILE_MISMATCH"),
        (Subject(iin="900101300007", common_name="Т"), {"ORGANIZATION", "HEAD"}, "PROFILE_MISMATCH"),
        (Subject("900101300007", "Т", bin="150140000002"), {"INDIVIDUAL"}, "PROFILE_MISMATCH"),
        (Subject("900101300007", "Т", bin="150140000002"), {"ORGANIZATION"}, "PROFILE_MISMATCH"),
        (Subject("900101300007", "Т", bin="150140000002"), {"ORGANIZATION", "EMPLOYEE"}, "OK"),
        (Subject("900101300007", "Т", bin="150140000002"), {"INDIVIDUAL", "ORGANIZATION", "HEAD"}, "OK"),
    ],
)
def test_profile(bench: Bench, subject: Subject, roles: set[str], code: str) -> None:
    key = new_key("p256")
    certificate = leaf(bench.ca.issuer(), key, subject, frozenset(roles))

    assert bench.code(signed_with(certificate, key)) == code


def test_no_certificate_policy(bench: Bench) -> None:
    key, issuer = new_key("p256"), bench.ca.issuer()
    good = leaf(issuer, key)
    builder = x509.CertificateBuilder(
        issuer_name=good.issuer,
        subject_name=good.subject,
        public_key=key.public_key(),
        serial_number=78,
        not_valid_before=START,
        not_valid_after=END,
    )
    for extension in good.extensions:
        if not isinstance(extension.value, x509.CertificatePolicies):
            builder = builder.add_extension(extension.value, critical=extension.critical)

    assert bench.code(signed_with(builder.sign(issuer.key, hashes.SHA256()), key)) == "PROFILE_MISMATCH"


def test_unknown_critical_extension(bench: Bench) -> None:
    key, issuer = new_key("p256"), bench.ca.issuer()
    good = leaf(issuer, key)
    builder = x509.CertificateBuilder(
        issuer_name=good.issuer,
        subject_name=good.subject,
        public_key=key.public_key(),
        serial_number=79,
        not_valid_before=START,
        not_valid_after=END,
    )
    for extension in good.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    strange = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")
    builder = builder.add_extension(strange, critical=True)

    assert bench.code(signed_with(builder.sign(issuer.key, hashes.SHA256()), key)) == "PROFILE_MISMATCH"
