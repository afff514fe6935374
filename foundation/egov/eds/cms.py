"""Reading a CMS SignedData without trusting it: everything of one signer, or a refusal with its code."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import cms, core, tsp
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm

from foundation.egov.eds.codes import Code
from foundation.egov.eds.interface import Refused

# Bounds far above any honest signature, so that a hostile one costs little.
MAX_ATTRIBUTES = 64
MAX_CERTIFICATES = 10

OID_DATA = "1.2.840.113549.1.7.1"
OID_SIGNED_DATA = "1.2.840.113549.1.7.2"
OID_CONTENT_TYPE = "1.2.840.113549.1.9.3"
OID_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
OID_SIGNING_TIME = "1.2.840.113549.1.9.5"
OID_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
OID_SHA256 = "2.16.840.1.101.3.4.2.1"

# What cryptography raises on a certificate that is not what it claims to be, some of it only when asked for.
BAD_CERTIFICATE = (
    ValueError,
    UnsupportedAlgorithm,
    x509.InvalidVersion,
    x509.DuplicateExtension,
    x509.UnsupportedGeneralNameType,
)
# The same of asn1crypto on any bytes.
BAD_BYTES = (TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)

_PEM = re.compile(rb"-----BEGIN (CMS|PKCS7)-----(.*?)-----END \1-----", re.DOTALL)
_SPACE = re.compile(rb"\s+")
_DER_SEQUENCE = 0x30
_SIGNED_DATA_VERSIONS = frozenset({"v1", "v3", "v4", "v5"})


@dataclass(frozen=True, slots=True)
class Signer:
    """One SignerInfo with its signed attributes, as bytes and plain values."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    attributes_der: bytes = field(repr=False)  # SET OF, as it was signed
    message_digest: bytes
    signing_time: datetime | None
    certificate_hashes: tuple[tuple[str, bytes], ...]  # ESSCertIDv2: (algorithm, hash) of the first entry
    digest_oid: str
    signature_oid: str
    signature: bytes = field(repr=False)


def decode(raw: bytes | str, *, max_bytes: int) -> bytes:
    """DER out of PEM, base64 or DER; text around one PEM block is no part of it, two blocks are ambiguous."""
    if len(raw) > max_bytes:
        raise Refused(Code.TOO_LARGE, f"{len(raw)} > {max_bytes}")
    data = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else bytes(raw)
    if data[:1] == bytes([_DER_SEQUENCE]) and b"-----BEGIN" not in data[:64]:
        return data
    if b"-----BEGIN" in data:
        block = _PEM.search(data) if data.count(b"-----BEGIN") == 1 else None
        if block is None:
            raise Refused(Code.MALFORMED, "not exactly one PEM block")
        data = block[2]
    try:
        der = base64.b64decode(_SPACE.sub(b"", data), validate=True)
    except binascii.Error:
        raise Refused(Code.MALFORMED, "neither DER nor base64") from None
    if der[:1] != bytes([_DER_SEQUENCE]):
        raise Refused(Code.MALFORMED, "not a SEQUENCE")
    return der


def read(der: bytes, data: bytes, *, max_signers: int) -> Signer:
    """Parse and check the structure in the order of the contract (A.3) up to the message digest."""
    try:
        return _read(der, data, max_signers)
    except Refused:
        raise
    except (*BAD_CERTIFICATE, *BAD_BYTES) as error:
        raise Refused(Code.MALFORMED, f"{type(error).__name__} while parsing") from error


def _read(der: bytes, data: bytes, max_signers: int) -> Signer:
    signed = _signed_data(der)
    info = _only_signer(signed, max_signers)
    _require_content(signed, data)
    certificates = _certificates(signed)
    certificate = _signer_certificate(info, certificates)
    attributes = _signed_attributes(info)
    digest_oid = info["digest_algorithm"]["algorithm"].dotted
    message_digest = _octets(attributes[OID_MESSAGE_DIGEST])
    if digest_oid == OID_SHA256 and message_digest != hashlib.sha256(data).digest():
        raise Refused(Code.DIGEST_MISMATCH, "messageDigest is not the hash of the data")
    return Signer(
        certificate=certificate,
        others=tuple(item for item in certificates if item != certificate),
        attributes_der=_as_set(info["signed_attrs"]),
        message_digest=message_digest,
        signing_time=_signing_time(attributes.get(OID_SIGNING_TIME)),
        certificate_hashes=_certificate_hashes(attributes.get(OID_SIGNING_CERTIFICATE_V2)),
        digest_oid=digest_oid,
        signature_oid=info["signature_algorithm"]["algorithm"].dotted,
        signature=info["signature"].native,
    )


