"""What the law asks of each act beyond state and person: each guard raises the refusal with its paragraph."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from applications import rules, ways
from applications.fees import LICENCE
from applications.models import Application, Finding
from applications.permissions.situation import Situation
from applications.rules import Way
from applications.statuses import ENDED_BY_ACT, Outcome, Status
from casework.decisions.papers.bilingual import require_same_grounds
from casework.decisions.permissions import Guards
from casework.decisions.permissions.hearing_guards import (
    HEARING_GUARDS,
    decision_by_another,
    notice_delivered,
    refusal_day_reached,
)
from foundation.kernel.citations import Citation, cite, cite_all
from foundation.kernel.refusals import LawRefusal
from foundation.rulebook.citations import shown
from licenses.selectors import living_licences

FEE_GROUND = "2"


def _completeness_rule(s: Situation) -> Citation:
    return cite("Rules", 14) if s.way is Way.REISSUE else cite("Rules", 7)


def _completeness_in_time(s: Situation) -> None:
    if s.term_is_past("completeness"):
        raise LawRefusal(
            _(
                "The working day for the check of completeness is over: refusing further consideration is closed."
            )
            if s.way is Way.REISSUE
            else _(
                "The two working days for the check of completeness are over: refusing further consideration is closed."
            ),
            code="COMPLETENESS_OVER",
            citation=_completeness_rule(s),
            advice=_(
                "The case goes on to review by itself; what is lacking is dealt with there, after a hearing."
            ),
        )


def _something_lacks(s: Situation) -> None:
    if s.report.complete:
        raise LawRefusal(
            _("Every required document is there and none is expired: there is nothing to refuse for."),
            code="PACKAGE_COMPLETE",
            citation=_completeness_rule(s),
            advice=_("Accept the package."),
        )


def _entries_lacking(s: Situation) -> list[Citation]:
    return [shown(said) for said in dict.fromkeys(i.verdict.requirement.citation for i in s.report.lacking)]


def _nothing_lacks(s: Situation) -> None:
    if not s.term_is_past("completeness") and not s.report.complete:
        codes = ", ".join(item.code for item in s.report.lacking)
        raise LawRefusal(
            _("The package is not complete: {codes}.").format(codes=codes),
            code="PACKAGE_INCOMPLETE",
            citation=_completeness_rule(s)
            if s.way is Way.REISSUE
            else cite_all(cite("Rules", 7), *_entries_lacking(s)),
            advice=_(
                "Refuse further consideration within the term, or wait for the step that follows by itself."
            ),
        )


def _documents_in_order(s: Situation) -> None:
    """PL 33(4), 33(5): no check of the qualification; but nothing missing or improperly drawn up."""
    found = s.finding_by_item()
    bad = [
        item.code
        for item in s.report.required
        if item.lacking or found.get(item.key) == Finding.Result.DOES_NOT_MEET
    ]
    if bad:
        raise LawRefusal(
            _("Documents are missing or improperly drawn up: {codes}.").format(codes=", ".join(bad)),
            code="DOCUMENTS_NOT_IN_ORDER",
            citation=cite_all(cite("Rules", 15), cite("PL", "33(5)")),
            advice=_("Prepare the refusal; or change the finding."),
        )


def _findings_made(s: Situation) -> None:
    if s.way is Way.REISSUE:
        _documents_in_order(s)
        return
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


def _is_heard(s: Situation) -> None:
    """APPC 73(2): no hearing where the procedure is shorter than five working days."""
    if s.way is Way.REISSUE:
        raise LawRefusal(
            _("A re-issue takes two working days and has no hearing."),
            code="NO_HEARING",
            citation=cite_all(cite("Rules", 15), cite("APPC", "73(2)")),
            advice=_("Prepare the re-issue, or the refusal with its facts."),
        )


def target_stands(s: Situation) -> None:
    """PL 29(6), 33: the licence is in force (or, on re-issue, suspended) and still the applicant's to ask for."""
    application = s.application
    if application.scope == Application.Scope.LICENCE:
        return
    target = s.target
    if target is None or (target.suspended and application.scope == Application.Scope.ANNEX):
        raise ways.target_gone(application.target_licence)
    gone = [name for name in application.targets if name != LICENCE and target.annex(name) is None]
    gone += [row.annex for row in application.data_centres.all() if row.annex and not target.annex(row.annex)]
    if gone:
        raise LawRefusal(
            _("Annexes that are asked for are not in force any more: {numbers}.").format(
                numbers=", ".join(sorted(set(gone)))
            ),
            code="TARGET_NOT_IN_FORCE",
            citation=cite("PL", 33),
            advice=_("The executor prepares a discontinuance (APPC 70(1))."),
        )


