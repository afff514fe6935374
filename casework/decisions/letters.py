"""The shape of a letter that follows a fact of a case, and from when it is told."""

from dataclasses import dataclass
from datetime import datetime

from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar
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
