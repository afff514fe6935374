"""A suit as its party and as the officers see it: what is contested, papers, what can be done, what the court did."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Q, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals.models import Suit
from appeals.suits import events
from appeals.suits.permissions import SuitSituation, offers
from appeals.suits.selectors import contestable, suits_visible_to, was_complained_of
from appeals.suits.services.acting import COURSE
from appeals.suits.statuses import Status
from casework.cases import permissions as case_permissions
from casework.cases.models import Case
from casework.cases.selectors import visible_case
from casework.decisions.models import Act
from casework.decisions.permissions import Offer
from desks.case_page import SharedCasePage
from foundation.accounts.models import Person, Role
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import NotFound


class SuitPage(SharedCasePage):
    """One suit as one person sees it."""

    inner = frozenset({events.OPENED, events.SENT_BACK, events.PREPARED})

    def __init__(self, situation: SuitSituation) -> None:
        super().__init__(situation)
        self.suit = situation.suit

    def offers_of(self) -> list[Offer]:
        return offers(self.situation)

    def label(self, kind: str) -> str | Promise:
        return events.label(kind)

    @property
    def position_missing(self) -> bool:
        """The suit came without a complaint, and the superior body's head has signed nothing yet (Rules 23)."""
        suit = self.suit
        return not suit.complained_first and suit.position_id is None and suit.status == Status.RECORDED

    @property
    def act_in_force(self) -> bool:
        return self.suit.act is not None and not hasattr(self.suit.act, "cancellation")


def suit_page(person: Person, suit_id: UUID, at: datetime) -> SuitPage:
    """The suit if this person may see it; raises NotFound."""
    situation = COURSE.seen(suit_id, person, at)
    if not situation.visible:
        raise NotFound
    return SuitPage(situation)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a suit about a case may contest, and whether a complaint came before."""

    case: Case
    acts: list[Act]
    complained_first: bool
    today: date


def choices(person: Person, case_id: UUID, at: datetime) -> Choices:
    """For who may record a suit; raises NotFound, NotPermitted."""
    case = visible_case(person, case_id, at)
    if case is None or case.received_at is None or case.kind == Case.Kind.SUIT:
        raise NotFound
    case_permissions.require_role(person, Role.EXECUTOR, Role.CHANCERY, at=at)
    found = contestable(case.pk)
    return Choices(
        case=case,
        acts=found,
        complained_first=was_complained_of(case, found[0] if found else None),
        today=almaty(at).date(),
    )


# who does what next, by the state of a suit (Rules 23)
_NEXT: dict[str, Promise] = {
    Status.RECORDED: _(
        "prepare the response; without a complaint before it the position of the superior body too"
    ),
    Status.SIGNING: _("the head signs what is prepared"),
    Status.ANSWERED: _("take the set to the court; record its act when it is in force"),
    Status.DECIDED: _("what the court ordered is done in the case"),
}
# what waits for the authority first, decided ones last
_ORDER = Choice(
    *(When(status=status, then=Value(place)) for place, status in enumerate(Status)), default=Value(9)
)


@dataclass(frozen=True, slots=True)
class Line:
    """One suit of the officers' list, with what comes next."""

    suit: Suit
    next_step: str | Promise


def queue(person: Person, at: datetime, *, mine: bool = False, text: str = "") -> list[Line]:
    """The suits this officer may see, what waits for the authority on top; `mine`: only the officer's own."""
    rows = suits_visible_to(person, at)
    if mine:
        rows = rows.filter(case__executor=person)
    if text:
        said = Q(case__incoming_no__icontains=text) | Q(about__incoming_no__icontains=text)
        said |= Q(number__icontains=text) | Q(court__icontains=text)
        named = Q(case__party__name_kk__icontains=text) | Q(case__party__name_ru__icontains=text)
        rows = rows.filter(said | named | Q(case__party__number=text))
    return [Line(row, _NEXT.get(row.status, "")) for row in rows.order_by(_ORDER, "-received_on", "pk")[:200]]
