"""Moments of a play: so many working days before or after today, at an hour of the office."""

from datetime import date, datetime, time

from casework.deadlines.selectors import current_calendar
from foundation.kernel.clock import ALMATY


def working_day(today: date, offset: int) -> date:
    """The working day `offset` working days from today; 0 is today or the last working day before it."""
    calendar = current_calendar()
    day = today
    while not calendar.is_working_day(day):
        day = date.fromordinal(day.toordinal() - 1)
    step = 1 if offset > 0 else -1
    for _turn in range(abs(offset)):
        day = date.fromordinal(day.toordinal() + step)
        while not calendar.is_working_day(day):
            day = date.fromordinal(day.toordinal() + step)
    return day


def moment(today: date, offset: int, clock: str) -> datetime:
    """`clock` as HH:MM of that working day, in Almaty."""
    return datetime.combine(working_day(today, offset), time.fromisoformat(clock), tzinfo=ALMATY)
