"""What the law asks of each act of a complaint beyond state and person."""

from django.utils.translation import gettext_lazy as _

from appeals import rules
from appeals.permissions.situation import ComplaintSituation, require_not_own_act
from appeals.selectors import in_force, matter_of, works_in_portal
from appeals.statuses import Addressee, Matter, Prepared, Status, Target
from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.permissions import Guards
from casework.decisions.permissions.hearing_guards import HEARING_GUARDS, nobody_recused
from casework.decisions.services.acts import require_other_person
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.refusals import LawRefusal


def _in_three_days(s: ComplaintSituation) -> None:
    if s.term_is_past("complaint_forwarding"):
        raise LawRefusal(
            _("The three working days in which the provider itself may satisfy the complaint are over."),
            code="SATISFY_TOO_LATE",
            citation=cite("Rules", 20),
            advice=_("Forward the complaint with the case; the delay is recorded."),
        )


def _goes_to_another_body(s: ComplaintSituation) -> None:
    if s.complaint.addressee == Addressee.PROVIDER:
        raise LawRefusal(
            _("The complaint is addressed to the provider itself: there is nobody to forward it to."),
            code="NOT_FORWARDED",
            citation=cite("Rules", 21),
            advice=_("Assign a reviewer of the provider."),
        )


def _decided_elsewhere(s: ComplaintSituation) -> None:
    """process.md, record outcome: a body that works in the portal answers in it, by its own reviewer."""
    if works_in_portal(s.complaint.addressee):
        raise LawRefusal(
            _("The body that considers the complaint works in the portal: its reviewer answers here."),
            code="DECIDES_HERE",
            citation=cite("APPC", 100),
            advice=_("Assign its reviewer; an outcome is recorded for bodies outside the portal."),
        )


def _may_be_extended(s: ComplaintSituation) -> None:
    extended = s.complaint.extended_until is not None
    if not rules.may_extend(addressee=s.complaint.addressee, extended=extended):
        raise LawRefusal(
            _("The term was extended already.")
            if extended
            else _("The superior body decides within its term."),
            code="NO_EXTENSION",
            citation=cite("PS", "25(4)") if extended else cite("APPC", 99),
            advice=_("Decide within the term that runs."),
        )
    if any(s.term_is_past(code) for code in ("complaint_provider", "complaint_quality")):
        raise LawRefusal(
            _("The term has passed; what has passed cannot be extended."),
            code="TERM_PASSED",
            citation=cite("PS", "25(4)"),
            advice=_("Decide now; a late decision stays possible."),
        )


def _decision_by_another(s: ComplaintSituation) -> None:
    if s.decision is not None and s.complaint.prepared != Prepared.DECIDE:
        require_other_person(s.decision, s.person)
    nobody_recused(s)


def _recusal_by_another(s: ComplaintSituation) -> None:
    """APPC 67, 97(2): whose act it is does not choose who considers the complaint of it."""
    if s.complaint.status in (Status.CONSIDERED, Status.HEARING, Status.HEARD):
        require_not_own_act(s)


def _still_lawful(s: ComplaintSituation) -> None:
    """What was prepared is signed only while it still can be done: in the three days, on an act in force."""
    match s.complaint.prepared:
        case Prepared.SATISFY:
            _made_in_three_days(s)
            _can_be_satisfied(s)
        case Prepared.DECIDE:
            require_something_to_cancel(s, s.complaint.outcome)


def _made_in_three_days(s: ComplaintSituation) -> None:
    """Rules 20: within three working days the favourable act is made, that is signed and dated, not only prepared."""
    term = s.terms.get("complaint_forwarding")
    if term is not None and current_calendar_act_day(s.at) > term.due_on:
        raise LawRefusal(
            _("A favourable act had to be made by {day}; what is signed now bears {today}.").format(
                day=f"{term.due_on:%d.%m.%Y}", today=f"{current_calendar_act_day(s.at):%d.%m.%Y}"
            ),
            code="SATISFY_TOO_LATE",
            citation=cite("Rules", 20),
            advice=_("Send it back and forward the complaint with the case; the delay is recorded."),
        )


def require_something_to_cancel(s: ComplaintSituation, outcome: str) -> None:
    """APPC 84, 100: an act that has lost its force cannot be cancelled again, nor can what followed it."""
    act = s.complaint.act
    if outcome != Status.DISMISSED and act is not None and not in_force(act):
        raise LawRefusal(
            _("Decision № {number} has lost its force meanwhile: there is nothing to cancel.").format(
                number=act.number
            ),
            code="ACT_NOT_IN_FORCE",
            citation=cite_all(cite("APPC", "84, 100"), cite("APPC", 95)),
            advice=_("Leave the complaint without consideration, for the matter is decided, or dismiss it."),
        )


def _can_be_satisfied(s: ComplaintSituation) -> None:
    """What the provider can give in full by itself.

    A refused licence, a returned application taken up again, an order or a refused request cancelled.
    """
    complaint = s.complaint
    if complaint.target != Target.DECISION:
        possible = not complaint.about.is_open
    else:
        act = complaint.act
        possible = act is not None and in_force(act) and matter_of(complaint) != Matter.OTHER
    if not possible:
        raise LawRefusal(
            _("There is no act here that the provider could replace by a favourable one."),
            code="NOTHING_TO_SATISFY",
            citation=cite("Rules", 20),
            advice=_("Of a failure to act: decide the case first. Otherwise forward the complaint."),
        )


GUARDS: Guards = {
    **{name: guards for name, guards in HEARING_GUARDS.items() if name != "agree_late_notice"},
    "satisfy": (_in_three_days, _can_be_satisfied),
    "forward": (_goes_to_another_body,),
    "extend": (_may_be_extended,),
    "record_outcome": (_decided_elsewhere,),
    "decide_recusal": (_recusal_by_another,),
    "open_signing": (_decision_by_another, _still_lawful),
    "sign": (_decision_by_another, _still_lawful),
}
