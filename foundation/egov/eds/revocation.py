"""Revocation of every link (contract A.3): lists are found, checked once, and asked for a serial."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from foundation.egov.eds import algorithms
from foundation.egov.eds.cms import key_id
from foundation.egov.eds.codes import Code
from foundation.egov.eds.interface import CrlProvider, LoadedCrl, Refused

logger = logging.getLogger(__name__)

CLOCK_SKEW = timedelta(minutes=5)
_UNDERSTOOD = (x509.AuthorityKeyIdentifier, x509.CRLNumber, x509.IssuingDistributionPoint)


class DirectoryCrlProvider:
    """CRL_DIR/*.crl, DER or PEM; a file is read again when it changes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def crls_for(self, issuer: x509.Certificate, at: datetime) -> Iterable[LoadedCrl]:
        del at  # files are for now; the verifier checks their dates
        for path in sorted(self._folder.glob("*.crl")):
            stat = path.stat()
            crl = _file(str(path), stat.st_mtime_ns, stat.st_size)
            if crl is not None and crl.parsed.issuer == issuer.subject:
                yield crl


@lru_cache(maxsize=64)
def _file(path: str, mtime_ns: int, size: int) -> LoadedCrl | None:
    del mtime_ns, size  # only the cache's key
    try:
        return load_crl(Path(path).read_bytes())
    except ValueError:
        logger.exception("A revocation list cannot be read", extra={"path": path})
        return None


def load_crl(raw: bytes) -> LoadedCrl:
    """DER or PEM; ValueError for anything else."""
    pem = raw.lstrip().startswith(b"-----BEGIN")
    parsed = x509.load_pem_x509_crl(raw) if pem else x509.load_der_x509_crl(raw)
    der = parsed.public_bytes(Encoding.DER) if pem else raw
    return LoadedCrl(sha256=hashlib.sha256(der).hexdigest(), der=der, parsed=parsed)


@dataclass(frozen=True, slots=True)
class RevocationPolicy:
    max_age: timedelta
    provider: CrlProvider

    def good_list(self, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> LoadedCrl:
        """The freshest usable list of the issuer; CERT_REVOKED if it names the certificate."""
        crl = self._usable(certificate, issuer, at)
        if crl.parsed.get_revoked_certificate_by_serial_number(certificate.serial_number) is not None:
            # Also certificateHold: a suspended certificate is a revoked one at that moment.
            raise Refused(Code.CERT_REVOKED, f"crl:{crl.sha256}")
        return crl

    def _usable(self, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime) -> LoadedCrl:
        offered = [
            item for item in self.provider.crls_for(issuer, at) if _concerns(item.parsed, certificate, issuer)
        ]
        genuine = [item for item in offered if _is_genuine(item, issuer)]
        if offered and not genuine:
            raise Refused(Code.SIGNATURE_INVALID, "revocation list is not signed by the issuer")
        fresh = [item for item in genuine if self._is_fresh(item.parsed, at)]
        if not fresh:
            raise Refused(
                Code.REVOCATION_UNKNOWN, "stale revocation list" if genuine else "no revocation list"
            )
        return max(fresh, key=lambda item: item.parsed.last_update_utc)

    def _is_fresh(self, crl: x509.CertificateRevocationList, at: datetime) -> bool:
        this_update, next_update = crl.last_update_utc, crl.next_update_utc
        return (
            this_update <= at + CLOCK_SKEW
            and next_update is not None
            and next_update >= at
            and at - this_update <= self.max_age
        )


def _concerns(
    crl: x509.CertificateRevocationList, certificate: x509.Certificate, issuer: x509.Certificate
) -> bool:
    """A full list of this issuer for this kind of certificate; deltas and indirect lists are not used."""
    if crl.issuer != issuer.subject:
        return False
    for extension in crl.extensions:
        value = extension.value
        if isinstance(value, x509.DeltaCRLIndicator) or (
            extension.critical and not isinstance(value, _UNDERSTOOD)
        ):
            return False
        if isinstance(value, x509.AuthorityKeyIdentifier) and not _same_key(value, issuer):
            return False
        if isinstance(value, x509.IssuingDistributionPoint) and not _covers(value, certificate):
            return False
    return True


def _same_key(value: x509.AuthorityKeyIdentifier, issuer: x509.Certificate) -> bool:
    found = key_id(issuer)
    return value.key_identifier is None or found is None or value.key_identifier == found


def _covers(point: x509.IssuingDistributionPoint, certificate: x509.Certificate) -> bool:
    if point.indirect_crl or point.only_contains_attribute_certs or point.only_some_reasons:
        return False
    authority = _is_authority(certificate)
    return not (point.only_contains_user_certs and authority) and not (
        point.only_contains_ca_certs and not authority
    )


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


@lru_cache(maxsize=256)
def _is_genuine(crl: LoadedCrl, issuer: x509.Certificate) -> bool:
    """The signature of a list is checked once per process: lists of 200,000 entries are megabytes."""
    try:
        usage = issuer.extensions.get_extension_for_class(x509.KeyUsage).value
        algorithms.require_strong_signature(
            crl.parsed.signature_algorithm_oid.dotted_string, "revocation list"
        )
        return usage.crl_sign and crl.parsed.is_signature_valid(algorithms.key_of(issuer))
    except (x509.ExtensionNotFound, Refused, TypeError):  # TypeError: a list signed by a key of another kind
        return False
