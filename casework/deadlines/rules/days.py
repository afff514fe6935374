"""The day a moment belongs to: the receipt rule, the evening rule (Rules 5, 6, 13; APPC 64(3); Annex 3/8)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casework.deadlines.calendar import WorkingCalendar

ALMATY = ZoneInfo("Asia/Almaty")
OFFICE_OPENS = time(9, 0)  # Annex 3/8
OFFICE_CLOSES = time(18, 30)  # Annex 3/8
_AFTER_OFFICE = time(18, 30, 1)  # 18:30:00 and its fractions are still in time


class NaiveMomentError(ValueError):
    """A moment without a time zone has no legal meaning: it may be any of 24 days' ends."""

    def __init__(self) -> None:
        super().__init__("A moment without a time zone has no legal meaning: add the offset, e.g. +05:00.")


def to_almaty(moment: datetime) -> datetime:
    """The same moment on the wall clock of Almaty (UTC+6 until 2024-02-29 24:00, UTC+5 after)."""
    if moment.tzinfo is None:
        raise NaiveMomentError
    return moment.astimezone(ALMATY)


def whole_seconds(moment: datetime) -> datetime:
    """Moments are cut, never rounded, to whole seconds (calendar.md)."""
    return moment.replace(microsecond=0)


def in_office_hours(local: datetime) -> bool:
    """Annex 3/8: up to 18:30:00, cut to whole seconds; the early morning counts to the same day."""
    return local.time() < _AFTER_OFFICE


def registration_day(received_at: datetime, calendar: WorkingCalendar) -> date:
    """Rules 5, 6, 13; APPC 64(3): received on a working day up to 18:30:00, that day; else the next one.

    Night and lunch change nothing; a working Saturday or Sunday is a working day.
    """
    local = to_almaty(received_at)
    day = local.date()
    if in_office_hours(local):
        return calendar.on_or_after(day)
    return calendar.next_working_day(day)


def registration_moment(received_at: datetime, calendar: WorkingCalendar) -> datetime:
    """Rules 5, 6: in time, the moment of receipt itself; otherwise 09:00 of the next working day."""
    local = whole_seconds(to_almaty(received_at))
    day = registration_day(local, calendar)
    if day == local.date():
        return local
    return datetime.combine(day, OFFICE_OPENS, ALMATY)


def act_day(at: datetime, calendar: WorkingCalendar) -> date:
    """Rules 5: an act done up to 18:30:00 of a working day bears that day, otherwise the next working day."""
    return registration_day(at, calendar)


def effect_moment(at: datetime, calendar: WorkingCalendar) -> datetime:
    """Rules 5: from when an act is shown and starts terms; done after hours, 09:00 of the day it bears."""
    return registration_moment(at, calendar)


def officer_due_at(day: date) -> datetime:
    """An officer's term ends at 18:30:00 of its last day (Annex 3/8)."""
    return datetime.combine(day, OFFICE_CLOSES, ALMATY)


def applicant_due_at(day: date) -> datetime:
    """An applicant's own term ends at 24:00 of its last day: the portal works round the clock (Annex 3/8)."""
    return datetime.combine(day + timedelta(days=1), time(0), ALMATY)
