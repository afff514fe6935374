"""From the signer's certificate to a configured root (contract A.3): every link checked."""

from collections.abc import Iterable
from datetime import datetime

from cryptography import x509

from foundation.egov.eds import algorithms
from foundation.egov.eds.cms import key_id
from foundation.egov.eds.codes import Code
from foundation.egov.eds.interface import Refused
from foundation.egov.eds.profile import has_unknown_critical
from foundation.egov.eds.trust import TrustStore

MAX_ISSUERS = 4  # above the signer's certificate, the root among them


def require_in_time(certificate: x509.Certificate, at: datetime, whose: str) -> None:
    """Valid at `at`, both ends included (RFC 5280 4.1.2.5)."""
    if at < certificate.not_valid_before_utc:
        raise Refused(Code.CERT_NOT_YET_VALID, whose)
    if at > certificate.not_valid_after_utc:
        raise Refused(Code.CERT_EXPIRED, whose)


def path_to_root(
    leaf: x509.Certificate, embedded: Iterable[x509.Certificate], store: TrustStore, at: datetime
) -> tuple[x509.Certificate, ...]:
    """Leaf first, root last. Certificates from the signature itself help to climb, but are not trusted."""
    algorithms.require_strong_signature(leaf.signature_algorithm_oid.dotted_string, "leaf")
    pool = _unique((*store.roots, *store.intermediates, *embedded))
    path = _climb((leaf,), pool, store)
    _require_lengths(path)
    for issuer in path[1:]:
        require_in_time(issuer, at, "issuer")
    return path


def _climb(
    path: tuple[x509.Certificate, ...], pool: list[x509.Certificate], store: TrustStore
) -> tuple[x509.Certificate, ...]:
    current = path[-1]
    if len(path) > 1 and current in store.roots:
        return path
    if len(path) > MAX_ISSUERS:
        raise Refused(Code.CHAIN_TOO_LONG, f"more than {MAX_ISSUERS} issuers")
    refusal = Refused(Code.CHAIN_UNTRUSTED, "no issuer known")
    for issuer in pool:
        if issuer in path or not _may_have_issued(issuer, current):
            continue
        try:
            _require_issued(issuer, current)
            return _climb((*path, issuer), pool, store)
        except Refused as other:
            refusal = other
    raise refusal


def _may_have_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    if issuer.subject != certificate.issuer:
        return False
    wanted, found = _authority_key_id(certificate), key_id(issuer)
    return wanted is None or found is None or wanted == found


def _require_issued(issuer: x509.Certificate, certificate: x509.Certificate) -> None:
    _require_authority(issuer)
    algorithms.require_strong_signature(certificate.signature_algorithm_oid.dotted_string, "certificate")
    if not algorithms.is_issued_by(certificate, issuer):
        named = _authority_key_id(certificate) is not None
        # The key that the certificate itself names did not make it: forged. Unnamed: no issuer is known.
        raise Refused(
            Code.SIGNATURE_INVALID if named else Code.CHAIN_UNTRUSTED, "issuer did not sign certificate"
        )


def _require_authority(issuer: x509.Certificate) -> None:
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        raise Refused(Code.CHAIN_UNTRUSTED, "issuer without basicConstraints or keyUsage") from None
    if not (constraints.ca and usage.key_cert_sign):
        raise Refused(Code.CHAIN_UNTRUSTED, "issuer is no certification authority")
    if has_unknown_critical(issuer):
        raise Refused(Code.CHAIN_UNTRUSTED, "unknown critical extension of the issuer")


def _require_lengths(path: tuple[x509.Certificate, ...]) -> None:
    for below, issuer in enumerate(path[1:]):
        limit = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length
        if limit is not None and below > limit:
            raise Refused(Code.CHAIN_TOO_LONG, "pathLenConstraint")


def _authority_key_id(certificate: x509.Certificate) -> bytes | None:
    try:
        return certificate.extensions.get_extension_for_class(
            x509.AuthorityKeyIdentifier
        ).value.key_identifier
    except x509.ExtensionNotFound:
        return None


def _unique(certificates: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    return list(dict.fromkeys(certificates))
