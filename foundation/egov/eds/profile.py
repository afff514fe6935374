"""The certificate profile of the NCA RK (contract 1.4): the holder, the roles, the use of the key."""

import re
from dataclasses import dataclass
from typing import TypeVar

from cryptography import x509
from cryptography.x509.oid import NameOID

from foundation.egov.eds.codes import Code
from foundation.egov.eds.interface import Expect, Purpose, Refused

ROLE_OIDS = {
    "1.2.398.3.3.4.1.1": "INDIVIDUAL",
    "1.2.398.3.3.4.1.2": "ORGANIZATION",
    "1.2.398.3.3.4.1.2.1": "HEAD",
    "1.2.398.3.3.4.1.2.2": "SIGN_RIGHT",
    "1.2.398.3.3.4.1.2.3": "FIN_SIGN_RIGHT",
    "1.2.398.3.3.4.1.2.4": "HR",
    "1.2.398.3.3.4.1.2.5": "EMPLOYEE",
    "1.2.398.3.3.4.2": "NCA",
    "1.2.398.3.3.4.2.1": "NCA_ADMIN",
    "1.2.398.3.3.4.2.2": "NCA_MANAGER",
    "1.2.398.3.3.4.2.3": "NCA_OPERATOR",
    "1.2.398.3.3.4.3": "IDENTIFICATION",
    "1.2.398.3.3.4.3.1": "IDENTIFICATION_CON",
    "1.2.398.3.3.4.3.2": "IDENTIFICATION_REMOTE",
    "1.2.398.3.3.4.3.2.1": "IDENTIFICATION_REMOTE_DIGITAL_ID",
}
OID_BY_ROLE = {role: oid for oid, role in ROLE_OIDS.items()}
ENTITY_ROLES = frozenset({"HEAD", "SIGN_RIGHT", "FIN_SIGN_RIGHT", "HR", "EMPLOYEE"})
HOLDER_ROLES = frozenset({"INDIVIDUAL", "ORGANIZATION"})

EKU_SIGN = "1.3.6.1.5.5.7.3.4"  # emailProtection
EKU_AUTH = "1.3.6.1.5.5.7.3.2"  # clientAuth
POLICY_ROOT = "1.2.398.3.3.2"

_IIN = re.compile(r"IIN([0-9]{12})")
_BIN = re.compile(r"BIN([0-9]{12})")
_UNDERSTOOD = (
    x509.BasicConstraints,
    x509.KeyUsage,
    x509.ExtendedKeyUsage,
    x509.CertificatePolicies,
    x509.SubjectKeyIdentifier,
    x509.AuthorityKeyIdentifier,
)


T = TypeVar("T", bound=x509.ExtensionType)


@dataclass(frozen=True, slots=True)
class Holder:
    """What the certificate says of its holder; roles come from OIDs only, never from the text of names."""

    iin: str
    bin: str | None
    common_name: str
    surname: str | None
    patronymic: str | None  # the NCA RK writes it where X.520 has the given name
    organization: str | None
    roles: frozenset[str]


def require_purpose(certificate: x509.Certificate, purpose: Purpose) -> None:
    """A signing key has nonRepudiation and emailProtection, a sign-in key has clientAuth."""
    usage = _extension(certificate, x509.KeyUsage)
    extended = _extended_usages(certificate)
    if usage is None or not usage.digital_signature:
        raise Refused(Code.WRONG_KEY_USAGE, "no digitalSignature")
    if purpose is Purpose.SIGN and not (usage.content_commitment and EKU_SIGN in extended):
        raise Refused(Code.WRONG_KEY_USAGE, "not a signing key")
    if purpose is Purpose.AUTH and EKU_AUTH not in extended:
        raise Refused(Code.WRONG_KEY_USAGE, "not a sign-in key")


