"""What the law asks of each act beyond state and person: each guard raises the refusal with its paragraph."""

from django.utils.translation import gettext_lazy as _

from applications import rules
from applications.models import Finding
from applications.permissions.situation import Situation
from applications.statuses import Outcome
from casework.decisions.papers.bilingual import require_same_grounds
from casework.decisions.permissions import Guards
from casework.decisions.permissions.hearing_guards import (
    HEARING_GUARDS,
    decision_by_another,
    refusal_day_reached,
)
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.refusals import LawRefusal

FEE_GROUND = "2"


def _completeness_in_time(s: Situation) -> None:
    if s.term_is_past("completeness"):
        raise LawRefusal(
            _(
                "The two working days for the check of completeness are over: refusing further consideration is closed."
            ),
            code="COMPLETENESS_OVER",
            citation=cite("Rules", 7),
            advice=_(
                "The case goes on to review by itself; what is lacking is dealt with there, after a hearing."
            ),
        )


def _something_lacks(s: Situation) -> None:
    if s.report.complete:
        raise LawRefusal(
            _("Every required document is there and none is expired: there is nothing to refuse for."),
            code="PACKAGE_COMPLETE",
            citation=cite("Rules", 7),
            advice=_("Accept the package."),
        )


def _nothing_lacks(s: Situation) -> None:
    if not s.term_is_past("completeness") and not s.report.complete:
        codes = ", ".join(item.code for item in s.report.lacking)
        raise LawRefusal(
            _("The package is not complete: {codes}.").format(codes=codes),
            code="PACKAGE_INCOMPLETE",
            citation=cite_all(cite("Rules", 7), cite("Annex 11", codes)),
            advice=_(
                "Refuse further consideration within the term, or wait for the step that follows by itself."
            ),
        )


def _findings_made(s: Situation) -> None:
    found = s.finding_by_item()
    required = [item.key for item in s.report.required]
    open_items = [item.code for item in s.report.required if item.key not in found]
    if open_items:
        raise LawRefusal(
            _("There is no finding yet on: {codes}.").format(codes=", ".join(open_items)),
            code="FINDINGS_MISSING",
            citation=cite("Rules", 8),
            advice=_("Record for each entry whether it meets the requirement, with the reason."),
        )
    if not rules.findings_allow_issue(required, found):
        bad = ", ".join(
            item.code for item in s.report.required if found[item.key] == Finding.Result.DOES_NOT_MEET
        )
        raise LawRefusal(
            _("By the findings the requirement is not met: {codes}.").format(codes=bad),
            code="NOT_QUALIFIED",
            citation=cite_all(cite("Rules", 8), cite("Annex 3", "10(3)")),
            advice=_(
                "Notify the applicant of the hearing; or change the finding if the applicant convinced you."
            ),
        )


def require_fee_found(s: Situation) -> None:
    fee = s.fee
    if fee.due and fee.payment is None:
        raise LawRefusal(
            _("The licence fee is due and no payment was found: {sum}.").format(sum=fee.shown),
            code="FEE_NOT_PAID",
            citation=cite_all(cite("Annex 3", 7), cite("Annex 3", "10(2)")),
            advice=_(
                "Look the payment up again. It blocks the licence but never made the package incomplete."
            ),
        )


def _refusal_day_reached(s: Situation) -> None:
    if s.application.prepared_outcome == Outcome.REFUSE:
        refusal_day_reached(s)


def prepared_conditions_hold(s: Situation) -> None:
    """Everything is checked again at the signature (process.md, sign)."""
    if s.application.prepared_outcome == Outcome.ISSUE:
        _findings_made(s)
        require_fee_found(s)
        require_party_in_being(s)
    elif s.application.prepared_outcome == Outcome.REFUSE:
        _fee_still_unpaid(s)
        require_same_grounds(s.decision.content.get("grounds", []) if s.decision else [])


def _fee_still_unpaid(s: Situation) -> None:
    """Annex 3/10(2): no refusal for a fee that is found paid after all."""
    grounds = s.decision.content.get("grounds", []) if s.decision else []
    if any(said["code"] == FEE_GROUND for said in grounds) and s.fee.payment is not None:
        raise LawRefusal(
            _("The refusal rests on an unpaid fee, and the payment was found meanwhile."),
            code="FEE_PAID",
            citation=cite("Annex 3", "10(2)"),
            advice=_("Send the decision back; the executor prepares it without this ground."),
        )


def require_party_in_being(s: Situation) -> None:
    """A licence is not issued to one who died or was liquidated (APPC 70(1)); a silent register stops nothing."""
    latest = {
        answer.subject: answer
        for answer in s.application.register_answers.filter(outcome="found").order_by("pk")
    }
    entity, person = latest.get("entity"), latest.get("person")
    gone = entity is not None and not entity.facts.get("in_being", True)
    dead = s.case.party.bin is None and person is not None and not person.facts.get("alive", True)
    if gone or dead:
        raise LawRefusal(
            _("By the state register the applicant is no longer there: died, liquidated or struck off."),
            code="PARTY_GONE",
            citation=cite("APPC", "70(1)"),
            advice=_("Send the decision back; the executor prepares a discontinuance."),
        )


GUARDS: Guards = {
    **HEARING_GUARDS,
    "accept": (_nothing_lacks,),
    "return": (_completeness_in_time, _something_lacks),
    "prepare_issue": (_findings_made, require_fee_found),
    "open_signing": (decision_by_another, prepared_conditions_hold, _refusal_day_reached),
    "sign": (decision_by_another, prepared_conditions_hold, _refusal_day_reached),
}
