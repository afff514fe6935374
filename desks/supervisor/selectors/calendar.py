"""The working-day calendar as the back office shows it: months against the official balance, exceptions, what moves."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, QuerySet

from casework.deadlines import rules
from casework.deadlines import selectors as deadlines
from casework.deadlines.balance import OFFICIAL, PROVISIONAL
from casework.deadlines.calendar import LAST_YEAR, WorkingCalendar
from casework.deadlines.models import CalendarException, Outage
from casework.deadlines.services import Move, moves_by
from casework.deadlines.wording import term_name

MONTHS = tuple(range(1, 13))


@dataclass(frozen=True, slots=True)
class MonthDays:
    """Working days of a month by our calendar and by the official balance (None: not published)."""

    month: int
    counted: int
    official: int | None

    @property
    def differs(self) -> bool:
        return self.official is not None and self.official != self.counted


@dataclass(frozen=True, slots=True)
class Year:
    """One line of the balance."""

    number: int
    months: tuple[MonthDays, ...]
    provisional: bool

    @property
    def counted(self) -> int:
        return sum(month.counted for month in self.months)

    @property
    def official(self) -> int | None:
        figures = OFFICIAL.get(self.number)
        return sum(figures) if figures else None

    @property
    def differs(self) -> bool:
        return any(month.differs for month in self.months)


@dataclass(frozen=True, slots=True)
class MovedTerms:
    """Open terms of one kind that an exception would move, and by how many calendar days."""

    name: str
    start: date
    old: date
    new: date
    count: int

    @property
    def days(self) -> int:
        return (self.new - self.old).days


def years(at: datetime) -> tuple[Year, ...]:
    """Every year with a published balance, up to next year at least."""
    calendar, this_year = deadlines.current_calendar(), rules.to_almaty(at).year
    computed = set(calendar.provisional_years())
    wanted = sorted({*OFFICIAL, this_year, min(this_year + 1, LAST_YEAR)})
    return tuple(_year(number, calendar, number in computed or number in PROVISIONAL) for number in wanted)


def _year(number: int, calendar: WorkingCalendar, provisional: bool) -> Year:
    figures = OFFICIAL.get(number)
    months = tuple(
        MonthDays(
            month, calendar.working_days_of_month(number, month), figures[month - 1] if figures else None
        )
        for month in MONTHS
    )
    return Year(number, months, provisional)


def exceptions(year: int | None = None) -> QuerySet[CalendarException]:
    """What acts say of dates: what waits for confirmation first, then by revision, the latest first."""
    rows = CalendarException.objects.select_related("entered_by", "confirmed_by")
    if year is not None:
        rows = rows.filter(day__year=year)
    return rows.order_by(F("revision").desc(nulls_first=True), "-day", "-pk")


def moved_terms(exception: CalendarException, at: datetime) -> list[MovedTerms]:
    """Before confirmation: which open terms would move, from when to when."""
    return [_moved(move) for move in moves_by(exception, at)]


def _moved(move: Move) -> MovedTerms:
    return MovedTerms(term_name(move.code), move.start, move.old_due_on, move.new_due_on, move.count)


def outages() -> QuerySet[Outage]:
    """The latest first, with who said so."""
    return Outage.objects.select_related("recorded_by", "confirmed_by").order_by("-began_at", "-pk")