def _signed_data(der: bytes) -> cms.SignedData:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].dotted != OID_SIGNED_DATA:
        raise Refused(Code.MALFORMED, "not SignedData")
    signed = info["content"]
    if signed["version"].native not in _SIGNED_DATA_VERSIONS:
        raise Refused(Code.MALFORMED, "unknown version of SignedData")
    return signed


def _only_signer(signed: cms.SignedData, max_signers: int) -> cms.SignerInfo:
    infos = signed["signer_infos"]
    if len(infos) == 0:
        raise Refused(Code.NO_SIGNER, "no SignerInfo")
    if len(infos) > max_signers:
        raise Refused(Code.TOO_MANY_SIGNERS, f"{len(infos)} SignerInfo")
    info = infos[0]
    by_key_id = info["sid"].name == "subject_key_identifier"
    if info["version"].native != ("v3" if by_key_id else "v1"):
        raise Refused(Code.MALFORMED, "version of SignerInfo")
    return info


def _require_content(signed: cms.SignedData, data: bytes) -> None:
    if not data:
        raise Refused(Code.NO_CONTENT, "no data given")
    encapsulated = signed["encap_content_info"]
    if encapsulated["content_type"].dotted != OID_DATA:
        raise Refused(Code.MALFORMED, "content is not id-data")
    content = encapsulated["content"]
    if isinstance(content, core.OctetString) and content.native != data:
        raise Refused(Code.CONTENT_MISMATCH, "attached content is other than the data")


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    choices = signed["certificates"]
    if isinstance(choices, core.Void):
        return []
    if len(choices) > MAX_CERTIFICATES:
        raise Refused(Code.MALFORMED, f"{len(choices)} certificates")
    found: list[x509.Certificate] = []
    for choice in choices:
        if choice.name == "certificate":
            if choice.chosen.serial_number < 1:
                raise Refused(
                    Code.MALFORMED, "a certificate's serial number is not positive (RFC 5280, 4.1.2.2)"
                )
            certificate = x509.load_der_x509_certificate(choice.chosen.dump())
            if certificate not in found:
                found.append(certificate)
    return found


def _signer_certificate(info: cms.SignerInfo, certificates: list[x509.Certificate]) -> x509.Certificate:
    sid = info["sid"]
    if sid.name == "subject_key_identifier":
        matching = [item for item in certificates if key_id(item) == sid.chosen.native]
    else:
        issuer, serial = sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native
        matching = [
            item
            for item in certificates
            if item.serial_number == serial and item.issuer.public_bytes() == issuer
        ]
    if len(matching) > 1:
        raise Refused(Code.MALFORMED, "two certificates answer to the signer's name")
    if not matching:
        raise Refused(Code.NO_SIGNER_CERT, "signer's certificate is not embedded")
    return matching[0]


def _signed_attributes(info: cms.SignerInfo) -> dict[str, core.SetOf]:
    attributes = info["signed_attrs"]
    if isinstance(attributes, core.Void) or len(attributes) == 0:
        raise Refused(Code.NO_SIGNED_ATTRS, "no signedAttrs")
    if len(attributes) > MAX_ATTRIBUTES:
        raise Refused(Code.MALFORMED, f"{len(attributes)} signed attributes")
    found: dict[str, core.SetOf] = {}
    for attribute in attributes:
        oid, values = attribute["type"].dotted, attribute["values"]
        if oid in found or len(values) != 1:
            raise Refused(Code.MALFORMED, f"attribute {oid} is not there exactly once")
        found[oid] = values
    if OID_CONTENT_TYPE not in found or OID_MESSAGE_DIGEST not in found:
        raise Refused(Code.NO_SIGNED_ATTRS, "contentType or messageDigest is missing")
    if found[OID_CONTENT_TYPE][0].dotted != OID_DATA:
        raise Refused(Code.MALFORMED, "contentType is not id-data")
    return found


def _as_set(attributes: cms.CMSAttributes) -> bytes:
    """What was signed: the attributes under the universal tag SET, not under [0] (RFC 5652 5.4)."""
    raw: bytes = attributes.dump()
    return bytes([0x31]) + raw[1:]


def _octets(values: core.SetOf) -> bytes:
    value: bytes = values[0].native
    return value


def _signing_time(values: core.SetOf | None) -> datetime | None:
    if values is None:
        return None
    claimed = values[0].native
    return claimed if isinstance(claimed, datetime) and claimed.tzinfo is not None else None


def _certificate_hashes(values: core.SetOf | None) -> tuple[tuple[str, bytes], ...]:
    if values is None:
        return ()
    certificate = values[0] if isinstance(values[0], tsp.SigningCertificateV2) else None
    if certificate is None or len(certificate["certs"]) == 0:
        raise Refused(Code.MALFORMED, "signingCertificateV2 is empty")
    first = certificate["certs"][0]
    return ((first["hash_algorithm"]["algorithm"].native, first["cert_hash"].native),)


def key_id(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return None
