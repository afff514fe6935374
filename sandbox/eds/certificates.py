"""Certificates shaped as the NCA RK makes them (integrations.md 1.4), every issuer's name saying SANDBOX."""

from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from foundation.egov.eds.profile import EKU_AUTH, EKU_SIGN, OID_BY_ROLE, POLICY_ROOT
from sandbox.eds.store import PrivateKey

NOT_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
NOT_AFTER = datetime(2040, 1, 1, tzinfo=UTC)

_KEY_STORE = x509.ObjectIdentifier("1.2.398.3.3.5")
# SEQUENCE { 1.2.398.3.3.5.1.1 }: the key is kept in a PKCS#12 file.
_KEY_STORE_PKCS12 = bytes.fromhex("300a06082a830e0303050101")


@dataclass(frozen=True, slots=True)
class Subject:
    iin: str | None
    common_name: str
    surname: str | None = None
    patronymic: str | None = None
    organization: str | None = None
    bin: str | None = None

    def name(self) -> x509.Name:
        """Patronymic in G, IIN in SERIALNUMBER, BIN in OU, as the NCA RK does."""
        parts = [
            (NameOID.COMMON_NAME, self.common_name),
            (NameOID.SURNAME, self.surname),
            (NameOID.SERIAL_NUMBER, f"IIN{self.iin}" if self.iin else None),
            (NameOID.COUNTRY_NAME, "KZ"),
            (NameOID.ORGANIZATION_NAME, self.organization),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, f"BIN{self.bin}" if self.bin else None),
            (NameOID.GIVEN_NAME, self.patronymic),
        ]
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])


@dataclass(frozen=True, slots=True)
class Issuer:
    certificate: x509.Certificate
    key: PrivateKey
    crl_url: str


def authority_name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "SANDBOX"),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KZ"),
        ]
    )


def authority_certificate(
    name: str, key: PrivateKey, *, issuer: Issuer | None = None, path_length: int | None = None
) -> x509.Certificate:
    """A certification authority; self-signed without an issuer."""
    subject = authority_name(name)
    signer = issuer.key if issuer else key
    builder = _builder(subject, key, NOT_BEFORE, NOT_AFTER)
    builder = builder.issuer_name(issuer.certificate.subject if issuer else subject)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
    builder = builder.add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    builder = builder.add_extension(_key_id(key), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
    )
    return builder.sign(signer, hashes.SHA256())


def personal_certificate(
    subject: Subject,
    key: PrivateKey,
    issuer: Issuer,
    *,
    roles: frozenset[str],
    sign: bool,
    not_before: datetime,
    not_after: datetime,
) -> x509.Certificate:
    """A signing key (nonRepudiation, emailProtection) or a sign-in key (clientAuth) with the roles' OIDs."""
    usage = _usage("digital_signature", "content_commitment" if sign else "key_encipherment")
    extended = [EKU_SIGN if sign else EKU_AUTH, *(OID_BY_ROLE[role] for role in sorted(roles))]
    builder = _leaf(subject.name(), key, issuer, not_before, not_after)
    builder = builder.add_extension(usage, critical=True)
    builder = builder.add_extension(
        x509.ExtendedKeyUsage([x509.ObjectIdentifier(oid) for oid in extended]), critical=False
    )
    return builder.sign(issuer.key, hashes.SHA256())


def seal_certificate(subject: Subject, key: PrivateKey, issuer: Issuer) -> x509.Certificate:
    """The seal of an organisation's information system: no person, no IIN, the BIN in OU."""
    builder = _leaf(subject.name(), key, issuer, NOT_BEFORE, NOT_AFTER)
    builder = builder.add_extension(_usage("digital_signature", "content_commitment"), critical=True)
    extended = [x509.ObjectIdentifier(EKU_SIGN), x509.ObjectIdentifier(OID_BY_ROLE["ORGANIZATION"])]
    builder = builder.add_extension(x509.ExtendedKeyUsage(extended), critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


def _leaf(
    name: x509.Name, key: PrivateKey, issuer: Issuer, not_before: datetime, not_after: datetime
) -> x509.CertificateBuilder:
    policy = x509.PolicyInformation(x509.ObjectIdentifier(POLICY_ROOT), None)
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(issuer.crl_url)], None, None, None)
    return (
        _builder(name, key, not_before, not_after)
        .issuer_name(issuer.certificate.subject)
        .add_extension(_key_id(key), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
        .add_extension(x509.CertificatePolicies([policy]), critical=False)
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .add_extension(x509.UnrecognizedExtension(_KEY_STORE, _KEY_STORE_PKCS12), critical=False)
    )


def _builder(
    name: x509.Name, key: PrivateKey, not_before: datetime, not_after: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_after)
    )


def _key_id(key: PrivateKey) -> x509.SubjectKeyIdentifier:
    return x509.SubjectKeyIdentifier.from_public_key(key.public_key())


def _usage(*names: str) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: name in names for name in every})
