"""Which algorithms count (contract A.1, A.2) and the mathematics of one signature."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from foundation.egov.eds.codes import Code
from foundation.egov.eds.interface import Refused

type_of_key = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

RSA_SHA256 = "rsa-sha256"
ECDSA_SHA256 = "ecdsa-sha256"
SUPPORTED = frozenset({RSA_SHA256, ECDSA_SHA256})

MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192  # a longer key only burns our processor

_RSA_SHA256_OIDS = frozenset({"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"})
_ECDSA_SHA256_OIDS = frozenset({"1.2.840.10045.4.3.2"})
_SHA256_OID = "2.16.840.1.101.3.4.2.1"
_RSA_CERTIFICATE_OIDS = frozenset({"1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13"})
_EC_CERTIFICATE_OIDS = frozenset({"1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4"})


def signature_algorithm(
    digest_oid: str, signature_oid: str, key: type_of_key, allowed: frozenset[str]
) -> str:
    """The name of the algorithm of a SignerInfo, or a refusal."""
    if digest_oid == _SHA256_OID and signature_oid in _RSA_SHA256_OIDS and isinstance(key, rsa.RSAPublicKey):
        name = RSA_SHA256
    elif (
        digest_oid == _SHA256_OID
        and signature_oid in _ECDSA_SHA256_OIDS
        and isinstance(key, ec.EllipticCurvePublicKey)
    ):
        name = ECDSA_SHA256
    else:
        raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"digest {digest_oid}, signature {signature_oid}")
    if name not in allowed:
        raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"{name} is switched off")
    return name


def key_of(certificate: x509.Certificate) -> type_of_key:
    """The public key, strong enough and of a kind we can check."""
    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError) as error:
        oid = certificate.public_key_algorithm_oid.dotted_string
        raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"key {oid}") from error
    if isinstance(key, rsa.RSAPublicKey):
        if not MIN_RSA_BITS <= key.key_size <= MAX_RSA_BITS:
            raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"RSA-{key.key_size}")
        return key
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1 | ec.SECP384R1):
        return key
    raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"key {type(key).__name__}")


def require_strong_signature(signature_oid: str, what: str) -> None:
    """Certificates and revocation lists: RSA or ECDSA with SHA-256 or longer."""
    if signature_oid not in _RSA_CERTIFICATE_OIDS | _EC_CERTIFICATE_OIDS:
        raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"{what} signed with {signature_oid}")


def is_signed_by(key: type_of_key, signature: bytes, data: bytes, algorithm: hashes.HashAlgorithm) -> bool:
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), algorithm)
        else:
            key.verify(signature, data, ec.ECDSA(algorithm))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """The issuer's key made this certificate's signature."""
    algorithm = certificate.signature_hash_algorithm
    if algorithm is None:
        return False
    key = key_of(issuer)
    return is_signed_by(key, certificate.signature, certificate.tbs_certificate_bytes, algorithm)
