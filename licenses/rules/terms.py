"""Term of the licence, the day an act bears, the end of a suspension (DA 9, Rules 5)."""

import calendar
from datetime import date, datetime, time, timedelta, tzinfo

YEARS_IN_FORCE = 3
OFFICE_OPENS = time(9)
_FEBRUARY, _LEAP_DAY = 2, 29


def expiry(issued_on: date) -> date:
    """DA 9(1): the same day three years later, inclusive; 29 February → 28 February; no day off moves it."""
    if (issued_on.month, issued_on.day) == (_FEBRUARY, _LEAP_DAY):
        return date(issued_on.year + YEARS_IN_FORCE, 2, 28)
    return issued_on.replace(year=issued_on.year + YEARS_IN_FORCE)


def suspension_end(first_day: date, months: int) -> date:
    """DA 9(4): the same day of the last month, or that month's last day; never counted in days."""
    years, month = divmod(first_day.month - 1 + months, 12)
    year, month = first_day.year + years, month + 1
    return date(year, month, min(first_day.day, calendar.monthrange(year, month)[1]))


def public_from(signed_at: datetime, bears: date) -> datetime:
    """Rules 5: what is signed after hours is shown from 09:00 of the day it bears, everything else at once."""
    if signed_at.date() >= bears:
        return signed_at
    return opening(bears, signed_at.tzinfo)


def opening(day: date, zone: tzinfo | None) -> datetime:
    """09:00 of a day."""
    return datetime.combine(day, OFFICE_OPENS, zone)


def day_after(day: date) -> date:
    """The next calendar day."""
    return day + timedelta(days=1)


REMINDERS = (60, 30, 7)  # days before the last day, the longest first (process.md, Licence and annexes)


def reminder_due(expires_on: date, today: date) -> int:
    """DA 9(1): which reminder of the last day has come: the latest whose day is reached."""
    return min(days for days in REMINDERS if (expires_on - today).days <= days)


def ends_soon(expires_on: date, today: date) -> bool:
    """DA 9(1): reminded of the last day, which is not extended: a new application is offered."""
    return (expires_on - today).days <= REMINDERS[0]
