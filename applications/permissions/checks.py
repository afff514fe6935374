"""May this person do this act now: person first (403), then state, then the guards of the law (422)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from applications.permissions.guards import GUARDS
from applications.permissions.situation import Situation, require_not_recused
from applications.statuses import ACTIONS, Action, Actor, Status
from casework.cases import permissions as case_permissions
from foundation.accounts.models import Role
from foundation.kernel.refusals import LawRefusal, NotPermitted, Refusal


def check(action_name: str, situation: Situation) -> Action:
    """Raise the refusal that stands against the act now, or return the action; 403 before 422."""
    action = ACTIONS[action_name]
    require_actor(action_name, situation)
    require_state(action, situation)
    for guard in GUARDS.get(action_name, ()):
        guard(situation)
    return action


def refusal_of(action_name: str, situation: Situation) -> Refusal | None:
    """What stands against the act, or None: for the list of actions and the buttons."""
    try:
        check(action_name, situation)
    except Refusal as refusal:
        return refusal
    return None


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as it is shown: possible, or closed with the reason and its paragraph."""

    action: Action
    refusal: Refusal | None

    @property
    def possible(self) -> bool:
        return self.refusal is None


def offers(situation: Situation) -> list[Offer]:
    """Every action the person's roles let them try, with the reason where it is closed now."""
    listed = [Offer(action, refusal_of(name, situation)) for name, action in ACTIONS.items()]
    return [offer for offer in listed if not isinstance(offer.refusal, NotPermitted)]


def require_actor(action_name: str, s: Situation) -> None:
    """Raise what stands against this person doing it at all, whatever the state."""
    match ACTIONS[action_name].actor:
        case Actor.APPLICANT:
            case_permissions.require_representative(s.person, s.case, s.at, known=s.represents)
        case Actor.SIGNATORY:
            case_permissions.require_representative(s.person, s.case, s.at, to_sign=True, known=s.may_sign)
        case Actor.EXECUTOR:
            s.require_executor()
            require_not_recused(s)
        case Actor.HEAD:
            _require_officer(s, Role.HEAD)
        case Actor.ASSIGNER:
            _require_officer(s, Role.CHANCERY, Role.SUPERVISOR)
        case Actor.SECRETARY:
            _require_officer(s, Role.EXECUTOR, Role.CHANCERY)
        case Actor.PARTICIPANT:
            if not s.represents:
                case_permissions.require_role(s.person, Role.EXECUTOR, Role.HEAD, at=s.at, held=s.roles)


def _require_officer(s: Situation, *roles: str) -> None:
    case_permissions.require_role(s.person, *roles, at=s.at, held=s.roles)
    case_permissions.require_no_interest(s.person, s.case, s.at, known=s.represents)
    require_not_recused(s)


def require_state(action: Action, s: Situation) -> None:
    """Raise the refusal of law when the act does not belong to this state."""
    status = Status(s.application.status)
    if status not in action.sources:
        raise LawRefusal(
            _("“{action}” is not possible in the state “{state}”.").format(
                action=action.label, state=status.label
            ),
            code="WRONG_STATE",
            citation=action.citation,
            advice=_("It is possible in: {states}.").format(
                states=", ".join(str(source.label) for source in action.sources)
            ),
        )
