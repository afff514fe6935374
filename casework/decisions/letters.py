"""The shape of a letter that follows a fact of a case, and from when it is told."""

from dataclasses import dataclass
from datetime import datetime

from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar
from casework.decisions.models import HearingTime
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: to whom, its subject and text in both languages."""

    to: str
    subject_kk: str
    subject_ru: str
    text_kk: str
    text_ru: str


def told_from(fact: Fact, *, by_authority: bool) -> datetime:
    """What the authority did after hours is told from 09:00 of the day it bears (Rules 5, process.md People)."""
    if not by_authority:
        return fact.at
    calendar = current_calendar()
    in_hours = days.in_office_hours(fact.at) and calendar.is_working_day(almaty(fact.at).date())
    return fact.at if in_hours else days.effect_moment(fact.at, calendar)


def hearing_time_letter(to: str) -> Letter:
    """Rules 10, APPC 73: the time, the place and the link of an oral hearing; filled in by `hearing_time`."""
    return Letter(
        to,
        "тыңдау уақыты белгіленді",
        "назначено время заслушивания",
        "Ауызша тыңдау {when} (Астана уақыты бойынша) өтеді. {where_kk}{before_kk} (Қағидалардың 10-тармағы, ӘРПК 73-бабы).",
        "Устное заслушивание состоится {when} (время Астаны). {where_ru}{before_ru} (пункт 10 Правил, статья 73 АППК).",
    )


def hearing_time(fact: Fact) -> dict[str, str]:
    """When and where a hearing was set for by this fact, and which earlier time fell away by it."""
    told = {row.number: row for row in HearingTime.objects.filter(hearing=fact.payload["hearing"])}
    row = told[fact.payload["time"]]
    before = told.get(row.number - 1)
    gone = f"{almaty(before.planned_at):%d.%m.%Y %H:%M}" if before else ""
    return {
        "when": f"{almaty(row.planned_at):%d.%m.%Y %H:%M}–{almaty(row.planned_until):%H:%M}",
        "where_kk": _where("Орны", row.place_kk, "Бейнебайланыс сілтемесі", row.link),
        "where_ru": _where("Место", row.place_ru, "Ссылка на видеосвязь", row.link),
        "before_kk": f" Бұрын белгіленген уақыт ({gone}) күшін жойды." if before else "",
        "before_ru": f" Ранее назначенное время ({gone}) отменено." if before else "",
    }


def _where(place_label: str, place: str, link_label: str, link: str) -> str:
    said = [f"{place_label}: {place}." if place else "", f"{link_label}: {link}" if link else ""]
    return " ".join(part for part in said if part)
