"""The built-in verifier: RSA and ECDSA, in the order of contract A.3; the first failed check answers."""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from foundation.egov.eds import algorithms, chain, cms, profile
from foundation.egov.eds.codes import Code, is_retryable
from foundation.egov.eds.interface import (
    CrlEvidence,
    CrlProvider,
    Expect,
    LoadedCrl,
    Purpose,
    Refused,
    SignerInfo,
    VerificationResult,
)
from foundation.egov.eds.revocation import RevocationPolicy
from foundation.egov.eds.trust import TrustStore, trust_store

BACKEND = "builtin"
VERSION = "1"
SIGNING_TIME_TOLERANCE = timedelta(minutes=15)
WARN_SIGNING_TIME = "SIGNING_TIME"
WARN_REVOCATION = "REVOCATION_UNKNOWN"


@dataclass(frozen=True, slots=True)
class BuiltinVerifier:
    trust_dir: Path
    crl_provider: CrlProvider
    crl_max_age: timedelta = timedelta(hours=24)
    hard_revocation: bool = True
    allowed: frozenset[str] = algorithms.SUPPORTED
    max_cms_bytes: int = 262144
    max_signers: int = 1
    sandbox: bool = False
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def verify(
        self,
        cms: bytes | str,
        data: bytes,
        *,
        purpose: Purpose,
        expect: Expect,
        at: datetime | None = None,
    ) -> VerificationResult:
        """Check one signature over exactly `data` at the moment of its receipt.

        `at` is the legal moment; None means the machine's. Bad input never raises.
        """
        moment = self.now() if at is None else at
        if moment.tzinfo is None:
            raise ValueError("`at` must be aware")
        moment = moment.astimezone(UTC)
        started = time.perf_counter()
        result = self._verify(cms, data, purpose, expect, moment)
        return replace(result, elapsed_ms=round((time.perf_counter() - started) * 1000, 3))

    def health(self) -> dict[str, Any]:
        store = self._store()
        return {
            "status": "up" if store.roots else "down",
            "backend": BACKEND,
            "version": VERSION,
            "policy": self.policy,
            "roots": len(store.roots),
            "intermediates": len(store.intermediates),
        }

    @property
    def policy(self) -> str:
        hours = self.crl_max_age.total_seconds() / 3600
        revocation = "hard" if self.hard_revocation else "soft"
        return f"revocation={revocation};crl-age={hours:g}h;algorithms={','.join(sorted(self.allowed))}"

    def _store(self) -> TrustStore:
        return trust_store(self.trust_dir, sandbox=self.sandbox)

    def _verify(
        self, raw: bytes | str, data: bytes, purpose: Purpose, expect: Expect, at: datetime
    ) -> VerificationResult:
        answer = self._answer(data, at)
        try:
            der = cms.decode(raw, max_bytes=self.max_cms_bytes)
            answer = replace(answer, cms_der=der)
            signer = cms.read(der, data, max_signers=min(self.max_signers, expect.signers))
            return self._accepted(answer, signer, purpose, expect, at)
        except Refused as refusal:
            return replace(
                answer,
                ok=False,
                code=refusal.code,
                detail=refusal.detail,
                retryable=is_retryable(refusal.code),
            )

    def _accepted(
        self, answer: VerificationResult, signer: cms.Signer, purpose: Purpose, expect: Expect, at: datetime
    ) -> VerificationResult:
        try:
            algorithm = self._require_signed(signer)
            leaf = signer.certificate
            chain.require_in_time(leaf, at, "leaf")
            path = chain.path_to_root(leaf, signer.others, self._store(), at)
            lists = self._revocation(path, at)
            profile.require_purpose(leaf, purpose)
            holder = profile.holder_of(leaf)
        except cms.BAD_CERTIFICATE as error:
            raise Refused(Code.MALFORMED, f"{type(error).__name__} in a certificate") from error
        profile.require_expected(holder, expect)
        warnings = _warnings(signer.signing_time, lists, at)
        info = _signer_info(signer, holder, algorithm, path, lists[0] if lists else None)
        return replace(
            answer,
            signers=(info,),
            warnings=warnings,
            chain_der=tuple(item.public_bytes(Encoding.DER) for item in path),
            crls=tuple(_evidence(item) for item in lists if item is not None),
        )

    def _require_signed(self, signer: cms.Signer) -> str:
        key = algorithms.key_of(signer.certificate)
        algorithm = algorithms.signature_algorithm(signer.digest_oid, signer.signature_oid, key, self.allowed)
        if not algorithms.is_signed_by(key, signer.signature, signer.attributes_der, hashes.SHA256()):
            raise Refused(Code.SIGNATURE_INVALID, "signature over the signed attributes")
        _require_named_certificate(signer)
        return algorithm

    def _revocation(self, path: tuple[x509.Certificate, ...], at: datetime) -> list[LoadedCrl | None]:
        """One list per link, leaf first; None where it is unknown and the policy is soft (sandbox only)."""
        policy = RevocationPolicy(self.crl_max_age, self.crl_provider)
        lists: list[LoadedCrl | None] = []
        for certificate, issuer in pairwise(path):
            try:
                lists.append(policy.good_list(certificate, issuer, at))
            except Refused as refusal:
                if self.hard_revocation or refusal.code != Code.REVOCATION_UNKNOWN:
                    raise
                lists.append(None)
        return lists

    def _answer(self, data: bytes, at: datetime) -> VerificationResult:
        return VerificationResult(
            ok=True,
            code=Code.OK.value,
            detail="",
            retryable=False,
            signers=(),
            content_sha256=hashlib.sha256(data).hexdigest(),
            backend=BACKEND,
            backend_version=VERSION,
            policy=self.policy,
            checked_at=at,
            elapsed_ms=0.0,
        )


