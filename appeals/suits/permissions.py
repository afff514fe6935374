"""Who may do which act on a suit now, and why not."""

from functools import cached_property

from django.utils.translation import gettext_lazy as _

from appeals.models import Suit
from appeals.suits.statuses import ACTIONS, Status
from casework.cases import permissions as case_permissions
from casework.decisions import permissions as common
from casework.decisions.permissions import CaseSituation, Guards, Offer
from casework.decisions.permissions.hearing_guards import nobody_recused
from casework.decisions.services.acts import require_other_person
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Role
from foundation.kernel.citations import cite
from foundation.kernel.refusals import Conflict, LawRefusal, NotPermitted


class SuitSituation(CaseSituation):
    """One suit seen by one person at one moment; everything is read at most once."""

    actions = ACTIONS
    states = Status

    @property
    def suit(self) -> Suit:
        suit: Suit = self.subject
        return suit

    @cached_property
    def superior(self) -> Body:
        """The body whose head gives the reasoned position (Rules 23)."""
        return Body.objects.get(kind=Body.Kind.SUPERIOR)

    @cached_property
    def heads_superior(self) -> bool:
        """Whether the person is the head of the superior body today."""
        held = accounts.holdings_of(self.person, self.today)
        return held.filter(role=Role.HEAD, body__kind=Body.Kind.SUPERIOR).exists()

    def require_reviewer(self) -> None:
        """The head of the superior body: the position is theirs (Rules 23)."""
        case_permissions.require_role(self.person, Role.REVIEWER, at=self.at, held=self.roles)
        case_permissions.require_no_interest(self.person, self.case, self.at, known=self.represents)
        if not self.heads_superior:
            raise NotPermitted(
                _("The head of the superior body gives the reasoned position."),
                advice=_("A position signed on paper comes with its scan, when the response is prepared."),
            )


def _position_is_asked(s: SuitSituation) -> None:
    if s.suit.complained_first:
        raise LawRefusal(
            _("The suit came after a complaint: the position of the superior body is not sent along."),
            code="POSITION_NOT_ASKED",
            citation=cite("Rules", 23),
            advice=_("The response to the suit is enough."),
        )
    if s.suit.position_id is not None:
        raise Conflict(
            _("The reasoned position is signed already."), code="POSITION_GIVEN", citation=cite("Rules", 23)
        )


def _another_signs(s: SuitSituation) -> None:
    if s.decision is not None:
        require_other_person(s.decision, s.person)
    nobody_recused(s)


GUARDS: Guards = {
    "give_position": (_position_is_asked,),
    "open_signing": (_another_signs,),
    "sign": (_another_signs,),
}


def offers(situation: SuitSituation) -> list[Offer]:
    """Every action the person's roles let them try, with the reason where it is closed now."""
    return common.offers(situation, GUARDS)
