"""What the law asks of hearings and decisions in every kind of case: each guard raises the refusal with its paragraph."""

from django.utils.translation import gettext_lazy as _

from casework.cases.selectors import acting_executors
from casework.decisions import rules
from casework.decisions import selectors as decisions
from casework.decisions.models import Hearing
from casework.decisions.permissions.checks import Guards
from casework.decisions.permissions.situation import CaseSituation
from casework.decisions.services.acts import require_other_person
from casework.notices.selectors import came_to_the_cabinet
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.refusals import LawRefusal


def notice_in_time(s: CaseSituation) -> None:
    consent = decisions.unused_consent(s.case.pk) if s.term_is_past("hearing_notice") else None
    if consent is not None and consent.head_id == s.person.pk:
        raise LawRefusal(
            _("Who agreed to the late notice does not send it."),
            code="FOUR_EYES",
            citation=cite("Rules", 10),
            advice=_("Another officer, as executor of the case, sends the notice."),
        )
    if s.term_is_past("hearing_notice") and consent is None:
        raise LawRefusal(
            _("The last day for the notice of the hearing is over."),
            code="NOTICE_TOO_LATE",
            citation=cite("Rules", 10),
            advice=_("Ask the head to agree to a late notice with a reason; the breach stays recorded."),
        )


def late_notice_needed(s: CaseSituation) -> None:
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


def hearing_may_be_recorded(s: CaseSituation) -> None:
    hearing = s.hearing
    if hearing is None or not rules.may_record_hearing(
        objections_over=s.at >= s.objections_until(hearing),
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


def objections_open(s: CaseSituation) -> None:
    hearing = s.hearing
    if hearing is None or s.at >= s.objections_until(hearing):
        raise LawRefusal(
            _("The time for objections is over."),
            code="OBJECTIONS_OVER",
            citation=cite("APPC", "73(3)"),
            advice=_("The decision follows from the file; a refusal can be appealed."),
        )


def oral_hearing_planned(s: CaseSituation) -> None:
    hearing = s.hearing
    if hearing is None or (hearing.mode == Hearing.Mode.WRITTEN and hearing.oral_requested_at is None):
        raise LawRefusal(
            _("This hearing is in writing: there is no oral hearing to plan or record."),
            code="NO_ORAL_HEARING",
            citation=cite("APPC", "73(3)"),
            advice=_("An oral hearing is held when the applicant asks for it in time."),
        )


def oral_hearing_was_set(s: CaseSituation) -> None:
    """Rules 10: time and place are told before a hearing is held."""
    oral_hearing_planned(s)
    hearing = s.hearing
    if (
        hearing is None
        or hearing.planned_at is None
        or not (hearing.place or hearing.link)
        or s.at < hearing.planned_at
    ):
        raise LawRefusal(
            _(
                "The oral hearing was not set, or its time has not come: the applicant has to be told time and place first."
            ),
            code="HEARING_NOT_SET",
            citation=cite_all(cite("Rules", 10), cite("APPC", "73(3)")),
            advice=_("Set its time and place; sign the protocol after it was held."),
        )


def protocol_turn(s: CaseSituation) -> None:
    """APPC 74: the secretary signs the protocol first, then the chair: the executor, or who stands in; two people."""
    waiting = decisions.protocol_with_secretary(s.case.pk, s.today)
    if waiting is None and s.person in acting_executors(s.case, s.today)[:1]:
        raise LawRefusal(
            _(
                "The executor chairs the hearing; another officer writes and signs the protocol as secretary first."
            ),
            code="FOUR_EYES",
            citation=cite("APPC", 74),
            advice=_("Ask a colleague to sign as secretary; then sign it as chair."),
        )
    if waiting is not None and waiting.content["chair"] != str(s.person.pk):
        raise LawRefusal(
            _("The secretary has signed the protocol; it waits for the signature of the chair."),
            code="CHAIR_SIGNS",
            citation=cite("APPC", 74),
            advice=_(
                "Who is named in it as chair signs it: the executor, or who stood in for the executor then."
            ),
        )


def decision_by_another(s: CaseSituation) -> None:
    if s.decision is not None:
        require_other_person(s.decision, s.person)
        nobody_recused(s)


def nobody_recused(s: CaseSituation) -> None:
    """APPC 67: what a recused officer prepared is not signed, and nothing is while a recusal of its people waits."""
    if s.decision is None:
        return
    preparer = s.decision.prepared_by_id
    if (preparer, True) in s.recusals:
        raise LawRefusal(
            _("The officer who prepared this decision was recused from the case."),
            code="PREPARED_BY_RECUSED",
            citation=cite("APPC", 67),
            advice=_("Send it back: another executor prepares the decision anew."),
        )
    if {(preparer, None), (s.person.pk, None)} & s.recusals:
        raise LawRefusal(
            _("A recusal of who prepared this decision, or of you, waits for its decision."),
            code="RECUSAL_PENDING",
            citation=cite("APPC", 67),
            advice=_("Decide on the recusal first; your own is decided by another head."),
        )


def refusal_day_reached(s: CaseSituation) -> None:
    """APPC 73(1): an unfavourable act is not signed before the third working day after the notice."""
    hearing = s.last_hearing
    not_before = s.refusal_not_before(hearing) if hearing else None
    if not_before is None or not rules.refusal_day_reached(today=s.today, not_before=not_before):
        raise LawRefusal(
            _("The decision cannot be signed before three working days after the notice."),
            code="REFUSAL_TOO_EARLY",
            citation=cite("APPC", "73(1)"),
            advice=_("Sign it on or after {day}.").format(
                day=f"{not_before:%d.%m.%Y}" if not_before else "—"
            ),
        )


def notice_delivered(s: CaseSituation) -> None:
    """APPC 73(1), 73(3): who was not told of the hearing was not heard; an answer or a waiver proves the receipt."""
    hearing = s.last_hearing
    if hearing is None or hearing.answered_at is not None or hearing.waived_at is not None:
        return
    if not came_to_the_cabinet(s.case.pk, ".hearing_notified", since=hearing.notified_at):
        raise LawRefusal(
            _("There is no proof that the notice of the hearing came to the applicant: nobody was told yet."),
            code="NOTICE_NOT_DELIVERED",
            citation=cite("APPC", "73(1), 73(3)"),
            advice=_(
                "See on the case page to whom the notice went. If nobody represents the applicant in the portal, hand it "
                "over another way and send a new notice once somebody does."
            ),
        )


# the same in applications, proceedings and complaints
HEARING_GUARDS: Guards = {
    "notify_hearing": (notice_in_time,),
    "request_oral": (objections_open,),
    "waive_hearing": (objections_open,),
    "answer_hearing": (objections_open,),
    "postpone_hearing": (oral_hearing_planned,),
    "sign_protocol": (oral_hearing_was_set, protocol_turn),
    "agree_late_notice": (late_notice_needed,),
    "record_hearing": (hearing_may_be_recorded,),
}