def _succession_allowed(s: Situation) -> None:
    """PL 34(3): not to an acquirer who holds one; PL 34(5): to one successor of a split only."""
    kind, target = ways.reorganisation(s.application), s.target
    if not kind or target is None:
        return
    others = [
        row
        for row in living_licences(s.case.party_id, s.today, s.case.sub_kind)
        if row.pk != target.licence.pk
    ]
    if rules.acquirer_holds(kind, own_licences=len(others)):
        raise LawRefusal(
            _("The acquirer already holds a licence of this sub-kind: {number}.").format(
                number=others[0].number
            ),
            code="ACQUIRER_HOLDS_LICENCE",
            citation=cite("PL", "34(3)"),
            advice=_("Prepare the refusal."),
        )
    taken = Application.objects.filter(
        status=Status.ISSUED,
        target_licence=s.application.target_licence,
        grounds__details__reorganisation=kind,
    ).exclude(case__party_id=s.case.party_id)
    if kind == rules.Reorganisation.SPLIT and taken.exists():
        raise LawRefusal(
            _("The licence was re-issued to another entity created by the split."),
            code="SPLIT_TAKEN",
            citation=cite("PL", "34(5)"),
            advice=_("Notify the applicant of the hearing."),
        )


def _target_unchanged(s: Situation) -> None:
    """What the executor prepared is what the head signs: the register did not change meanwhile (process.md, sign)."""
    prepared = s.decision.content.get("target_version") if s.decision else None
    if s.target is not None and prepared != s.target.licence.version:
        raise LawRefusal(
            _("Licence {number} changed in the register after the decision was prepared.").format(
                number=s.target.number
            ),
            code="TARGET_CHANGED",
            citation=cite("PL", 33),
            advice=_("Send the decision back; the executor prepares it anew."),
        )


def _refusal_day_reached(s: Situation) -> None:
    if s.application.status in ENDED_BY_ACT:
        return
    if s.application.prepared_outcome == Outcome.REFUSE and s.way is not Way.REISSUE:
        refusal_day_reached(s)
        notice_delivered(s)


def prepared_conditions_hold(s: Situation) -> None:
    """Everything is checked again at the signature (process.md, sign)."""
    if s.application.status in ENDED_BY_ACT:
        return  # what cancels the act that ended the case has no conditions of its own
    if s.application.prepared_outcome == Outcome.ISSUE:
        target_stands(s)
        _target_unchanged(s)
        _findings_made(s)
        _succession_allowed(s)
        require_fee_found(s)
        require_party_in_being(s)
    elif s.application.prepared_outcome == Outcome.REFUSE:
        target_stands(s)
        require_party_in_being(s)
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


def _nothing_waits(s: Situation) -> None:
    if s.decision is not None:
        raise LawRefusal(
            _("Another decision in this case waits for the head."),
            code="DECISION_WAITS",
            citation=cite("APPC", "84, 100"),
            advice=_("The head signs it or sends it back first."),
        )


def _waits(kind: str) -> Callable[[Situation], None]:
    """In an ended case only what was prepared anew is signed: the cancellation, or the record of a court act."""

    def guard(s: Situation) -> None:
        ended = s.application.status in ENDED_BY_ACT
        if ended and (s.decision is None or kind not in ("", s.decision.kind)):
            raise LawRefusal(
                _("Nothing is prepared that could be signed here."),
                code="NOTHING_PREPARED",
                citation=cite("APPC", "84, 100"),
                advice=_("The executor prepares the cancellation, or records the court act, first."),
            )

    return guard


_own_cancellation_waits = _waits("refusal_cancellation")

GUARDS: Guards = {
    **HEARING_GUARDS,
    "accept": (_nothing_lacks,),
    "return": (_completeness_in_time, _something_lacks),
    "notify_hearing": (_is_heard, *HEARING_GUARDS["notify_hearing"]),
    "agree_late_notice": (_is_heard, *HEARING_GUARDS["agree_late_notice"]),
    "prepare_issue": (target_stands, _findings_made, _succession_allowed, require_fee_found),
    "send_back": (_waits(""),),
    "open_signing": (
        _own_cancellation_waits,
        decision_by_another,
        prepared_conditions_hold,
        _refusal_day_reached,
    ),
    "sign": (_own_cancellation_waits, decision_by_another, prepared_conditions_hold, _refusal_day_reached),
    "cancel_refusal": (_nothing_waits,),
    "record_court_act": (_nothing_waits,),
    "confirm_court_act": (_waits("court_act_record"), decision_by_another),
}
