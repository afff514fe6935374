"""What the law asks of each act of a complaint beyond state and person."""

from django.utils.translation import gettext_lazy as _

from appeals import rules
from appeals.permissions.situation import ComplaintSituation
from appeals.selectors import matter_of, works_in_portal
from appeals.statuses import Addressee, Matter, Prepared, Target
from casework.decisions.permissions import Guards
from casework.decisions.permissions.hearing_guards import HEARING_GUARDS, nobody_recused
from casework.decisions.services.acts import require_other_person
from foundation.kernel.citations import cite
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


def _can_be_satisfied(s: ComplaintSituation) -> None:
    """What the provider can give in full by itself.

    A refused licence, a returned application taken up again, an order or a refused request cancelled.
    """
    complaint = s.complaint
    if complaint.target != Target.DECISION:
        possible = not complaint.about.is_open
    else:
        in_force = complaint.act is not None and not hasattr(complaint.act, "cancellation")
        possible = in_force and matter_of(complaint) != Matter.OTHER
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
    "open_signing": (_decision_by_another,),
    "sign": (_decision_by_another,),
}
