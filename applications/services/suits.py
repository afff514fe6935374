"""Suits against the act that ended a case, and the response to the court (Rules 23).

A suit by itself stays nothing and reopens nothing: the act stands until a court act on it is in force
(`record_court_act`). A complaint on the same matter may be left without consideration meanwhile (APPC 95).
"""

from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications import events
from applications.models import Application, Suit
from applications.papers.reconsidering import RESPONSE
from applications.services.acting import act_on, note, save_status
from applications.services.reconsidering import prepare
from applications.services.reopening import ending_act
from casework.decisions.papers.attested import (
    Faults,
    day_of_paper,
    refuse_faults,
    scan_of_paper,
    text_of_paper,
)
from casework.decisions.papers.bilingual import require_same_said
from casework.decisions.services.course import PlainAct
from foundation.kernel.citations import cite
from foundation.kernel.plain_text import lines

_LAW = cite("Rules", 23)


def record_suit(
    application_id: UUID,
    *,
    court: str,
    number: str,
    received_on: str,
    demands: str,
    complained_first: bool,
    scan: str,
    **act: Unpack[PlainAct],
) -> Application:
    """Which suit came, from which court, against the act that ended the case; raises BadInput by field."""
    said = {"court": court, "demands": demands, "number": number, "received_on": received_on, "scan": scan}
    with act_on(application_id, action="record_suit", **act) as s:
        faults: Faults = {}
        found = {
            "court": text_of_paper(said, "court", faults),
            "number": text_of_paper(said, "number", faults, longest=60),
            "demands": text_of_paper(said, "demands", faults, longest=5000),
        }
        day = day_of_paper(said, "received_on", faults, not_after=s.today)
        stored = scan_of_paper(s.case.files.filter(deleted_at=None), said, faults)
        if s.case.suits.filter(court=found["court"], number=found["number"]).exists():
            faults["number"] = [_("This suit is recorded already.")]
        refuse_faults(faults, _("A suit has its court, number, demands, day received and scan."), _LAW)
        suit = Suit.objects.create(
            case=s.case,
            act=ending_act(s.application),
            received_on=date.fromisoformat(day),
            complained_first=complained_first,
            scan_id=UUID(stored),
            recorded_by=s.person,
            recorded_at=s.at,
            **found,
        )
        save_status(s.application)
        note(
            s, events.SUIT_RECORDED, suit=suit.pk, court=suit.court, number=suit.number, act=str(suit.act_id)
        )
        return s.application


def prepare_response(
    application_id: UUID,
    *,
    response_kk: str,
    response_ru: str,
    position_by: str = "",
    position_on: str = "",
    scan: str = "",
    **act: Unpack[PlainAct],
) -> Application:
    """The response to the oldest unanswered suit, for a head to sign.

    Where the suit came without a complaint before it, the reasoned position of the head of the superior body goes
    along: who signed it, when, and its scan. Raises BadInput where it is missing.
    """
    said = {"position_by": position_by, "position_on": position_on, "scan": scan}
    with act_on(application_id, action="prepare_response", **act) as s:
        suit = s.case.suits.filter(response=None).select_related("act").first()
        assert suit is not None  # noqa: S101 -- the guard has looked
        texts = {"response_kk": lines(response_kk), "response_ru": lines(response_ru)}
        faults: Faults = {
            name: [_("Write it in Kazakh and in Russian.")] for name, text in texts.items() if not text
        }
        content: dict[str, Any] = {"position_by": "", "position_on": "", "position_scan": ""}
        if not suit.complained_first or any(said.values()):
            content = {
                "position_by": text_of_paper(said, "position_by", faults),
                "position_on": day_of_paper(said, "position_on", faults, not_after=s.today),
                "position_scan": scan_of_paper(s.case.files.filter(deleted_at=None), said, faults),
            }
        refuse_faults(
            faults,
            _(
                "A response is written in both languages; to a suit without a complaint before it goes the reasoned "
                "position of the head of the superior body."
            ),
            _LAW,
        )
        require_same_said([("", texts, "response")])
        content |= {
            **texts,
            "suit": suit.pk,
            "court": suit.court,
            "number": suit.number,
            "received_on": suit.received_on.isoformat(),
            "contested": suit.act.number,
        }
        return prepare(s, RESPONSE, content)
