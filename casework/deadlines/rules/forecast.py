"""Which open cases are expected to pass their service term (Annex 3/4): pure arithmetic on dates, shown per case.

A case is expected to end as many working days after its registration as its officer usually needs, but not before
today; it is expected to breach when that day lies after the last day of its term.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import median
from uuid import UUID

from casework.deadlines.calendar import WorkingCalendar

HORIZON = 15  # working days ahead
LAST_CASES = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """Working days from registration to the end: the median of `cases` last ones, rounded up to a whole day."""

    days: int
    cases: int
    of_body: bool = False  # the officer closed none yet

    def with_officers(self, now: int, then: int) -> "Pace":
        """The same work on more or fewer shoulders."""
        return Pace(ceil(self.days * now / then), self.cases, self.of_body)


@dataclass(frozen=True, slots=True)
class Pending:
    """An open case with its service term."""

    case_id: UUID
    officer_id: UUID | None
    track: str
    start: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Expected:
    """The working of one case: `start` + `pace` working days = `ends_on`, against `due_on`."""

    case: Pending
    pace: Pace
    ends_on: date

    @property
    def breach(self) -> bool:
        return self.ends_on > self.case.due_on


def pace_of(own: Iterable[int], of_body: Iterable[int]) -> Pace | None:
    """The officer's last cases, else the body's; None while nobody has closed any."""
    for days, is_body in ((list(own), False), (list(of_body), True)):
        if days:
            last = days[:LAST_CASES]
            return Pace(ceil(median(last)), len(last), is_body)
    return None


def expect(case: Pending, pace: Pace, today: date, calendar: WorkingCalendar) -> Expected:
    """When a case is expected to end."""
    ends_on = calendar.add_working_days(case.start, pace.days)
    return Expected(case, pace, max(ends_on, calendar.on_or_after(today)))


def horizon(today: date, calendar: WorkingCalendar) -> date:
    """The last day that a forecast looks at."""
    return calendar.add_working_days(today, HORIZON)
