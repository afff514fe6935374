"""What the head signs on a suit: the response, and the record of the court act with all that follows from it."""

from datetime import date
from typing import Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from appeals.models import Suit
from appeals.suits import events, papers
from appeals.suits.permissions import SuitSituation
from appeals.suits.services.acting import COURSE, act_on
from appeals.suits.services.effect import take_effect
from appeals.suits.statuses import Prepared, Status
from casework.cases import services as cases
from casework.deadlines.services import void_open_terms
from casework.decisions.models import Act, SignRequest
from casework.decisions.papers import letter_number
from casework.decisions.services import acts
from casework.decisions.services.course import (
    Decision,
    PlainAct,
    SignedAct,
    accepted,
    note,
    save_status,
    use_signature,
)
from casework.documents.services import outgoing
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput

_MARKS = {Prepared.RESPONSE: "ОТЗ", Prepared.COURT_ACT: "СУД"}
_BACK = {Status.RECORDED: "send_back_to_recorded", Status.ANSWERED: "send_back_to_answered"}


def open_signing(suit_id: UUID, **act: Unpack[PlainAct]) -> SignRequest:
    """Date fixed, final bytes rendered and stored, manifest made: what the head will sign."""
    person = act["person"]

    def drafted(s: SuitSituation, prepared: Act, act_date: date) -> Decision:
        number = letter_number(s.case, _MARKS[Prepared(s.suit.prepared)])
        made = papers.prepared_papers(s.suit, prepared, head=person, act_date=act_date, number=number)
        return Decision(number, made, {"prepared": str(s.suit.prepared)})

    return COURSE.open_signing(suit_id, drafted=drafted, **act)


def request_for_sign(suit_id: UUID, **act: Unpack[PlainAct]) -> SignRequest:
    """The live request of a paper this head opened; its bytes are made anew when its time is over."""

    def again() -> SignRequest:
        return open_signing(suit_id, **act)

    return COURSE.request_for_sign(suit_id, reopen=again, person=act["person"], at=act["at"])


def send_back(suit_id: UUID, *, reason: str, **act: Unpack[PlainAct]) -> Suit:
    """The head sends the prepared paper back with a reason, to where it came from."""
    with act_on(suit_id, action="send_back", **act) as s:
        reason = lines(reason)
        if not reason:
            raise BadInput(_("Say what is to be changed."), fields={"reason": [_("Write it in a sentence.")]})
        waiting = acts.void_open_decision(s.case)
        if waiting is not None:
            outgoing.void_act(waiting.pk)
        getattr(s.suit, _BACK[Status(s.suit.came_from)])()
        save_status(s.suit, "prepared")
        cases.write_note(case_id=s.case.pk, author=s.person, text=reason, at=s.at)
        note(s, events.SENT_BACK)
        return s.suit


def sign(suit_id: UUID, **said: Unpack[SignedAct]) -> Suit:
    """The head's signature; under a court act its effect on the contested case in the same transaction."""
    person, at = said["person"], said["at"]
    good = accepted(
        suit_id, action="sign", sign_request=said["sign_request"], cms=said["cms"], person=person, at=at
    )
    with act_on(suit_id, action="sign", person=person, at=at, version=said["version"], answered=good) as s:
        act = use_signature(s, good, said.get("ip"))
        if s.suit.prepared == Prepared.RESPONSE:
            s.suit.answer(response=act)
            save_status(s.suit, "prepared", "response")
            note(s, events.ANSWERED, act=str(act.pk))
        else:
            _decided(s, act)
        return s.suit


def _decided(s: SuitSituation, act: Act) -> None:
    content, suit = act.content, s.suit
    in_force_on = date.fromisoformat(content["in_force_on"])
    suit.decide(outcome=content["outcome"], in_force_on=in_force_on)
    save_status(suit, "prepared", "outcome", "in_force_on")
    cancelled = take_effect(s, act)
    void_open_terms(case=s.case, at=s.at)
    acts.kill_requests(s.case)
    cases.close_case(s.case, at=s.at, status_code=str(suit.status))
    note(
        s,
        events.DECIDED,
        act=str(act.pk),
        outcome=str(suit.outcome),
        cancelled=cancelled,
        in_force_on=in_force_on.isoformat(),
    )
