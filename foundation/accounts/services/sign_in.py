"""Sign-in by ЭЦП: a challenge, its signature, and the person and party that the certificate proves."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts import events
from foundation.accounts.models import Body, Challenge, EdsKey, Party, Person, Representation, SignatureRecord
from foundation.accounts.services.signatures import SignatureRefused, keep_evidence, verified
from foundation.egov.eds import Code, Expect, Purpose, SignerInfo, VerificationResult
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.refusals import NotFound, NotPermitted

LOGIN_TTL = timedelta(minutes=5)
KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, by which certificate, and where the evidence lies."""

    person: Person
    signer: SignerInfo
    device: EdsKey
    evidence: SignatureRecord


def open_login_challenge(*, session_key: str) -> Challenge:
    """Bytes that only this session may sign in with, within five minutes, once (integrations.md A.5)."""
    now = machine_now()
    data = canonical_bytes(
        {
            "schema": "kz.portal.login/1",
            "origin": settings.PUBLIC_URL,
            "nonce": secrets.token_hex(32),
            "session": _digest(session_key),
            "issued_at": now.isoformat(timespec="seconds"),
        }
    )
    return Challenge.objects.create(
        purpose=Challenge.Purpose.LOGIN,
        data=data,
        session_sha256=_digest(session_key),
        issued_at=now,
        expires_at=now + LOGIN_TTL,
    )


def sign_in_by_eds(
    *, challenge_id: UUID, cms: str, session_key: str, at: datetime, language: str = "ru"
) -> SignedIn:
    """Accept a signed login challenge; the caller begins the session. A refused signature burns nothing."""
    challenge = usable(challenge_id, Challenge.Purpose.LOGIN, session_key=session_key)
    data = bytes(challenge.data)
    result = _verified_login(cms, data, at)
    signer = result.signers[0]
    with transaction.atomic():
        use(challenge.pk)
        person = ensure_person_by_certificate(signer, at, language=language)
        if not person.is_active:
            raise NotPermitted(
                _("This account may not sign in."), advice=_("Ask the administrator of the portal why.")
            )
        evidence = keep_evidence(purpose=challenge.purpose, person=person, data=data, result=result, at=at)
        _ensure_head(person, signer, at, evidence.cms_sha256)
        device, _made = EdsKey.objects.get_or_create(user=person, defaults={"name": "eds"})
        record_sign_in(person=person, method="eds", at=at, evidence_sha256=evidence.cms_sha256)
    return SignedIn(person, signer, device, evidence)


def ensure_person_by_certificate(signer: SignerInfo, at: datetime, *, language: str = "ru") -> Person:
    """The person of the certificate's IIN; made, or named as the certificate names them, at the first sign-in."""
    surname, given_name = _names(signer)
    patronymic = (signer.patronymic or "").title()
    person, made = Person.objects.select_for_update().get_or_create(
        iin=signer.iin,
        defaults={
            "login": f"p-{uuid.uuid4().hex[:12]}",
            "surname": surname,
            "given_name": given_name,
            "patronymic": patronymic,
            "language": language,
        },
    )
    if made:
        person.set_unusable_password()
        person.save(update_fields=["password"])
        events.tell(events.REGISTERED, about=person.pk, at=at, payload={"by": "certificate"})
    elif person.last_login is None and not person.is_staff:
        # Entered by a colleague who gave a power; from now on the certificate's own spelling counts.
        person.surname, person.given_name, person.patronymic = surname, given_name, patronymic
        person.save(update_fields=["surname", "given_name", "patronymic"])
    return person


def record_sign_in(*, person: Person, method: str, at: datetime, evidence_sha256: str = "") -> None:
    """The fact that somebody signed in: by ЭЦП or by password."""
    payload = {"method": method} | ({"evidence": evidence_sha256} if evidence_sha256 else {})
    with transaction.atomic():
        events.tell(events.SIGNED_IN, about=person.pk, at=at, payload=payload)


