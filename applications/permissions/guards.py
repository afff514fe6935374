"""What the law asks of each act beyond state and person: each guard raises the refusal with its paragraph."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from applications import rules
from applications.models import Finding
from applications.permissions.situation import Situation
from applications.statuses import Outcome
from casework.decisions import selectors as decisions
from casework.decisions.models import Hearing
from casework.decisions.services.acts import require_other_person
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


def _fee_found(s: Situation) -> None:
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


def _notice_in_time(s: Situation) -> None:
    if s.term_is_past("hearing_notice") and decisions.unused_consent(s.case.pk) is None:
        raise LawRefusal(
            _("The last day for the notice of the hearing is over."),
            code="NOTICE_TOO_LATE",
            citation=cite("Rules", 10),
            advice=_("Ask the head to agree to a late notice with a reason; the breach stays recorded."),
        )


def _late_notice_needed(s: Situation) -> None:
    """The head's consent belongs to a notice after its last day, and comes from another person (Rules 10)."""
    if not s.term_is_past("hearing_notice"):
        raise LawRefusal(
            _("The ordinary notice is still in time: no consent is needed."),
            code="NOTICE_IN_TIME",
            citation=cite("Rules", 10),
            advice=_("The executor sends the notice."),
        )
    if s.case.executor_id == s.person.pk:
        raise LawRefusal(
            _("The executor of the case cannot consent to their own late notice."),
            code="FOUR_EYES",
            citation=cite("Rules", 10),
            advice=_("Another head decides."),
        )


def _hearing_may_be_recorded(s: Situation) -> None:
    hearing = s.hearing
    if hearing is None or not rules.may_record_hearing(
        objections_over=s.at > hearing.objections_until,
        answer_final=hearing.answer_final,
        waived=hearing.waived_at is not None,
        oral_held=hearing.state == Hearing.State.HELD,
        oral_pending=hearing.oral_requested_at is not None or hearing.mode != Hearing.Mode.WRITTEN,
    ):
        raise LawRefusal(
            _(
                "The applicant's time to object is not over, and there is no final answer, waiver or held hearing."
            ),
            code="OBJECTIONS_OPEN",
            citation=cite("APPC", "73(3)"),
            advice=_("Wait for the end of the objection term or for the applicant's final answer."),
        )


def _objections_open(s: Situation) -> None:
    hearing = s.hearing
    if hearing is None or s.at > hearing.objections_until:
        raise LawRefusal(
            _("The time for objections is over."),
            code="OBJECTIONS_OVER",
            citation=cite("APPC", "73(3)"),
            advice=_("The decision follows from the file; a refusal can be appealed."),
        )


def _oral_hearing_planned(s: Situation) -> None:
    hearing = s.hearing
    if hearing is None or (hearing.mode == Hearing.Mode.WRITTEN and hearing.oral_requested_at is None):
        raise LawRefusal(
            _("This hearing is in writing: there is no oral hearing to plan or record."),
            code="NO_ORAL_HEARING",
            citation=cite("APPC", "73(3)"),
            advice=_("An oral hearing is held when the applicant asks for it in time."),
        )


def _oral_hearing_was_set(s: Situation) -> None:
    """Rules 10: time and place are told before a hearing is held."""
    _oral_hearing_planned(s)
    hearing = s.hearing
    if hearing is None or hearing.planned_at is None or not hearing.place or s.at < hearing.planned_at:
        raise LawRefusal(
            _(
                "The oral hearing was not set, or its time has not come: the applicant has to be told time and place first."
            ),
            code="HEARING_NOT_SET",
            citation=cite_all(cite("Rules", 10), cite("APPC", "73(3)")),
            advice=_("Set its time and place; sign the protocol after it was held."),
        )


def _protocol_turn(s: Situation) -> None:
    """APPC 74: the secretary signs the protocol first, then the executor as chair; two people."""
    is_chair = s.case.executor_id == s.person.pk
    waits_for_chair = decisions.protocol_with_secretary(s.case.pk) is not None
    if is_chair and not waits_for_chair:
        raise LawRefusal(
            _(
                "The executor chairs the hearing; another officer writes and signs the protocol as secretary first."
            ),
            code="FOUR_EYES",
            citation=cite("APPC", 74),
            advice=_("Ask a colleague to sign as secretary; then sign it as chair."),
        )
    if waits_for_chair and not is_chair:
        raise LawRefusal(
            _("The secretary has signed the protocol; it waits for the signature of the chair."),
            code="CHAIR_SIGNS",
            citation=cite("APPC", 74),
            advice=_("The executor of the case signs it as chair."),
        )


def _decision_by_another(s: Situation) -> None:
    if s.decision is not None:
        require_other_person(s.decision, s.person)


def _refusal_day_reached(s: Situation) -> None:
    if s.application.prepared_outcome != Outcome.REFUSE:
        return
    hearing = s.last_hearing
    if hearing is None or not rules.refusal_day_reached(today=s.today, not_before=hearing.refusal_not_before):
        raise LawRefusal(
            _("A refusal cannot be signed before three working days after the notice."),
            code="REFUSAL_TOO_EARLY",
            citation=cite("APPC", "73(1)"),
            advice=_("Sign it on or after {day}.").format(
                day=f"{hearing.refusal_not_before:%d.%m.%Y}" if hearing else "—"
            ),
        )


def _prepared_conditions_hold(s: Situation) -> None:
    """Everything is checked again at the signature (process.md, sign)."""
    if s.application.prepared_outcome == Outcome.ISSUE:
        _findings_made(s)
        _fee_found(s)
        _party_in_being(s)
    elif s.application.prepared_outcome == Outcome.REFUSE:
        _fee_still_unpaid(s)


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


def _party_in_being(s: Situation) -> None:
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


GUARDS: dict[str, Iterable[Callable[[Situation], None]]] = {
    "accept": (_nothing_lacks,),
    "return": (_completeness_in_time, _something_lacks),
    "prepare_issue": (_findings_made, _fee_found),
    "notify_hearing": (_notice_in_time,),
    "request_oral": (_objections_open,),
    "waive_hearing": (_objections_open,),
    "answer_hearing": (_objections_open,),
    "postpone_hearing": (_oral_hearing_planned,),
    "sign_protocol": (_oral_hearing_was_set, _protocol_turn),
    "agree_late_notice": (_late_notice_needed,),
    "record_hearing": (_hearing_may_be_recorded,),
    "open_signing": (_decision_by_another, _prepared_conditions_hold, _refusal_day_reached),
    "sign": (_decision_by_another, _prepared_conditions_hold, _refusal_day_reached),
}
