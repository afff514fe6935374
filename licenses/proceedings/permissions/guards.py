"""What the law asks of each act beyond state and person: each guard raises the refusal with its paragraph."""

from django.utils.translation import gettext_lazy as _

from casework.decisions.permissions import Guards
from casework.decisions.permissions.hearing_guards import (
    HEARING_GUARDS,
    decision_by_another,
    refusal_day_reached,
)
from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal
from licenses.proceedings import rules
from licenses.proceedings.permissions.situation import Situation
from licenses.proceedings.statuses import (
    CITATIONS,
    HEARD_BEFORE_ORDER,
    HEARD_BEFORE_REFUSAL,
    Kind,
    Outcome,
)
from licenses.statuses import LicenceStatus


def target_fits(s: Situation) -> None:
    """The target is in the state its kind asks for (DA 9, PL 35, 44, 45)."""
    require_target(s)


def require_target(s: Situation) -> None:
    """Raise what stands against the targets of the proceeding on the day an act done now bears."""
    for number, standing in s.standings.items():
        if standing is not None and rules.target_allows(
            s.kind,
            status=standing.status,
            basis=standing.basis,
            until=standing.until,
            today=s.today,
        ):
            continue
        state = LicenceStatus(standing.status).label if standing else _("not there yet")
        raise LawRefusal(
            _("{number} is: {state}. {kind} is not open to it.").format(
                number=number, state=state, kind=s.kind.label
            ),
            code="TARGET_STATE",
            citation=CITATIONS[s.kind],
            advice=_("Look at the register; a decision that lost its object is sent back or dropped."),
        )


def _target_fits_grant(s: Situation) -> None:
    if s.proceeding.prepared_outcome == Outcome.GRANT:
        require_target(s)


def _proof_attached(s: Situation) -> None:
    """PL 45(3): the licensee proves the cure; Annex 11/1(3), 2(2): a changed pool has its document too."""
    if s.kind == Kind.POOL_NOTICE and not any(file.counts for file in s.files):
        raise LawRefusal(
            _("The document on the new pool is not attached."),
            code="PROOF_MISSING",
            citation=cite("Rules", 16),
            advice=_("Attach the certificate, the written answer or the copy of the contract, then sign."),
        )
    if s.kind == Kind.RESUME_AFTER_CURE and not any(file.counts for file in s.files):
        raise LawRefusal(
            _("The proof that the violations are cured is not attached."),
            code="PROOF_MISSING",
            citation=cite("PL", "45(3)"),
            advice=_("Attach at least one document that shows the cure, then sign."),
        )


def _by_licensee(s: Situation) -> None:
    if not s.proceeding.by_licensee:
        raise LawRefusal(
            _("The authority opened this proceeding; only a request of one's own can be withdrawn."),
            code="NOT_YOUR_REQUEST",
            citation=cite("APPC", "64(9)"),
            advice=_("Answer at the hearing, or complain about the act."),
        )


def _heard_day_reached(s: Situation) -> None:
    """APPC 73(1): an order that burdens, or a refusal after a hearing, not before notice + 3."""
    refused = s.proceeding.prepared_outcome == Outcome.REFUSE
    if s.kind in (HEARD_BEFORE_REFUSAL if refused else HEARD_BEFORE_ORDER):
        refusal_day_reached(s)


_DECIDED = (decision_by_another, _target_fits_grant, _heard_day_reached)
GUARDS: Guards = {
    **HEARING_GUARDS,
    "submit": (target_fits, _proof_attached),
    "notify_hearing": (target_fits, *HEARING_GUARDS["notify_hearing"]),
    "prepare": (target_fits,),
    "file_suit": (target_fits,),
    "record_court_act": (target_fits,),
    "withdraw": (_by_licensee,),
    "open_signing": _DECIDED,
    "sign": _DECIDED,
    "confirm_court_act": _DECIDED,
}