def usable(
    challenge_id: UUID, purpose: str, *, session_key: str | None = None, person: Person | None = None
) -> Challenge:
    """The open challenge of this session or person; another's is the same as none."""
    challenge = Challenge.objects.filter(pk=challenge_id, purpose=purpose).first()
    if challenge is None or (session_key is not None and challenge.session_sha256 != _digest(session_key)):
        raise NotFound(
            _("This browser was given no such request."), advice=_("Reload the page and begin again.")
        )
    if person is not None and challenge.person_id != person.pk:
        raise NotFound
    if challenge.used_at is not None:
        raise SignatureRefused(Code.CHALLENGE_USED)
    if challenge.expires_at <= machine_now():
        raise SignatureRefused(Code.CHALLENGE_EXPIRED)
    return challenge


def use(challenge_id: UUID) -> None:
    """Burn the challenge; of two at once one wins."""
    fresh = Challenge.objects.filter(pk=challenge_id, used_at=None, expires_at__gt=machine_now())
    if not fresh.update(used_at=machine_now()):
        raise SignatureRefused(Code.CHALLENGE_USED)


def sweep_challenges() -> int:
    """Remove challenges that ended more than a day ago; returns how many."""
    deleted, _details = Challenge.objects.filter(expires_at__lt=machine_now() - KEPT).delete()
    return deleted


def _verified_login(cms: str, data: bytes, at: datetime) -> VerificationResult:
    """Sign-in keys only: nobody shall be trained to use the signing key for logins (integrations.md A.5)."""
    try:
        return verified(cms, data, purpose=Purpose.AUTH, expect=Expect(), at=at)
    except SignatureRefused as refusal:
        if refusal.code != Code.WRONG_KEY_USAGE:
            raise
        if settings.EDS.get("LOGIN_WITH_SIGN_KEY", False):
            return verified(cms, data, purpose=Purpose.SIGN, expect=Expect(), at=at)
        raise SignatureRefused(
            Code.WRONG_KEY_USAGE, advice=_("To sign in choose the key whose file name begins with AUTH.")
        ) from refusal


def _ensure_head(person: Person, signer: SignerInfo, at: datetime, evidence_sha256: str) -> None:
    """A head's certificate of a BIN is the right to act for that party while it is valid (design.md)."""
    if signer.bin is None or "HEAD" not in signer.roles or Body.objects.filter(bin=signer.bin).exists():
        return
    # The register of legal entities fills the names later; until then those of the certificate.
    party, _made = Party.objects.get_or_create(
        number=signer.bin,
        defaults={
            "kind": Party.Kind.ENTITY,
            "name_ru": signer.organization or signer.bin,
            "language": person.language,
        },
    )
    open_head_representation(
        person, party, at, until=almaty(signer.not_after), evidence_sha256=evidence_sha256
    )


def open_head_representation(
    person: Person, party: Party, at: datetime, *, until: datetime | None, evidence_sha256: str = ""
) -> Representation:
    """The head's own right, opened once; a later certificate prolongs it, never shortens it."""
    day = until.date() if until else None
    row, made = Representation.objects.select_for_update().get_or_create(
        party=party,
        person=person,
        basis=Representation.Basis.HEAD,
        scope=Representation.Scope.SIGN,
        revoked_at=None,
        defaults={"since": at, "until": day, "evidence_sha256": evidence_sha256},
    )
    if made:
        events.tell(
            events.REPRESENTATION_OPENED,
            about=person.pk,
            at=at,
            subject=party.pk,
            payload={"basis": "head", "until": day.isoformat() if day else None, "evidence": evidence_sha256},
        )
        return row
    if day and row.until and row.until < day:
        row.until, row.evidence_sha256 = day, evidence_sha256
    row.since = min(row.since, at)  # the legal clock may have gone back
    row.save(update_fields=["until", "since", "evidence_sha256"])
    return row


def _names(signer: SignerInfo) -> tuple[str, str]:
    """Surname and given name; the NCA RK writes both into CN, in capitals."""
    words = signer.common_name.split()
    surname = signer.surname or (words[0] if words else "")
    given = " ".join(word for word in words if word != surname) or (words[-1] if words else "")
    return surname.title(), given.title()


def _digest(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()
