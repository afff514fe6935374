"""Working days of Kazakhstan (calendar.md): holidays by law, by year, and the dated exceptions of acts.

`KazakhstanCalendar` corrects workalendar's rules; `WorkingCalendar` compiles it once, with the exceptions
of one revision, into tables where every question about a day costs one look-up. No Django here.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from workalendar.asia import Kazakhstan
from workalendar.core import SAT, SUN

FIRST_YEAR, LAST_YEAR = 2020, 2040
DAY = timedelta(days=1)
NEIGHBOUR = timedelta(days=15)

# Law on holidays, art. 4 and 5, as amended: (code, month, day, first year, last year).
FIXED_HOLIDAYS: tuple[tuple[str, int, int, int, int], ...] = (
    ("new_year", 1, 1, 0, 9999),
    ("new_year", 1, 2, 0, 9999),
    ("womens_day", 3, 8, 0, 9999),
    ("constitution_day", 3, 15, 2027, 9999),
    ("nauryz", 3, 21, 0, 9999),
    ("nauryz", 3, 22, 0, 9999),
    ("nauryz", 3, 23, 0, 9999),
    ("unity_day", 5, 1, 0, 9999),
    ("defender_day", 5, 7, 2013, 9999),
    ("victory_day", 5, 9, 0, 9999),
    ("capital_day", 7, 6, 0, 9999),
    ("constitution_day", 8, 30, 0, 2025),
    ("republic_day", 10, 25, 2022, 9999),
    ("first_president_day", 12, 1, 2013, 2021),
    ("independence_day", 12, 16, 0, 9999),
    ("independence_day", 12, 17, 0, 2021),
)
CHRISTMAS, KURBAN_AIT = "christmas", "kurban_ait"  # days off, never moved (Labour Code, art. 84(5))

# First day of Kurban-ait where the base's tabular conversion is a day late; provisional until announced.
EXPECTED_KURBAN_AIT = frozenset(
    date.fromisoformat(day)
    for day in (
        "2022-07-09",
        "2023-06-28",
        "2024-06-16",
        "2025-06-06",
        "2027-05-16",
        "2030-04-13",
        "2031-04-02",
        "2033-03-11",
        "2036-02-07",
        "2037-01-26",
        "2038-01-16",
        "2039-01-05",
        "2040-12-14",
    )
)


class DayKind(StrEnum):
    """Why a day is what it is."""

    WORKING = "working"
    WORKED_BY_ACT = "worked_by_act"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SUBSTITUTE = "substitute"
    DAY_OFF = "day_off"
    OFF_BY_ACT = "off_by_act"


class ExceptionKind(StrEnum):
    """What an act may say of one date; `kurban_ait` replaces the computed day of its year."""

    DAY_OFF = "day_off"
    WORKING_DAY = "working_day"
    KURBAN_AIT = "kurban_ait"


@dataclass(frozen=True, slots=True)
class DatedException:
    """One date on which an act overrides the rules; the act is named in both languages of the order."""

    day: date
    kind: ExceptionKind
    act_ru: str = ""
    act_kk: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day counts or not: kind, the holiday's code, the day it stands in for, and the act."""

    kind: DayKind
    holiday: str = ""
    instead_of: date | None = None
    act_ru: str = ""
    act_kk: str = ""
    provisional: bool = False

    @property
    def working(self) -> bool:
        return self.kind in (DayKind.WORKING, DayKind.WORKED_BY_ACT)


PLAIN_WORKING, PLAIN_WEEKEND = Reason(DayKind.WORKING), Reason(DayKind.WEEKEND)


class OutsideCalendarError(ValueError):
    """A date that the calendar does not cover: an answer would be a guess."""

    def __init__(self, day: object) -> None:
        super().__init__(f"{day}: the calendar of working days covers {FIRST_YEAR}-{LAST_YEAR}")


