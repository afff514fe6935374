"""Sign requests over exact bytes, and the acceptance of the CMS that answers them.

Order of things (design.md, Signing): the CMS is verified before the transaction; in it the request is locked,
found alive and unchanged, and used up together with the act it signs.
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.decisions.models import Act, SignatureEvidence, SignRequest
from casework.documents.models import OfficialDocument
from foundation.accounts.models import Person
from foundation.egov import eds
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted, Refusal, Unavailable

SCHEMA = "kz.portal.sign-manifest/1"


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose key the law wants on this document."""

    iin: str
    bin: str = ""
    roles_any: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A CMS that the verifier found good for one request."""

    request_id: UUID
    cms_der: bytes
    result: eds.VerificationResult


def manifest_bytes(
    *,
    action: str,
    case: Case,
    act: Act,
    documents: Sequence[OfficialDocument],
    extra: dict[str, Any],
    at: datetime,
    expires_at: datetime,
) -> bytes:
    """The canonical bytes of what is signed: every document of the act by its SHA-256, both languages."""
    return canonical_bytes(
        {
            "act": {
                "date": act.act_date.isoformat() if act.act_date else None,
                "id": str(act.pk),
                "kind": act.kind,
                "number": act.number,
            },
            "case": {
                "draft_no": case.draft_no,
                "id": str(case.pk),
                "incoming_no": case.incoming_no,
                "kind": case.kind,
            },
            "documents": [
                {
                    "kind": document.kind,
                    "language": document.language,
                    "sha256": document.final_id,
                    "subject": document.subject,
                }
                for document in documents
            ],
            "expires_at": almaty(expires_at).isoformat(),
            "issued_at": almaty(at).isoformat(),
            "nonce": secrets.token_hex(16),
            "purpose": f"{case.kind}.{action}",
            "schema": SCHEMA,
            **extra,
        }
    )


def lifetime(at: datetime, *, dies_at: datetime | None = None) -> datetime:
    """When a request made at `at` dies: after ten minutes, or earlier at the end of the day its bytes bear."""
    end = at + timedelta(minutes=settings.SIGN_REQUEST_MINUTES)
    return min(end, dies_at) if dies_at is not None else end


def create_request(
    *,
    case: Case,
    act: Act,
    action: str,
    person: Person,
    manifest: bytes,
    expected: Expected,
    at: datetime,
    expires_at: datetime,
) -> SignRequest:
    """One pending request per case, action and person; an earlier one dies. The case must be locked."""
    SignRequest.objects.filter(
        case=case, action=action, person=person, state=SignRequest.State.PENDING
    ).update(state=SignRequest.State.DEAD)
    return SignRequest.objects.create(
        case=case,
        act=act,
        action=action,
        person=person,
        manifest=manifest,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        expect_iin=expected.iin,
        expect_bin=expected.bin,
        expect_roles=sorted(expected.roles_any),
        case_version=case.version,
        created_at=at,
        expires_at=expires_at,
    )


def verify(
    *, request_id: UUID, case_id: UUID, action: str, cms: str, person: Person, at: datetime
) -> Accepted:
    """Check a CMS against the stored bytes of its request, outside any transaction; raises with the reason."""
    request = SignRequest.objects.filter(pk=request_id, case_id=case_id, action=action).first()
    if request is None:
        raise NotFound(_("There is no such sign request for this step."))
    require_alive(request, person, at)
    result = eds.get_verifier().verify(
        cms,
        bytes(request.manifest),
        purpose=eds.Purpose.SIGN,
        expect=eds.Expect(
            iin=request.expect_iin, bin=request.expect_bin or None, roles_any=frozenset(request.expect_roles)
        ),
        at=at,
    )
    if not result.ok:
        raise signature_refusal(result.code, result.retryable)
    return Accepted(request_id=request_id, cms_der=result.cms_der, result=result)


def require_alive(request: SignRequest, person: Person, at: datetime) -> None:
    """A request serves its own person, once, before it expires."""
    if request.person_id != person.pk:
        raise NotPermitted(
            _("This sign request was made for another person."),
            advice=_("Ask for one of your own and sign it."),
        )
    if request.state == SignRequest.State.USED:
        raise Conflict(
            _("This sign request was already used."),
            code="CHALLENGE_USED",
            advice=_("Look at the case: the step is done. Ask for a new request if another step is needed."),
        )
    if request.state == SignRequest.State.DEAD or at >= request.expires_at:
        raise Conflict(
            _("This sign request is no longer valid: its time is over or the document changed."),
            code="CHALLENGE_EXPIRED",
            advice=_("Ask for a new one; the document is made anew."),
        )


def require_pending(accepted: Accepted, person: Person, at: datetime) -> None:
    """The request of an accepted CMS still waits; raises Conflict when somebody was faster."""
    require_alive(SignRequest.objects.get(pk=accepted.request_id), person, at)


def use_request(
    accepted: Accepted, *, case: Case, person: Person, at: datetime, ip: str | None = None
) -> SignRequest:
    """Use the request up and keep the evidence; the case must be locked, whatever changed it kills the request."""
    request = SignRequest.objects.select_for_update().select_related("act").get(pk=accepted.request_id)
    require_alive(request, person, at)
    if request.case_version != case.version:
        raise Conflict(
            _("The case changed after these bytes were made."),
            code="CHALLENGE_EXPIRED",
            advice=_("Look at the change, then ask for a new sign request."),
        )
    request.state, request.used_at = SignRequest.State.USED, at
    request.cms_sha256 = hashlib.sha256(accepted.cms_der).hexdigest()
    request.save(update_fields=["state", "used_at", "cms_sha256"])
    _keep_evidence(accepted, request, case, person, at, ip)
    return request


def signature_refusal(code: str, retryable: bool) -> Refusal:
    """The verifier's code as a refusal in the person's language."""
    kind = Unavailable if retryable else BadInput
    refusal = kind(eds.message_for(code), code=str(code))
    refusal.status = eds.http_status_for(code)
    return refusal


def _keep_evidence(
    accepted: Accepted, request: SignRequest, case: Case, person: Person, at: datetime, ip: str | None
) -> None:
    result = accepted.result
    last = (
        SignatureEvidence.objects.filter(case=case).order_by("-pk").values_list("sha256", flat=True).first()
        or ""
    )
    report = result.as_json()
    link = hashlib.sha256(
        b"\n".join([last.encode(), bytes(request.manifest), accepted.cms_der, canonical_bytes(report)])
    ).hexdigest()
    SignatureEvidence.objects.create(
        request=request,
        case=case,
        act=request.act,
        person=person,
        manifest=bytes(request.manifest),
        cms=accepted.cms_der,
        chain=[base64.b64encode(link_der).decode() for link_der in result.chain_der],
        crls=[base64.b64encode(crl.der).decode() for crl in result.crls],
        report=report,
        received_at=at,
        ip=ip,
        prev_sha256=last,
        sha256=link,
    )
