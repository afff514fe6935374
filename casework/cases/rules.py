"""Who is away, and who is next to get a case (process.md, People). No Django, no database."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

LONGEST = timedelta(days=366)


class Fault(StrEnum):
    """What is wrong with the days or the order of an absence."""

    BEFORE_FIRST = "before_first"
    OVER = "over"
    TOO_LONG = "too_long"
    NO_ORDER = "no_order"
    HAS_ENDED = "has_ended"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day away, both of them away."""

    first_day: date
    last_day: date


def absence_faults(span: Span, *, order: str, today: date) -> dict[str, Fault]:
    """What is wrong with an absence as it was entered, by field; process.md, People."""
    faults: dict[str, Fault] = {}
    if span.last_day < span.first_day:
        faults["last_day"] = Fault.BEFORE_FIRST
    elif span.last_day < today:
        faults["last_day"] = Fault.OVER
    elif span.last_day - span.first_day > LONGEST:
        faults["last_day"] = Fault.TOO_LONG
    if not order.strip():
        faults["order"] = Fault.NO_ORDER
    return faults


def end_fault(span: Span, last_day: date, *, today: date) -> Fault | None:
    """What is wrong with another last day: what was done while it lasted stays lawful; process.md, People."""
    yesterday = today - timedelta(days=1)
    if span.last_day < yesterday:
        return Fault.HAS_ENDED
    if last_day < span.first_day or last_day < yesterday:
        return Fault.TOO_EARLY
    return Fault.TOO_LONG if last_day - span.first_day > LONGEST else None


class Hindered(StrEnum):
    """Why an officer is not proposed for a case."""

    AWAY = "away"
    RECUSED = "recused"
    BARRED = "barred"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Load:
    """What an officer has to do now, and whether the officer may get this case."""

    officer: Hashable
    open_cases: int
    last_assigned_at: datetime | None
    hindered: Hindered | None = None


_NEVER = datetime.min.replace(tzinfo=UTC)


def next_officer(loads: Iterable[Load]) -> Load | None:
    """Rules 6, process.md, People: the fewest open cases; of those alike who was assigned the longest ago."""
    able = [load for load in loads if load.hindered is None]
    return min(
        able,
        key=lambda load: (load.open_cases, load.last_assigned_at or _NEVER, str(load.officer)),
        default=None,
    )