class KazakhstanCalendar(Kazakhstan):  # type: ignore[misc]  # workalendar has no types
    """workalendar's Kazakhstan with our corrections: holidays by year, substitution, acts, Kurban-ait.

    By itself the base is wrong on 7-11 days of every year 2023-2027. What it answers here through its own
    methods (`holidays`, `is_working_day`, `add_working_days`) agrees with the compiled table.
    """

    # weekends and the conversion of the Islamic year stay the base's own
    WEEKEND_DAYS = (SAT, SUN)

    def __init__(self, exceptions: Iterable[DatedException] = ()) -> None:
        super().__init__()
        self._exceptions = {item.day: item for item in exceptions}
        self._announced = {
            day: item for day, item in self._exceptions.items() if item.kind is ExceptionKind.KURBAN_AIT
        }
        self._reasons: dict[int, dict[date, Reason]] = {}

    def get_fixed_holidays(self, year: int) -> list[tuple[date, str]]:
        """Christmas by the base's switch (from 2007); the rest by our table of years."""
        christmas = [
            (day, CHRISTMAS)
            for day, _label in super().get_fixed_holidays(year)
            if (day.month, day.day) == (1, 7)
        ]
        own = [
            (date(year, month, day), code)
            for code, month, day, first, last in FIXED_HOLIDAYS
            if first <= year <= last
        ]
        return sorted(christmas + own)

    def get_variable_days(self, year: int) -> list[tuple[date, str]]:
        """First day of Kurban-ait: as announced; until then as the base computes, or a day earlier."""
        with warnings.catch_warnings():
            # the base warns that the date is a computation: that is why it is marked provisional
            warnings.simplefilter("ignore", UserWarning)
            computed = [day for day, _label in super().get_variable_days(year)]
        expected = [day - DAY if day - DAY in EXPECTED_KURBAN_AIT else day for day in computed]
        # 2039 has two: an announced day replaces its neighbour only
        kept = [day for day in expected if all(abs(day - other) > NEIGHBOUR for other in self._announced)]
        announced = [day for day in self._announced if day.year == year]
        return [(day, KURBAN_AIT) for day in sorted(kept + announced)]

    def get_calendar_holidays(self, year: int) -> list[tuple[date, str]]:
        """Every day off that is not a plain weekend, for the base's own methods."""
        return [
            (day, reason.holiday or reason.kind.value)
            for day, reason in sorted(self.reasons(year).items())
            if not reason.working and reason.kind is not DayKind.WEEKEND
        ]

    def is_working_day(self, day: date, *args: Any, **kwargs: Any) -> bool:
        """A Saturday or Sunday that an act makes a working day is one."""
        reason = self.reasons(day.year).get(day)
        if reason is not None and reason.kind is DayKind.WORKED_BY_ACT:
            return True
        return bool(super().is_working_day(day, *args, **kwargs))

    def reasons(self, year: int) -> Mapping[date, Reason]:
        """Every special day of a year; a day that is absent is a plain working day or a plain weekend."""
        if year not in self._reasons:
            self._reasons[year] = self._compute(year)
        return self._reasons[year]

    def _compute(self, year: int) -> dict[date, Reason]:
        fixed = self.get_fixed_holidays(year)
        special: dict[date, Reason] = {}
        for day, _code in self.get_variable_days(year):
            special[day] = self._kurban_ait(day)
        for day, code in fixed:
            kind = DayKind.DAY_OFF if code == CHRISTMAS else DayKind.HOLIDAY
            special[day] = Reason(kind, holiday=code)
        acts = self._acts(year)
        # a worked day is dropped from the table of days off only after substitution: the act speaks last
        taken = special | {day: reason for day, reason in acts.items() if not reason.working}
        for day, code in fixed:
            if code != CHRISTMAS and day.weekday() in self.WEEKEND_DAYS:
                substitute = self._next_free(day, taken)
                taken[substitute] = special[substitute] = Reason(DayKind.SUBSTITUTE, code, instead_of=day)
        return special | acts

    def _kurban_ait(self, day: date) -> Reason:
        announced = self._announced.get(day)
        if announced is None:
            return Reason(DayKind.DAY_OFF, KURBAN_AIT, provisional=True)
        return Reason(DayKind.DAY_OFF, KURBAN_AIT, act_ru=announced.act_ru, act_kk=announced.act_kk)

    def _acts(self, year: int) -> dict[date, Reason]:
        kinds = {ExceptionKind.DAY_OFF: DayKind.OFF_BY_ACT, ExceptionKind.WORKING_DAY: DayKind.WORKED_BY_ACT}
        return {
            day: Reason(kinds[item.kind], act_ru=item.act_ru, act_kk=item.act_kk)
            for day, item in self._exceptions.items()
            if day.year == year and item.kind in kinds
        }

    def _next_free(self, day: date, taken: Mapping[date, Reason]) -> date:
        """Law on holidays, art. 5: a holiday on a day off makes the next working day off."""
        candidate = day + DAY
        while candidate.weekday() in self.WEEKEND_DAYS or candidate in taken:
            candidate += DAY
        return candidate