def holder_of(certificate: x509.Certificate) -> Holder:
    """Read the holder and refuse a certificate that contradicts the profile."""
    _require_form(certificate)
    iin = _single(certificate, NameOID.SERIAL_NUMBER, _IIN)
    if iin is None:
        raise Refused(Code.NO_IIN, "SERIALNUMBER holds no IIN")
    number = _single(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME, _BIN)
    roles = frozenset(ROLE_OIDS[oid] for oid in _extended_usages(certificate) if oid in ROLE_OIDS)
    _require_consistent(roles, number)
    return Holder(
        iin=iin,
        bin=number,
        common_name=_text(certificate, NameOID.COMMON_NAME) or "",
        surname=_text(certificate, NameOID.SURNAME),
        patronymic=_text(certificate, NameOID.GIVEN_NAME),
        organization=_text(certificate, NameOID.ORGANIZATION_NAME),
        roles=roles,
    )


def require_expected(holder: Holder, expect: Expect) -> None:
    """The signer is the one the business rule names."""
    if expect.iin is not None and holder.iin != expect.iin:
        raise Refused(Code.SIGNER_MISMATCH, "another IIN")
    if expect.bin is not None and holder.bin != expect.bin:
        raise Refused(Code.SIGNER_MISMATCH, "another BIN")
    if expect.roles_any and not (expect.roles_any & holder.roles):
        wanted, found = ",".join(sorted(expect.roles_any)), ",".join(sorted(holder.roles))
        raise Refused(Code.SIGNER_MISMATCH, f"role {wanted} wanted, {found} found")


def has_unknown_critical(certificate: x509.Certificate) -> bool:
    """RFC 5280 4.2: what is critical and not understood makes the certificate unusable."""
    return any(
        extension.critical and not isinstance(extension.value, _UNDERSTOOD)
        for extension in certificate.extensions
    )


def _require_form(certificate: x509.Certificate) -> None:
    constraints = _extension(certificate, x509.BasicConstraints)
    if constraints is not None and constraints.ca:
        raise Refused(Code.PROFILE_MISMATCH, "an authority's certificate is no person's")
    if has_unknown_critical(certificate):
        raise Refused(Code.PROFILE_MISMATCH, "unknown critical extension")
    policies = _extension(certificate, x509.CertificatePolicies)
    named = [item.policy_identifier.dotted_string for item in policies] if policies else []
    if not any(oid == POLICY_ROOT or oid.startswith(POLICY_ROOT + ".") for oid in named):
        raise Refused(Code.PROFILE_MISMATCH, "no certificate policy of the NCA RK")


def _require_consistent(roles: frozenset[str], number: str | None) -> None:
    if not roles & HOLDER_ROLES:
        raise Refused(Code.PROFILE_MISMATCH, "neither individual nor organisation")
    if roles & ENTITY_ROLES and "ORGANIZATION" not in roles:
        raise Refused(Code.PROFILE_MISMATCH, "role in an entity without ORGANIZATION")
    if "ORGANIZATION" in roles and not roles & ENTITY_ROLES:
        raise Refused(Code.PROFILE_MISMATCH, "ORGANIZATION without a role in it")
    if ("ORGANIZATION" in roles) != (number is not None):
        raise Refused(Code.PROFILE_MISMATCH, "ORGANIZATION and BIN do not go together")


def _extended_usages(certificate: x509.Certificate) -> frozenset[str]:
    extended = _extension(certificate, x509.ExtendedKeyUsage)
    return frozenset(oid.dotted_string for oid in extended) if extended else frozenset()


def _extension(certificate: x509.Certificate, kind: type[T]) -> T | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _values(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> list[str]:
    return [str(item.value) for item in certificate.subject.get_attributes_for_oid(oid)]


def _text(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    values = _values(certificate, oid)
    return values[0] if values else None


def _single(
    certificate: x509.Certificate, oid: x509.ObjectIdentifier, pattern: re.Pattern[str]
) -> str | None:
    """The one number of its kind; two different ones say nothing for sure."""
    found = {match[1] for value in _values(certificate, oid) if (match := pattern.fullmatch(value))}
    if len(found) > 1:
        raise Refused(Code.PROFILE_MISMATCH, "two different numbers of one kind")
    return found.pop() if found else None
