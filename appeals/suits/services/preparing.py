"""What goes to the court and what comes from it: position, response, court act; each waits for its signature (Rules 23)."""

from datetime import date, datetime
from typing import Any, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from appeals.models import Suit
from appeals.suits import events
from appeals.suits.papers import COURT_RECORD, RESPONSE
from appeals.suits.permissions import SuitSituation
from appeals.suits.services.acting import COURSE, act_on
from appeals.suits.statuses import CourtOutcome
from casework.decisions.papers.attested import (
    Faults,
    day_of_paper,
    refuse_faults,
    scan_of_paper,
    text_of_paper,
)
from casework.decisions.papers.bilingual import require_same_said
from casework.decisions.services import acts
from casework.decisions.services.course import (
    PlainAct,
    SignedAct,
    accepted,
    note,
    save_status,
    use_signature,
)
from casework.documents.services.incoming import receive_file
from foundation.accounts.models import Person
from foundation.kernel.citations import cite
from foundation.kernel.plain_text import lines

_LAW = cite("Rules", 23)


def attach_scan(suit_id: UUID, *, action: str, name: str, stream: Any, person: Person, at: datetime) -> UUID:
    """Take the scan of a paper about the suit from its executor; outside of any transaction."""
    s = COURSE.seen(suit_id, person, at)
    COURSE.check(action, s)
    key: UUID = receive_file(case_id=suit_id, uploaded_by=person, name=name, stream=stream, at=at).pk
    return key


def give_position(suit_id: UUID, **said: Unpack[SignedAct]) -> Suit:
    """The head of the superior body signs the reasoned position that goes to the court with the response (Rules 23)."""
    person, at = said["person"], said["at"]
    good = accepted(
        suit_id,
        action="give_position",
        sign_request=said["sign_request"],
        cms=said["cms"],
        person=person,
        at=at,
    )
    with act_on(
        suit_id, action="give_position", person=person, at=at, version=said["version"], answered=good
    ) as s:
        act = use_signature(s, good, said.get("ip"))
        s.suit.position = act
        save_status(s.suit, "position")
        note(s, events.POSITION_GIVEN, act=str(act.pk))
        return s.suit


def prepare_response(
    suit_id: UUID,
    *,
    response_kk: str,
    response_ru: str,
    position_by: str = "",
    position_on: str = "",
    scan: str = "",
    **act: Unpack[PlainAct],
) -> Suit:
    """The response to the suit, for a head to sign.

    Where the suit came without a complaint before it, the reasoned position of the head of the superior body goes
    along: the one signed in the portal, or who signed it on paper, when, and its scan. Raises BadInput where it is
    missing.
    """
    said = {"position_by": position_by, "position_on": position_on, "scan": scan}
    with act_on(suit_id, action="prepare_response", **act) as s:
        suit = s.suit
        texts = {"response_kk": lines(response_kk), "response_ru": lines(response_ru)}
        faults: Faults = {
            name: [_("Write it in Kazakh and in Russian.")] for name, text in texts.items() if not text
        }
        position = _position(s, said, faults)
        refuse_faults(
            faults,
            _(
                "A response is written in both languages; to a suit without a complaint before it goes the reasoned "
                "position of the head of the superior body."
            ),
            _LAW,
        )
        require_same_said([("", texts, "response")])
        suit.prepare_response()
        return _prepared(s, RESPONSE, {**texts, **position})


def _position(s: SuitSituation, said: dict[str, str], faults: Faults) -> dict[str, Any]:
    """Whose position goes along: signed here, on paper with its scan, or none after a complaint."""
    position = s.suit.position
    if position is not None:
        assert position.signed_by is not None  # noqa: S101 -- a signed act has its signer
        assert position.act_date is not None  # noqa: S101 -- and its day
        return {
            "position_by": position.signed_by.full_name,
            "position_on": position.act_date.isoformat(),
            "position_number": position.number,
            "position_scan": "",
        }
    if s.suit.complained_first and not any(said.values()):
        return {"position_by": "", "position_on": "", "position_number": "", "position_scan": ""}
    return {
        "position_by": text_of_paper(said, "position_by", faults),
        "position_on": day_of_paper(said, "position_on", faults, not_after=s.today),
        "position_number": "",
        "position_scan": scan_of_paper(s.case.files.filter(deleted_at=None), said, faults),
    }


def record_court_act(
    suit_id: UUID,
    *,
    outcome: str,
    court: str,
    number: str,
    in_force_on: str,
    scan: str,
    **act: Unpack[PlainAct],
) -> Suit:
    """What the court did with the suit and since when that is in force; a head confirms it by the signature."""
    said = {"court": court, "in_force_on": in_force_on, "number": number, "scan": scan}
    with act_on(suit_id, action="record_court_act", **act) as s:
        faults: Faults = {}
        if outcome not in CourtOutcome.values:
            faults["outcome"] = [_("One of: {names}.").format(names=", ".join(CourtOutcome.values))]
        elif outcome == CourtOutcome.CANCELLED and s.suit.act is None:
            faults["outcome"] = [
                _("The suit contests no act that could be cancelled: choose another outcome.")
            ]
        content = {
            "court": text_of_paper(said, "court", faults),
            "in_force_on": day_of_paper(said, "in_force_on", faults, not_after=s.today),
            "number": text_of_paper(said, "number", faults, longest=60),
            "outcome": outcome,
            "scan": scan_of_paper(s.case.files.filter(deleted_at=None), said, faults),
        }
        if "in_force_on" not in faults and date.fromisoformat(content["in_force_on"]) < s.suit.received_on:
            faults["in_force_on"] = [_("The suit came later than that.")]
        refuse_faults(
            faults,
            _("A court act has its court, number, outcome, day in force and scan."),
            cite("APPC", "84, 100"),
        )
        s.suit.record_court_act()
        return _prepared(s, COURT_RECORD, content)


def _prepared(s: SuitSituation, kind: str, content: dict[str, Any]) -> Suit:
    act = acts.prepare_act(
        case=s.case, kind=kind, prepared_by=s.person, at=s.at, content=content, four_eyes=True
    )
    save_status(s.suit, "came_from", "prepared")
    note(s, events.PREPARED, act=str(act.pk), what=str(s.suit.prepared))
    return s.suit
