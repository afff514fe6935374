"""What a signature check is asked and what it answers (contract A.1); the same for every back end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from cryptography import x509


class Purpose(StrEnum):
    SIGN = "sign"
    AUTH = "auth"


@dataclass(frozen=True, slots=True)
class Expect:
    """What the business rule demands of the signer; None or empty means "not looked at"."""

    iin: str | None = None
    bin: str | None = None
    roles_any: frozenset[str] = frozenset()
    signers: int = 1


@dataclass(frozen=True, slots=True)
class SignerInfo:
    iin: str
    bin: str | None
    common_name: str
    surname: str | None
    patronymic: str | None
    organization: str | None
    roles: frozenset[str]
    serial: str
    algorithm: str
    not_before: datetime
    not_after: datetime
    signing_time: datetime | None  # claimed, never trusted for validity
    tsp_time: datetime | None  # only of a verified token
    certificate_der: bytes
    chain_sha256: tuple[str, ...]  # leaf first, root last
    revocation: str  # "good" | "unknown" (only with soft policy)
    revocation_source: str | None  # "crl:<sha256>"
    revocation_this_update: datetime | None


@dataclass(frozen=True, slots=True)
class CrlEvidence:
    """A revocation list as it was used; kept beside the signature."""

    sha256: str
    this_update: datetime
    next_update: datetime | None
    der: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class VerificationResult:
    ok: bool
    code: str
    detail: str  # for the log only: no names, no IIN
    retryable: bool
    signers: tuple[SignerInfo, ...]  # empty unless ok
    content_sha256: str
    backend: str
    backend_version: str
    policy: str
    checked_at: datetime
    elapsed_ms: float
    warnings: tuple[str, ...] = ()
    cms_der: bytes = field(default=b"", repr=False)
    chain_der: tuple[bytes, ...] = field(default=(), repr=False)  # leaf first, root last
    crls: tuple[CrlEvidence, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The result as stored with the signature: plain values, no bytes."""
        return {
            "ok": self.ok,
            "code": self.code,
            "detail": self.detail,
            "content_sha256": self.content_sha256,
            "backend": self.backend,
            "backend_version": self.backend_version,
            "policy": self.policy,
            "checked_at": self.checked_at.isoformat(),
            "warnings": list(self.warnings),
            "signers": [_signer_json(signer) for signer in self.signers],
            "crls": [
                {
                    "sha256": crl.sha256,
                    "this_update": crl.this_update.isoformat(),
                    "next_update": crl.next_update.isoformat() if crl.next_update else None,
                }
                for crl in self.crls
            ],
        }


def _signer_json(signer: SignerInfo) -> dict[str, Any]:
    this_update = signer.revocation_this_update
    return {
        "iin": signer.iin,
        "bin": signer.bin,
        "common_name": signer.common_name,
        "surname": signer.surname,
        "patronymic": signer.patronymic,
        "organization": signer.organization,
        "roles": sorted(signer.roles),
        "serial": signer.serial,
        "algorithm": signer.algorithm,
        "not_before": signer.not_before.isoformat(),
        "not_after": signer.not_after.isoformat(),
        "signing_time": signer.signing_time.isoformat() if signer.signing_time else None,
        "tsp_time": signer.tsp_time.isoformat() if signer.tsp_time else None,
        "chain_sha256": list(signer.chain_sha256),
        "revocation": signer.revocation,
        "revocation_source": signer.revocation_source,
        "revocation_this_update": this_update.isoformat() if this_update else None,
    }


class SignatureVerifier(Protocol):
    """Never raises on bad input, only on a programmer's error (a naive `at`)."""

    def verify(
        self,
        cms: bytes | str,
        data: bytes,
        *,
        purpose: Purpose,
        expect: Expect,
        at: datetime | None = None,
    ) -> VerificationResult: ...

    def health(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class LoadedCrl:
    """A revocation list read once: its bytes, their hash, and the parsed form."""

    sha256: str
    der: bytes = field(repr=False, compare=False)
    parsed: x509.CertificateRevocationList = field(repr=False, compare=False)


class CrlProvider(Protocol):
    """Where revocation lists come from; not trusted: each list's signature is checked by the verifier."""

    def crls_for(self, issuer: x509.Certificate, at: datetime) -> Iterable[LoadedCrl]: ...


class Refused(Exception):  # noqa: N818 -- an answer of the check, not an error of ours
    """Inside a back end: the first failed check ends the verification with its code."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = str(code)
        self.detail = detail
