"""Rules 10, APPC 73(3), Annex 3/8: when a hearing may be held. No Django, no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.rules.days import ALMATY
from casework.deadlines.rules.days import to_almaty as almaty

LENGTH = timedelta(minutes=30)
LONGEST = timedelta(hours=3)
LEAD = timedelta(hours=2)  # of office time between being told and being heard (Rules 10; decided)
_HALVES = ((time(9), time(13)), (time(14, 30), time(18, 30)))


@dataclass(frozen=True, slots=True)
class Limits:
    """From now until the last day for hearings.

    `morning` is notice + 3, of which only the morning may be used; None for whoever asked in time for notice + 2.
    """

    not_before: datetime
    last: date
    morning: date | None


@dataclass(frozen=True, slots=True)
class Span:
    """A time that is taken, or may be."""

    start: datetime
    end: datetime

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def in_office(span: Span, calendar: WorkingCalendar) -> bool:
    """Annex 3/8: wholly inside one half of a working day, never over the lunch break."""
    start, end = almaty(span.start), almaty(span.end)
    if start.date() != end.date() or not calendar.is_working_day(start.date()):
        return False
    return any(opens <= start.time() < end.time() <= closes for opens, closes in _HALVES)


def inside(span: Span, limits: Limits) -> bool:
    """Rules 10, APPC 73(3): until notice + 2; asked for too late for that, on the morning of notice + 3."""
    start, end = almaty(span.start), almaty(span.end)
    if start < limits.not_before:
        return False
    return start.date() <= limits.last or (
        start.date() == limits.morning and end.time() <= _HALVES[0][1] and end.date() == limits.morning
    )


def limits(
    *,
    now: datetime,
    asked_at: datetime | None,
    last: date,
    morning: date,
    calendar: WorkingCalendar,
    lead: timedelta = LEAD,
) -> Limits:
    """Rules 10: until notice + 2. APPC 73(3): asked for when no time of those days was left, the morning after it.

    `lead`: office time from now to the earliest start; of those days as much again is the officer's to set the time.
    """
    in_time = Limits(not_before=after(asked_at or now, lead * 2, calendar), last=last, morning=None)
    left = asked_at is None or any(True for _span in possible(in_time, calendar))
    return Limits(not_before=after(now, lead, calendar), last=last, morning=None if left else morning)


def after(start: datetime, lead: timedelta, calendar: WorkingCalendar) -> datetime:
    """Rules 10, Annex 3/8: the moment when so much office time has passed; nights, lunch and days off do not count."""
    moment, day = almaty(start), almaty(start).date()
    if not lead:
        return moment
    while True:
        for opens, closes in _HALVES if calendar.is_working_day(day) else ():
            begins = max(moment, datetime.combine(day, opens, ALMATY))
            passes = datetime.combine(day, closes, ALMATY) - begins
            if passes >= lead:
                return begins + lead
            lead -= max(passes, timedelta())
        day += timedelta(days=1)


def possible(limits: Limits, calendar: WorkingCalendar, length: timedelta = LENGTH) -> Iterator[Span]:
    """Every span of the office's grid inside the limits, in order (Rules 10, APPC 73(3), Annex 3/8)."""
    day = almaty(limits.not_before).date()
    while day <= max(limits.last, limits.morning or limits.last):
        for opens, closes in _HALVES:
            start = datetime.combine(day, opens, ALMATY)
            while start + length <= datetime.combine(day, closes, ALMATY):
                span = Span(start, start + length)
                if in_office(span, calendar) and inside(span, limits):
                    yield span
                start += LENGTH
        day += timedelta(days=1)


def mornings(day: date, calendar: WorkingCalendar) -> Iterator[Span]:
    """The spans of one morning: what is kept free for an oral hearing asked for at the last moment (APPC 73(3))."""
    start, closes = (datetime.combine(day, moment, ALMATY) for moment in _HALVES[0])
    while start + LENGTH <= closes:
        if in_office(Span(start, start + LENGTH), calendar):
            yield Span(start, start + LENGTH)
        start += LENGTH


def is_free(span: Span, taken: Iterable[Span]) -> bool:
    """Whether nothing taken meets it."""
    return not any(span.meets(other) for other in taken)