def _require_named_certificate(signer: cms.Signer) -> None:
    """ESSCertIDv2 binds the signature to one certificate; another with the same key is a substitution."""
    known: dict[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    for name, value in signer.certificate_hashes:
        if name not in known:
            raise Refused(Code.ALGORITHM_NOT_ALLOWED, f"ESSCertIDv2 with {name}")
        if signer.certificate.fingerprint(known[name]) != value:
            raise Refused(Code.SIGNATURE_INVALID, "ESSCertIDv2 names another certificate")


def _warnings(signing_time: datetime | None, lists: list[LoadedCrl | None], at: datetime) -> tuple[str, ...]:
    found = []
    if signing_time is not None and abs(signing_time - at) > SIGNING_TIME_TOLERANCE:
        found.append(WARN_SIGNING_TIME)
    if None in lists:
        found.append(WARN_REVOCATION)
    return tuple(found)


def _signer_info(
    signer: cms.Signer,
    holder: profile.Holder,
    algorithm: str,
    path: tuple[x509.Certificate, ...],
    crl: LoadedCrl | None,
) -> SignerInfo:
    leaf = signer.certificate
    return SignerInfo(
        iin=holder.iin,
        bin=holder.bin,
        common_name=holder.common_name,
        surname=holder.surname,
        patronymic=holder.patronymic,
        organization=holder.organization,
        roles=holder.roles,
        serial=f"{leaf.serial_number:x}",
        algorithm=algorithm,
        not_before=leaf.not_valid_before_utc,
        not_after=leaf.not_valid_after_utc,
        signing_time=signer.signing_time,
        tsp_time=None,  # time stamps are not asked for; an unverified one counts for nothing
        certificate_der=leaf.public_bytes(Encoding.DER),
        chain_sha256=tuple(item.fingerprint(hashes.SHA256()).hex() for item in path),
        revocation="good" if crl else "unknown",
        revocation_source=f"crl:{crl.sha256}" if crl else None,
        revocation_this_update=crl.parsed.last_update_utc if crl else None,
    )


def _evidence(crl: LoadedCrl) -> CrlEvidence:
    return CrlEvidence(
        sha256=crl.sha256,
        this_update=crl.parsed.last_update_utc,
        next_update=crl.parsed.next_update_utc,
        der=crl.der,
    )
