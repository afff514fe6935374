"""A suit played by demo people through the services: demo data and tests."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from appeals.models import Suit
from appeals.suits import services
from appeals.suits.selectors import contestable
from appeals.suits.services.recording import Said
from sandbox.cast import key_of
from sandbox.eds import sign as sandbox_sign
from sandbox.papers import evidence_pdf
from sandbox.play import Play

COURT = "СМАС города Астаны"
POSITION = {
    "position_kk": "Бас тарту құжатта мекенжайдың болмауына негізделген және заңға сәйкес келеді.",
    "position_ru": "Отказ основан на отсутствии адреса в документе и соответствует закону.",
}
RESPONSE = {
    "response_kk": "Бас тарту заңды, талап негізсіз.",
    "response_ru": "Отказ законен, иск необоснован.",
}


class Suits:
    """Suits beside a play of applications and proceedings: the same people and clock."""

    def __init__(self, play: Play) -> None:
        self.play = play

    def said(self, about: UUID, at: datetime, **said: Any) -> Said:
        """A suit against the latest act of a case, or with `target` against its delay; received that day."""
        target = said.pop("target", "decision")
        values: dict[str, Any] = {
            "target": target,
            "act_id": contestable(about)[0].pk if target == "decision" else None,
            "court": COURT,
            "number": "7194-26-00-4/118",
            "received_on": date(at.year, at.month, at.day).isoformat(),
            "demands": "Признать отказ незаконным и отменить.",
            "complained_first": False,
        }
        return Said(**{**values, **said})

    def record(self, about: UUID, at: datetime, *, who: str = "executor", **said: Any) -> Suit:
        """The paper is taken into the case and the suit recorded."""
        person, told = self.play.people[who], self.said(about, at, **said)
        scan = services.take_scan(
            about, said=told, name="иск.pdf", stream=_paper("иск"), person=person, at=at
        )
        made = services.record_suit(about, said=told, scan=str(scan), person=person, at=at)
        self.play.tell(f"{at:%Y-%m-%d %H:%M} suit recorded: {made.case} (Rules 23)")
        return made

    def scan(self, suit_id: UUID, action: str, at: datetime, *, who: str = "executor") -> str:
        """A paper about the suit, attached by its executor."""
        person = self.play.people[who]
        name = {"prepare_response": "позиция", "record_court_act": "решение"}[action]
        stored = services.attach_scan(
            suit_id, action=action, name=f"{name}.pdf", stream=_paper(name), person=person, at=at
        )
        return str(stored)

    def give_position(self, suit_id: UUID, at: datetime, *, who: str = "superior") -> Suit:
        """The head of the superior body signs the reasoned position."""
        return self.signed(suit_id, "give_position", services.give_position, at, who=who, **POSITION)

    def prepare_response(self, suit_id: UUID, at: datetime, *, who: str = "executor", **said: Any) -> Suit:
        """The executor writes the response."""
        return services.prepare_response(
            suit_id, **{**RESPONSE, **said}, person=self.play.people[who], at=at, version=None
        )

    def record_court_act(
        self, suit_id: UUID, at: datetime, outcome: str, *, in_force_on: str, who: str = "executor"
    ) -> Suit:
        """What the court decided, with its scan."""
        return services.record_court_act(
            suit_id,
            outcome=outcome,
            court=COURT,
            number="7194-26-00-4/118",
            in_force_on=in_force_on,
            scan=self.scan(suit_id, "record_court_act", at, who=who),
            person=self.play.people[who],
            at=at,
            version=None,
        )

    def open_and_sign(self, suit_id: UUID, at: datetime, *, who: str = "head") -> Suit:
        """Open what was prepared, look, sign."""
        services.open_signing(suit_id, person=self.play.people[who], at=at, version=None)
        return self.signed(suit_id, "sign", services.sign, at, who=who)

    def signed(
        self,
        suit_id: UUID,
        action: str,
        service: Callable[..., Suit],
        at: datetime,
        *,
        who: str,
        **params: Any,
    ) -> Suit:
        """Ask for the bytes, sign them with the person's sandbox key, send the CMS."""
        person = self.play.people[who]
        request = services.request_signature(suit_id, action=action, params=params, person=person, at=at)
        cms = sandbox_sign(key_of(who), bytes(request.manifest), at=at)
        service(suit_id, sign_request=request.pk, cms=cms, person=person, at=at, version=None)
        return services.load(suit_id)


def _paper(name: str) -> io.BytesIO:
    return io.BytesIO(evidence_pdf("I-1", name))
