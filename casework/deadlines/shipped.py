"""The dated exceptions that come with the portal, `fixtures/calendar_exceptions.json`: acts known so far."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from casework.deadlines.calendar import DatedException, ExceptionKind, WorkingCalendar

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "calendar_exceptions.json"


@cache
def shipped_exceptions() -> tuple[DatedException, ...]:
    """Every row of the file, in the order of dates."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        DatedException(
            day=date.fromisoformat(row["day"]),
            kind=ExceptionKind(row["kind"]),
            act_ru=row["act_ru"],
            act_kk=row["act_kk"],
        )
        for row in rows
    )


@cache
def shipped_calendar() -> WorkingCalendar:
    """The calendar of the shipped acts alone: revision 0, before the table knows better."""
    return WorkingCalendar(0, shipped_exceptions())
