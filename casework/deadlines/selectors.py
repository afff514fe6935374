"""Reads: the calendar in force."""

from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.shipped import shipped_calendar


def current_calendar() -> WorkingCalendar:
    """The calendar in force."""
    return shipped_calendar()
