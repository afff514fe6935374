"""Looking the payment and the registers up: the remote call outside, the row inside a transaction (forms.md, Fee)."""

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from applications import events
from applications.fees import fee_if_paid_on, fee_of
from applications.models import Application, Payment
from applications.permissions import Situation
from applications.services.acting import load, note
from applications.services.registers import purpose_of
from applications.statuses import Status
from casework.cases import services as cases
from foundation.accounts.identifiers import mask_iin
from foundation.accounts.models import Person
from foundation.egov import gateway
from foundation.egov import services as registers
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import Conflict, LawRefusal, Unavailable


def look_up_payment(
    application_id: UUID,
    *,
    person: Person | None,
    at: datetime,
    reference: str = "",
    after_refusal: bool = False,
) -> Payment:
    """Find the fee's payment through the gateway and reserve it for this application (Annex 3/9(3)).

    Raises LawRefusal naming what was found and why it does not serve; Unavailable when the gateway is silent.
    """
    application = load(application_id)
    fee = fee_of(application, almaty(at).date())
    if fee.payment is not None:
        return fee.payment
    _require_open(application, after_refusal=after_refusal)
    if not fee.due:
        raise LawRefusal(
            _("No fee is due for this application: no payment is taken for it."),
            code="NO_FEE",
            citation=cite_all(cite("Annex 3", 7), cite("PL", 31)),
            advice=_("A payment you made serves your next application."),
        )
    try:
        answer = registers.ask_payments(
            registers.Question(application.case.party.number, purpose_of(application, person), at),
            reference=reference or None,
        )
    except gateway.GatewayError as error:
        raise Unavailable(
            _("The register of payments does not answer."),
            code=str(error.code),
            advice=_("Nothing is lost: the payment is looked up again before the decision. Try again later."),
        ) from error
    found = _suitable(application, answer.payments)
    payment = _reserve(
        application_id, found, answer.snapshot, person=person, at=at, after_refusal=after_refusal
    )
    # our own row decides; the gateway is told so that other systems see it, its silence changes nothing
    with suppress(gateway.GatewayError):
        gateway.from_settings().reserve_payment(
            payment.reference, application=application.case.draft_no, purpose=purpose_of(application, person)
        )
    return payment


def try_payment(
    application_id: UUID, *, person: Person | None, at: datetime, after_refusal: bool = False
) -> None:
    """Look the payment up before a decision; finding none, or no answer, is no error here.

    `after_refusal`: also for a refused case, where a complaint may still bring the licence.
    """
    with suppress(LawRefusal, Unavailable, Conflict):
        look_up_payment(application_id, person=person, at=at, after_refusal=after_refusal)


def _suitable(application: Application, payments: tuple[gateway.Payment, ...]) -> gateway.Payment:
    """The smallest payment that is free, of the fee's code, and covers the fee of its own day (TC 616)."""
    why: Any = _("No payment of the licence fee by this payer was found.")
    for payment in sorted(payments, key=lambda found: (found.amount, found.paid_at)):
        due = fee_if_paid_on(application, almaty(payment.paid_at).date())
        taken = Payment.objects.filter(
            reference=payment.reference, state__in=[Payment.State.RESERVED, Payment.State.USED]
        ).exists()
        if payment.payer != application.case.party.number:  # found by its number: it serves its own payer
            why = _(
                "The payment that was found was made by another payer, {payer}; it serves that payer only."
            ).format(payer=mask_iin(payment.payer))
        elif taken or payment.state in ("used", "returned"):
            why = _("The payment that was found already served another application or was returned.")
        elif payment.amount < due.amount:
            why = _(
                "The payment that was found is smaller than the fee of its day: {paid} of {due} tenge."
            ).format(paid=payment.amount, due=due.amount)
        else:
            return payment
    raise LawRefusal(
        why,
        code="PAYMENT_NOT_FOUND",
        citation=cite("Annex 3", 7),
        advice=_(
            "Check requisites and sum under “Fee”, pay, and look it up again; the filing does not depend on it."
        ),
    )


def _reserve(
    application_id: UUID,
    found: gateway.Payment,
    snapshot: gateway.Snapshot,
    *,
    person: Person | None,
    at: datetime,
    after_refusal: bool,
) -> Payment:
    derivation = fee_if_paid_on(load(application_id), almaty(found.paid_at).date())
    try:
        with transaction.atomic():
            case = cases.lock_case(application_id)
            application = Application.objects.get(case=case)
            application.case = case
            _require_open(application, after_refusal=after_refusal)
            payment = Payment.objects.create(
                application=application,
                reference=found.reference,
                payer=found.payer,
                amount=found.amount,
                due=derivation.amount,
                derivation={
                    "citation": derivation.citation,
                    "formula": derivation.formula,
                    "on": str(derivation.on),
                },
                paid_at=found.paid_at,
                snapshot=snapshot.content,
                snapshot_sha256=snapshot.sha256,
                found_at=at,
            )
            if person is not None:
                note(Situation(application, person, at), events.FEE_FOUND, payment=payment.pk)
    except IntegrityError as error:
        raise Conflict(
            _("This payment was reserved for another application a moment ago."), code="PAYMENT_ALREADY_USED"
        ) from error
    return payment


def _require_open(application: Application, *, after_refusal: bool = False) -> None:
    """Annex 3/7: a payment is kept for a case that goes on; a look-up that comes after its end takes nothing."""
    if not application.case.is_open and not (after_refusal and application.status == Status.REFUSED):
        raise LawRefusal(
            _("“{action}” is not possible in the state “{state}”.").format(
                action=events.label(events.FEE_FOUND), state=Status(application.status).label
            ),
            code="WRONG_STATE",
            citation=cite("Annex 3", 7),
        )


def tell_usage(application_id: UUID) -> None:
    """Tell the gateway which payments were used or are free again; idempotent, repeated by the delivery."""
    application = load(application_id)
    client = gateway.from_settings()
    number = application.case.draft_no
    purpose = purpose_of(application, None)
    for payment in application.payments.all():
        if payment.state == Payment.State.USED:
            client.use_payment(payment.reference, application=number, purpose=purpose)
        elif payment.state == Payment.State.RELEASED:
            client.release_payment(payment.reference, application=number, purpose=purpose)
