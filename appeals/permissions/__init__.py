"""Who may do which act of a complaint now, and why not."""

from appeals.permissions.guards import GUARDS
from appeals.permissions.situation import ComplaintSituation
from casework.decisions import permissions as common
from casework.decisions.permissions import Offer, require_actor, require_state
from casework.decisions.statuses import Action
from foundation.kernel.refusals import Refusal


def check(action_name: str, situation: ComplaintSituation) -> Action:
    """Raise the refusal that stands against the act now, or return the action; 403 before 422."""
    return common.check(action_name, situation, GUARDS)


def refusal_of(action_name: str, situation: ComplaintSituation) -> Refusal | None:
    """What stands against the act, or None."""
    return common.refusal_of(action_name, situation, GUARDS)


def offers(situation: ComplaintSituation) -> list[Offer]:
    """Every action the person's roles let them try, with the reason where it is closed now."""
    return common.offers(situation, GUARDS)


__all__ = [
    "GUARDS",
    "ComplaintSituation",
    "Offer",
    "check",
    "offers",
    "refusal_of",
    "require_actor",
    "require_state",
]
