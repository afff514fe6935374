"""May this person do this act now: person first (403), then state, then the guards of the law (422)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.translation import gettext_lazy as _

from casework.cases import permissions as case_permissions
from casework.decisions.permissions.situation import CaseSituation, require_not_recused
from casework.decisions.statuses import Action, Actor
from foundation.accounts.models import Role
from foundation.kernel.refusals import LawRefusal, NotPermitted, Refusal

# an act's name → what the law asks beyond state and person; each raises its refusal
Guards: TypeAlias = Mapping[str, Iterable[Callable[[Any], None]]]


def check(action_name: str, situation: CaseSituation, guards: Guards) -> Action:
    """Raise the refusal that stands against the act now, or return the action; 403 before 422."""
    action = action_of(action_name, situation)
    require_actor(action_name, situation)
    require_state(action, situation)
    for guard in guards.get(action_name, ()):
        guard(situation)
    return action


def action_of(action_name: str, situation: CaseSituation) -> Action:
    """The action in the table of this case; raises LawRefusal where cases of its kind have none of that name."""
    action = situation.actions.get(action_name)
    if action is None:
        raise LawRefusal(
            _("“{action}” is no step of this kind of case.").format(action=action_name),
            code="NOT_OF_THIS_KIND",
            advice=_("It has these: {names}.").format(names=", ".join(situation.actions)),
        )
    return action


def refusal_of(action_name: str, situation: CaseSituation, guards: Guards) -> Refusal | None:
    """What stands against the act, or None: for the list of actions and the buttons."""
    try:
        check(action_name, situation, guards)
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


def offers(situation: CaseSituation, guards: Guards) -> list[Offer]:
    """Every action the person's roles let them try, with the reason where it is closed now."""
    listed = [
        Offer(action, refusal_of(name, situation, guards)) for name, action in situation.actions.items()
    ]
    return [offer for offer in listed if not isinstance(offer.refusal, NotPermitted)]


_OFFICERS: Mapping[Actor, tuple[Role, ...]] = {
    Actor.HEAD: (Role.HEAD,),
    Actor.ASSIGNER: (Role.CHANCERY, Role.SUPERVISOR),
    Actor.CHANCERY: (Role.CHANCERY,),
}


def require_actor(action_name: str, s: CaseSituation) -> None:
    """Raise what stands against this person doing it at all, whatever the state."""
    actor = action_of(action_name, s).actor
    if actor in _OFFICERS:
        s.require_officer(*_OFFICERS[actor])
        return
    match actor:
        case Actor.APPLICANT:
            case_permissions.require_representative(s.person, s.case, s.at, known=s.represents)
        case Actor.SIGNATORY:
            case_permissions.require_representative(s.person, s.case, s.at, to_sign=True, known=s.may_sign)
        case Actor.EXECUTOR:
            s.require_executor()
            require_not_recused(s)
        case Actor.REVIEWER:
            s.require_reviewer()
            require_not_recused(s)
        case Actor.SIGNER:
            s.require_signer()
        case Actor.SECRETARY:
            s.require_secretary()
        case _:
            if not s.represents:
                case_permissions.require_role(s.person, *s.participants, at=s.at, held=s.roles)


def require_state(action: Action, s: CaseSituation) -> None:
    """Raise the refusal of law when the act does not belong to this state."""
    if s.subject.status not in action.sources:
        raise LawRefusal(
            _("“{action}” is not possible in the state “{state}”.").format(
                action=action.label, state=s.states(s.subject.status).label
            ),
            code="WRONG_STATE",
            citation=action.citation,
            advice=_("It is possible in: {states}.").format(
                states=", ".join(str(s.states(source).label) for source in action.sources)
            ),
        )