class WorkingCalendar:
    """An immutable calendar of one revision: prefix tables over 2020-2040, each answer one look-up.

    `upto[day]` counts the working days up to that day inclusive; `days[k]` is the k-th one.
    """

    __slots__ = ("_days", "_special", "_upto", "revision")

    revision: int

    def __init__(self, revision: int = 0, exceptions: Iterable[DatedException] = ()) -> None:
        source = KazakhstanCalendar(exceptions)
        upto: dict[date, int] = {}
        days: list[date] = []
        special: dict[date, Reason] = {}
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            reasons = source.reasons(year)
            special.update(reasons)
            for day in days_between(date(year, 1, 1), date(year, 12, 31)):
                reason = reasons.get(day)
                if reason.working if reason else day.weekday() not in source.WEEKEND_DAYS:
                    days.append(day)
                upto[day] = len(days)
        self.revision = revision
        self._upto, self._days, self._special = upto, tuple(days), special

    def is_working_day(self, day: date) -> bool:
        reason = self._special.get(day)
        if reason is not None:
            return reason.working
        self._position(day)
        return bool(day.weekday() < SAT)

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after a date, before it if n < 0; n = 0: the date or the next working day."""
        try:
            position = self._upto[day]
            if n > 0:
                return self._days[position + n - 1]
            return self._backward(day, position, n)
        except (KeyError, IndexError):
            raise OutsideCalendarError(day) from None

    def _backward(self, day: date, position: int, n: int) -> date:
        if position and self._days[position - 1] == day:
            position -= 1  # working days strictly before the date
        if position + n < 0:
            raise OutsideCalendarError(day)
        return self._days[position + n]

    def next_working_day(self, day: date) -> date:
        return self.add_working_days(day, 1)

    def on_or_after(self, day: date) -> date:
        return self.add_working_days(day, 0)

    def working_days_between(self, after: date, until: date) -> int:
        """Working days d with after < d <= until; negative when `until` is earlier."""
        return self._position(until) - self._position(after)

    def why(self, day: date) -> Reason:
        """What this day is, with the act."""
        self._position(day)
        reason = self._special.get(day)
        if reason is not None:
            return reason
        return PLAIN_WORKING if day.weekday() < SAT else PLAIN_WEEKEND

    def working_days_of_month(self, year: int, month: int) -> int:
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        return self._position(following - DAY) - self._position(first) + self.is_working_day(first)

    def provisional_years(self) -> list[int]:
        """Years whose Kurban-ait is computed, not announced: their dates may still move."""
        return sorted({day.year for day, reason in self._special.items() if reason.provisional})

    def _position(self, day: date) -> int:
        try:
            return self._upto[day]
        except KeyError:
            raise OutsideCalendarError(day) from None


def days_between(first: date, last: date) -> Iterator[date]:
    """Every date from first to last, both included."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)
