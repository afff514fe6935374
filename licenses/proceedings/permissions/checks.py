"""May this person do this act of a proceeding now: the common check with the guards of proceedings."""

from casework.decisions import permissions as common
from casework.decisions.permissions import Offer
from casework.decisions.statuses import Action
from foundation.kernel.refusals import Refusal
from licenses.proceedings.permissions.guards import GUARDS
from licenses.proceedings.permissions.situation import Situation


def check(action_name: str, situation: Situation) -> Action:
    """Raise the refusal that stands against the act now, or return the action; 403 before 422."""
    return common.check(action_name, situation, GUARDS)


def refusal_of(action_name: str, situation: Situation) -> Refusal | None:
    """What stands against the act, or None: for the list of actions and the buttons."""
    return common.refusal_of(action_name, situation, GUARDS)


def offers(situation: Situation) -> list[Offer]:
    """Every action of the kind that the person's roles let them try, with the reason where it is closed now."""
    return common.offers(situation, GUARDS)


__all__ = ["Offer", "check", "offers", "refusal_of"]
