"""Signing as NCALayer does: CMS SignedData with signed attributes, the certificate inside, PEM outside."""

import base64
import hashlib
import textwrap
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from sandbox.eds.authority import SandboxCA
from sandbox.eds.identities import Identity, certificate_of, identity, key_of
from sandbox.eds.store import PrivateKey


def sign(
    who: Identity | str,
    data: bytes,
    *,
    attached: bool = False,
    at: datetime | None = None,
    ca: SandboxCA | None = None,
) -> str:
    """PEM of the CMS over `data` by this identity; `at` is the claimed signing time (now without it)."""
    ca = ca or SandboxCA.configured()
    name = identity(who.name if isinstance(who, Identity) else who, ca).name
    certificate = certificate_of(name, ca).public_bytes(Encoding.DER)
    return to_pem(sign_der(certificate, key_of(name, ca), data, attached=attached, at=at))


def sign_der(
    certificate_der: bytes,
    key: PrivateKey,
    data: bytes,
    *,
    attached: bool = False,
    at: datetime | None = None,
    extra_attributes: tuple[cms.CMSAttribute, ...] = (),
) -> bytes:
    """DER of a CMS with contentType, messageDigest, signingTime and signingCertificateV2."""
    certificate = x509.Certificate.load(certificate_der)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", ["data"]),
            _attribute("message_digest", [hashlib.sha256(data).digest()]),
            _attribute("signing_time", [_claimed(at)]),
            _attribute("signing_certificate_v2", [_named(certificate_der)]),
            *extra_attributes,
        ]
    )
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": _signer_id(certificate),
            "digest_algorithm": digest,
            "signed_attrs": attributes,
            "signature_algorithm": _algorithm(key),
            "signature": signature_over(key, attributes.dump()),
        }
    )
    content = {"content_type": "data", **({"content": data} if attached else {})}
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": content,
            "certificates": [certificate],
            "signer_infos": [info],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump())


def signature_over(key: PrivateKey, data: bytes) -> bytes:
    if isinstance(key, rsa.RSAPrivateKey):
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return key.sign(data, ec.ECDSA(hashes.SHA256()))


def to_pem(der: bytes) -> str:
    body = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return f"-----BEGIN CMS-----\n{body}\n-----END CMS-----\n"


def _attribute(kind: str, values: list[object]) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": values})


def _claimed(at: datetime | None) -> cms.Time:
    moment = (at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)
    return cms.Time({"utc_time": core.UTCTime(moment)})


def _named(certificate_der: bytes) -> tsp.SigningCertificateV2:
    return tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(certificate_der).digest()}]})


def _signer_id(certificate: x509.Certificate) -> cms.SignerIdentifier:
    named = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(named)})


def _algorithm(key: PrivateKey) -> dict[str, str]:
    return {"algorithm": "sha256_rsa" if isinstance(key, rsa.RSAPrivateKey) else "sha256_ecdsa"}
