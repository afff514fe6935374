"""Who works on a suit: the assigned executor; recusal (Rules 6, APPC 67)."""

from typing import Unpack
from uuid import UUID

from appeals.models import Suit
from appeals.suits.services.acting import COURSE
from casework.decisions.services import officers
from casework.decisions.services.course import PlainAct


def assign(suit_id: UUID, *, executor_id: UUID, reason: str = "", **act: Unpack[PlainAct]) -> Suit:
    """The executor who answers the suit; whoever prepared the contested act may defend it."""
    return officers.assign(COURSE, suit_id, executor_id=executor_id, reason=reason, **act).suit


def ask_recusal(
    suit_id: UUID, *, officer_id: UUID, ground: str, reason: str, **act: Unpack[PlainAct]
) -> Suit:
    """APPC 67: the party or the officer asks; a head decides within three working days."""
    return officers.ask_recusal(
        COURSE, suit_id, officer_id=officer_id, ground=ground, reason=reason, **act
    ).suit


def decide_recusal(suit_id: UUID, *, granted: bool, reason: str, **act: Unpack[PlainAct]) -> Suit:
    """APPC 67: a head decides, the head's own by another head."""
    return officers.decide_recusal(COURSE, suit_id, granted=granted, reason=reason, **act).suit
