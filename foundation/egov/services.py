"""Questions to the state registers: each is audited, answers are kept for 24 hours per purpose (integrations.md B.5).

The call goes out before anything is written; never inside a transaction.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from foundation.egov import gateway
from foundation.egov.gateway import answers
from foundation.egov.models import AskedConsent, KeptAnswer, Lookup, Register
from foundation.egov.selectors import consent_asked
from foundation.egov.subjects import masked, subject_hash
from foundation.kernel.clock import machine_now

KEPT_FOUND = timedelta(hours=24)
KEPT_NOT_FOUND = timedelta(minutes=10)
CONSENT_SCOPE = ("gbdfl.identity", "gbdfl.reg_address")
CONSENT_TTL_S = 3600

Answer = TypeVar("Answer", gateway.PersonAnswer, gateway.EntityAnswer)


@dataclass(frozen=True, slots=True)
class Question:
    """Whom it is about, why it is asked and when; `fresh` takes no answer that was kept."""

    number: str
    purpose: gateway.Purpose
    at: datetime
    fresh: bool = False
    within_s: float | None = None

    def gateway(self) -> gateway.Gateway:
        client = gateway.from_settings()
        return client.within(self.within_s) if self.within_s else client


def ask_person(question: Question) -> gateway.PersonAnswer:
    """The register of persons, with the person's consent where one was given for this application."""

    def ask() -> gateway.PersonAnswer:
        return question.gateway().person(
            question.number, purpose=question.purpose, consent_token=_consent_token(question)
        )

    def read(raw: dict[str, Any], request_id: str) -> gateway.PersonAnswer:
        return gateway.PersonAnswer(answers.person(raw), answers.snapshot_of(raw, request_id))

    return _asked(Register.PERSONS, question, ask, read, lambda answer: answer.person is not None)


def ask_entity(question: Question) -> gateway.EntityAnswer:
    """The register of legal entities."""

    def ask() -> gateway.EntityAnswer:
        return question.gateway().legal_entity(question.number, purpose=question.purpose)

    def read(raw: dict[str, Any], request_id: str) -> gateway.EntityAnswer:
        return gateway.EntityAnswer(answers.entity(raw), answers.snapshot_of(raw, request_id))

    return _asked(Register.ENTITIES, question, ask, read, lambda answer: answer.entity is not None)


def ask_payments(question: Question, *, reference: str | None = None) -> gateway.PaymentsAnswer:
    """The register of payments; its answers change from minute to minute and are not kept."""
    try:
        answer = question.gateway().payments(question.number, purpose=question.purpose, reference=reference)
    except gateway.GatewayError as error:
        _audit(Register.PAYMENTS, question, str(error.code), error.request_id)
        raise
    outcome = "found" if answer.payments else "not_found"
    _audit(Register.PAYMENTS, question, outcome, answer.snapshot.request_id)
    return answer


def ask_consent(question: Question) -> AskedConsent:
    """Ask a person's consent to read the register of persons for one application; one question at a time."""
    asked = refreshed_consent(question)
    if asked is not None and asked.status in (AskedConsent.Status.PENDING, AskedConsent.Status.GRANTED):
        return asked
    try:
        consent = question.gateway().ask_consent(
            question.number,
            scope=CONSENT_SCOPE,
            ttl_s=CONSENT_TTL_S,
            purpose=question.purpose,
            idempotency_key=str(uuid4()),
        )
    except gateway.GatewayError as error:
        _audit(Register.CONSENTS, question, str(error.code), error.request_id)
        raise
    _audit(Register.CONSENTS, question, consent.status, "")
    return AskedConsent.objects.create(
        consent_id=consent.consent_id,
        subject_hash=subject_hash(question.number),
        application=question.purpose.application,
        asked_by=question.purpose.officer,
        asked_at=question.at,
        expires_at=consent.expires_at,
        status=consent.status,
    )


def refreshed_consent(question: Question) -> AskedConsent | None:
    """What became of the consent asked of a person; the gateway's silence leaves it as it was."""
    asked = consent_asked(question.number, application=question.purpose.application)
    if asked is not None:
        _token_of(question, asked)
    return asked


def sweep(*, at: datetime) -> int:
    """Answers whose day is over are removed: the case keeps its own as evidence; returns how many."""
    deleted, _details = KeptAnswer.objects.filter(until__lte=at).delete()
    return deleted


def _asked(
    register: Register,
    question: Question,
    ask: Callable[[], Answer],
    read: Callable[[dict[str, Any], str], Answer],
    found: Callable[[Answer], bool],
) -> Answer:
    known = None if question.fresh else _kept(register, question)
    if known is not None:
        answer = read(json.loads(bytes(known.content)), known.request_id)
        _audit(register, question, "found" if found(answer) else "not_found", known.request_id, kept=True)
        return answer
    try:
        answer = ask()
    except gateway.GatewayError as error:
        _audit(register, question, str(error.code), error.request_id)
        raise
    _audit(register, question, "found" if found(answer) else "not_found", answer.snapshot.request_id)
    _keep(register, question, answer.snapshot, KEPT_FOUND if found(answer) else KEPT_NOT_FOUND)
    return answer


def _kept(register: Register, question: Question) -> KeptAnswer | None:
    """Not older than its term, and not of a moment to come: the demo's clock may be set back."""
    return KeptAnswer.objects.filter(
        **_key(register, question), asked_at__lte=question.at, until__gt=question.at
    ).first()


def _keep(register: Register, question: Question, snapshot: gateway.Snapshot, term: timedelta) -> None:
    KeptAnswer.objects.update_or_create(
        **_key(register, question),
        defaults={
            "request_id": snapshot.request_id,
            "content": snapshot.content,
            "asked_at": question.at,
            "until": question.at + term,
        },
    )


def _key(register: Register, question: Question) -> dict[str, Any]:
    return {
        "register": register,
        "subject_hash": subject_hash(question.number),
        "application": question.purpose.application,
        "legal_basis": question.purpose.legal_basis,
    }


def _audit(
    register: Register, question: Question, outcome: str, request_id: str, *, kept: bool = False
) -> None:
    Lookup.objects.create(
        register=register,
        subject_hash=subject_hash(question.number),
        subject_masked=masked(question.number),
        asked_by=question.purpose.officer,
        application=question.purpose.application,
        legal_basis=question.purpose.legal_basis,
        request_id=request_id,
        outcome=outcome,
        kept=kept,
        at=question.at,
        recorded_at=machine_now(),
    )


def _consent_token(question: Question) -> str | None:
    asked = consent_asked(question.number, application=question.purpose.application)
    return _token_of(question, asked) if asked is not None else None


def _token_of(question: Question, asked: AskedConsent) -> str | None:
    """The token of a consent that was given; what the gateway says of it is written down."""
    if asked.status not in (AskedConsent.Status.PENDING, AskedConsent.Status.GRANTED):
        return None
    try:
        consent = question.gateway().consent(asked.consent_id)
    except gateway.GatewayError:
        return None
    if consent.status != asked.status and consent.status in AskedConsent.Status.values:
        asked.status = consent.status
        asked.save(update_fields=["status"])
    return consent.token
