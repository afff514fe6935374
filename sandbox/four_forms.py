"""What each form needs before it can be played: a host, a licence to add to or to re-issue; and how long it then takes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from applications.models import Application
from foundation.kernel.clock import legal_time
from licenses.models import Licence
from licenses.selectors import living_licence
from sandbox.moments import moment, working_day
from sandbox.play import CENTRES, Play

WHO = {"1": "aigerim", "2": "dana", "9": "aigerim", "10": "dana"}
LEFT_OUT = {"1": "I-2", "2": "II-1", "9": "R-1", "10": "R-1"}
NAMES = {
    "9": {"name_kk": "«Сандбокс Дата Майнинг» ЖШС", "name_ru": "ТОО «Сандбокс Дата Майнинг»"},
    "10": {"name_kk": "ЖК Тестов Дана", "name_ru": "ИП Тестов Дана"},
}


@dataclass(frozen=True, slots=True)
class Days:
    """Working days from today of each step; a re-issue has two days in all (Rules 15)."""

    filed: int = -6
    accepted: int = -5
    found: int = -4
    prepared: int = -3
    signed: int = -2


PACE = {"1": Days(), "2": Days(), "9": Days(-3, -2, -2, -2, -1), "10": Days(-3, -2, -2, -2, -1)}
EARLIER = Days(-12, -11, -10, -9, -8)
EARLIEST = Days(-18, -17, -16, -15, -14)


def drafted(play: Play, form: str, at: datetime, **said: Any) -> Application:
    """A complete draft of a form, with what it rests on already in the register."""
    today, who = at.date(), said.pop("who", WHO[form])
    if form == "1":
        return play.draft(at, who=who, **said)
    if form == "2":
        return play.draft(at, who=who, form="2", centres=(play.hosted_by(held(play, "I", today)),), **said)
    licence = held(play, "I" if form == "9" else "II", today)
    grounds = [{"code": f"{form}.1", "changed_on": working_day(today, -1).isoformat(), **NAMES[form]}]
    return play.draft(
        at,
        who=who,
        form=form,
        centres=(),
        target_licence=licence.number,
        targets=["licence"],
        grounds=grounds,
        **said,
    )


def held(play: Play, sub_kind: str, today: date) -> Licence:
    """A licence in force of the demo's applicant; played beforehand where there is none yet."""
    form, who = ("1", "aigerim") if sub_kind == "I" else ("2", "dana")
    party = play.people[who].representations.get().party_id
    for licence in Licence.objects.filter(party_id=party, sub_kind=sub_kind).order_by("-first_issued_on"):
        living = living_licence(licence.number, today)
        if living is not None and not living.suspended:
            return licence
    days = EARLIEST if sub_kind == "I" else EARLIER
    start = moment(today, days.filed, "10:00")
    with legal_time(start):
        draft = drafted(play, form, start, **({"centres": CENTRES[:1]} if form == "1" else {}))
        play.attach(draft, start, who=who)
        play.file(draft.pk, moment(today, days.filed, "11:00"), who=who)
        play.deliver()
    decide(play, draft.pk, today, days)
    return Licence.objects.get(case_id=draft.pk)


def played(play: Play, today: date, form: str, outcome: str) -> UUID:
    """A case of a form from the draft to the licence, or to the refusal of further consideration (Rules 7)."""
    days, who = PACE[form], WHO[form]
    start = moment(today, days.filed, "10:00")
    with legal_time(start):
        draft = drafted(play, form, start)
        leave_out = (LEFT_OUT[form],) if outcome == "return" else ()
        play.attach(draft, moment(today, days.filed, "10:20"), who=who, leave_out=leave_out)
        play.file(draft.pk, moment(today, days.filed, "11:00"), who=who)
        play.deliver()
    case: UUID = draft.pk
    if outcome == "return":
        play.assign(case, moment(today, days.filed, "12:00"))
        play.refuse_further(case, moment(today, days.accepted, "10:00"))
    else:
        decide(play, case, today, days)
    return case


def decide(play: Play, case: UUID, today: date, days: Days) -> None:
    """From the assignment to the signature."""
    play.assign(case, moment(today, days.filed, "12:00"))
    play.accept(case, moment(today, days.accepted, "10:00"))
    play.find(case, moment(today, days.found, "11:00"))
    play.prepare_issue(case, moment(today, days.prepared, "15:00"))
    play.open_signing(case, moment(today, days.signed, "10:00"))
    play.sign(case, moment(today, days.signed, "10:04"))
