"""Position and response are addressed to the court, the record of its act to the party; in both languages."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.models import Suit
from appeals.papers.base import body_authority
from appeals.selectors import OF_APPLICATIONS
from appeals.suits.papers.wording import w
from appeals.suits.permissions import SuitSituation
from appeals.suits.statuses import REOPENING, CourtOutcome
from applications import addresses
from casework.cases.models import Case
from casework.deadlines.selectors import current_calendar_act_day
from casework.decisions.models import Act, Cancellation
from casework.decisions.papers import (
    Draft,
    Language,
    Paper,
    authority,
    letter_number,
    party_addressee,
    signatory,
)
from casework.decisions.papers.attested import refuse_faults
from casework.decisions.papers.bilingual import require_same_said
from casework.documents.contexts import Addressee, LetterContext
from foundation.accounts.models import Person
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.plain_text import lines

RESPONSE, POSITION, COURT_RECORD = "court_response", "court_position", "court_act_record"


def draft_of(_action: str, s: SuitSituation, params: dict[str, Any]) -> Draft:
    """The reasoned position as the head of the superior body signs it; raises BadInput naming what is missing."""
    said = {name: lines(str(params.get(name, ""))) for name in ("position_kk", "position_ru")}
    refuse_faults(
        {name: [_("Write it in Kazakh and in Russian.")] for name, text in said.items() if not text},
        _("A position is reasoned, in both languages."),
        cite("Rules", 23),
    )
    require_same_said([("", said, "position")])
    act_date, number = current_calendar_act_day(s.at), letter_number(s.case, "МП")

    def context(language: Language) -> LetterContext:
        return LetterContext(
            authority=body_authority(s.superior),
            addressee=_court(s.suit),
            number=number,
            signatory=signatory(s.person, language),
            incoming_no=s.case.incoming_no or "",
            opening=w(
                "position.opening", language, suit=s.suit.number, contested=contested(s.suit, language)
            ),
            decision=(*_paragraphs(said[f"position_{language}"]), w("position.goes", language)),
        )

    return Draft(
        kind=POSITION,
        act_date=act_date,
        number=number,
        content=said,
        papers=(Paper(POSITION, number, act_date, context),),
        manifest={"suit": s.suit.number, "court": s.suit.court},
    )


def prepared_papers(suit: Suit, act: Act, *, head: Person, act_date: date, number: str) -> tuple[Paper, ...]:
    """The document of the prepared act as it would be signed by this head with this date and number."""
    said = act.content
    response = act.kind == RESPONSE

    def context(language: Language) -> LetterContext:
        common: dict[str, Any] = {
            "authority": authority(act_date),
            "number": number,
            "signatory": signatory(head, language),
            "incoming_no": suit.case.incoming_no or "",
        }
        if response:
            return LetterContext(
                **common,
                addressee=_court(suit),
                opening=w(
                    "response.opening",
                    language,
                    suit=suit.number,
                    received=_day(suit.received_on),
                    party=suit.case.party.name(language),
                    contested=contested(suit, language),
                ),
                decision=(
                    *_paragraphs(said[f"response_{language}"]),
                    *_goes_along(suit, said, language),
                ),
            )
        party = suit.case.party
        return LetterContext(
            **common,
            addressee=party_addressee(party, addresses.one_line(party.address, language), language),
            opening=w(
                "court_act.opening",
                language,
                suit=suit.number,
                court=suit.court,
                contested=contested(suit, language),
            ),
            decision=(
                w(
                    "court_act.in_force",
                    language,
                    court=said["court"],
                    act=said["number"],
                    in_force=_day(date.fromisoformat(said["in_force_on"])),
                ),
                w(effect_of(suit, said["outcome"]), language),
            ),
        )

    return (Paper(kind=act.kind, number=number, document_date=act_date, context=context),)


def contested(suit: Suit, language: Language) -> str:
    """What the suit contests, in words: the act with number and day, or the failure to act in a case."""
    if suit.act is not None and suit.act.act_date is not None:
        return w("contested.act", language, number=suit.act.number, dated=_day(suit.act.act_date))
    about = suit.about
    filed = about.registered_on or (almaty(about.received_at).date() if about.received_at else None)
    return w(
        f"contested.{suit.target}",
        language,
        number=about.incoming_no or about.draft_no,
        dated=_day(filed) if filed else "—",
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())


def _court(suit: Suit) -> Addressee:
    return Addressee(name=suit.court, address="", number="", is_entity=True)


def _goes_along(suit: Suit, said: dict[str, Any], language: Language) -> list[str]:
    about = suit.about
    found = [w("response.case", language, number=about.incoming_no or about.draft_no)]
    if said["position_by"]:
        code = "response.position_numbered" if said["position_number"] else "response.position"
        found.append(
            w(
                code,
                language,
                by=said["position_by"],
                dated=_day(date.fromisoformat(said["position_on"])),
                number=said["position_number"],
            )
        )
    if suit.act is not None:
        found.append(w("response.stands", language))
    return found


def effect_of(suit: Suit, outcome: str) -> str:
    """The sentence on what follows, by outcome, by what was contested, and by whether it had fallen before."""
    act = suit.act
    if act is None or outcome not in REOPENING:
        return f"effect.{outcome}"
    others = Cancellation.objects.filter(act=act).exclude(by_act__case=suit.case)
    if others.exists():
        return "effect.fell_before" if outcome == CourtOutcome.CANCELLED else f"effect.{outcome}"
    if act.kind in OF_APPLICATIONS:
        return f"effect.{outcome}_refusal"
    if outcome == CourtOutcome.CANCELLED and suit.about.kind == Case.Kind.PROCEEDING:
        return "effect.cancelled_order"
    return f"effect.{outcome}"


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
