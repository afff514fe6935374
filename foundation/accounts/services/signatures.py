"""A signature accepted or refused, and its evidence kept."""

import base64
import hashlib
import logging
import textwrap
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from foundation.accounts.models import Person, SignatureRecord
from foundation.egov.eds import (
    Expect,
    Purpose,
    VerificationResult,
    get_verifier,
    http_status_for,
    message_for,
)
from foundation.kernel.clock import machine_now
from foundation.kernel.refusals import Refusal, Text

_log = logging.getLogger(__name__)


class SignatureRefused(Refusal):
    """The signature does not pass; code, status and words are those of integrations.md A.2."""

    def __init__(self, code: str, *, advice: Text | None = None) -> None:
        super().__init__(message_for(code), code=code, advice=advice)
        self.status = http_status_for(code)


def verified(
    cms: bytes | str, data: bytes, *, purpose: Purpose, expect: Expect, at: datetime
) -> VerificationResult:
    """The verifier's answer to one signature over exactly `data`, or SignatureRefused; never in a transaction."""
    result = get_verifier().verify(cms, data, purpose=purpose, expect=expect, at=at)
    if not result.ok:
        _log.info("signature refused: %s (%s)", result.code, result.detail)
        raise SignatureRefused(result.code)
    return result


def keep_evidence(
    *,
    purpose: str,
    person: Person,
    data: bytes,
    result: VerificationResult,
    at: datetime,
    subject_id: UUID | None = None,
) -> SignatureRecord:
    """Append what proves the signature later, when certificate and lists are gone (integrations.md A.5)."""
    return SignatureRecord.objects.create(
        purpose=purpose,
        person=person,
        subject_id=subject_id,
        data=data,
        cms=result.cms_der,
        cms_sha256=hashlib.sha256(result.cms_der).hexdigest(),
        chain=_pem("CERTIFICATE", result.chain_der),
        crls=_pem("X509 CRL", (crl.der for crl in result.crls)),
        result=result.as_json(),
        at=at,
        recorded_at=machine_now(),
    )


def _pem(label: str, items: Iterable[bytes]) -> bytes:
    blocks = (
        f"-----BEGIN {label}-----\n"
        + "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
        + f"\n-----END {label}-----\n"
        for der in items
    )
    return "".join(blocks).encode()
