"""Lengths of terms and how they are counted (process.md, Terms). Day 1 is the working day after the event."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from casework.deadlines.calendar import Reason, WorkingCalendar, days_between
from casework.deadlines.rules.days import (
    ALMATY,
    OFFICE_OPENS,
    applicant_due_at,
    officer_due_at,
    to_almaty,
    whole_seconds,
)
from foundation.rulebook import fixtures
from foundation.rulebook.rules.rows import TermRow


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"


class Ends(StrEnum):
    """At what hour of its last day a term passes."""

    OPENING = "opening"  # 09:00: registration of what came after hours
    OFFICE = "office"  # 18:30:00: an officer's term
    MIDNIGHT = "midnight"  # 24:00: an applicant's own
    START = "start"  # 00:00: "not before" limits


class Passing(StrEnum):
    """What it means that a term passed unmet."""

    BREACH = "breach"  # of the law, kept for good
    TARGET = "target"  # an inner target missed: amber, no breach
    OPENS = "opens"  # nothing is missed: the way goes on
    STEP = "step"  # the portal itself must act now


class Step(StrEnum):
    """When the executor is warned before the last day of a term."""

    HALF = "half"  # half of its working days are over
    TWO_DAYS = "two_days"
    ONE_DAY = "one_day"
    LAST_MORNING = "last_morning"


class Track(StrEnum):
    """Which set of lengths a case follows."""

    ANY = ""
    NEW = "new"  # Forms 1, 2
    REISSUE = "reissue"  # Forms 9, 10
    LONG = "long"  # spin-off, split, Form 9 decided as a new annex (PL 34, 29)


@dataclass(frozen=True, slots=True)
class TermRule:
    """One row of the table of terms (`fixtures/rulebook/terms.json`); `sources` are (act, paragraph) pairs."""

    code: str
    n: int
    unit: Unit
    who: str
    sources: tuple[tuple[str, str], ...]
    track: Track = Track.ANY
    ends: Ends = Ends.OFFICE
    passing: Passing = Passing.BREACH
    basis: str = "registration"
    cap: str = ""  # the code of the term it never passes
    valid_from: date = date(2023, 12, 20)
    warnings: tuple[Step, ...] = ()
    tells: tuple[str, ...] = ()  # who is told that it passed: supervisor, head, applicant


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an explanation."""

    date: date
    counted: bool
    reason: Reason
    shifted: bool = False  # after the last day, while that one is a day off (APPC 76(5))


class UnknownTermError(LookupError):
    """No rule of this code is in force for this way on this day."""


def rules_of(rows: Iterable[TermRow]) -> tuple[TermRule, ...]:
    """The rows of the rulebook as the engine takes them."""
    return tuple(rule_of_row(row) for row in rows if row.term)


def rule_of_row(row: TermRow) -> TermRule:
    """One row; its citation names an act and a place in it, several parted by semicolons."""
    return TermRule(
        row.term,
        row.n,
        Unit(row.unit),
        row.who,
        tuple(_source(part) for part in row.citation.split("; ")),
        Track(row.track),
        Ends(row.ends),
        Passing(row.passing),
        row.start,
        row.cap,
        row.valid_from,
        tuple(Step(step) for step in row.warnings),
        row.tells,
    )


def _source(citation: str) -> tuple[str, str]:
    act, _space, where = citation.rpartition(" ")
    annex, slash, row = where.partition("/")
    return (f"{act} {annex}", row) if slash else (act, where)


# the table that came with the portal; a term is opened by the row in force (`selectors.rules_on`)
TERM_RULES: tuple[TermRule, ...] = rules_of(
    row for row in fixtures.read_kind("terms") if row.valid_to is None
)


def rule_for(code: str, track: Track = Track.ANY, rules: tuple[TermRule, ...] = TERM_RULES) -> TermRule:
    """The rule of a code for a way; a rule for any way serves every way."""
    for rule in rules:
        if rule.code == code and rule.track in (track, Track.ANY):
            return rule
    raise UnknownTermError(f"There is no term {code!r} on the way {track.value!r}.")


def with_length(rule: TermRule, n: int, unit: Unit) -> TermRule:
    """The same rule with another length: as it stood when a term was opened, or as the rulebook has it."""
    return replace(rule, n=n, unit=unit)


def form_track(form: str, *, long: bool = False) -> Track:
    """Forms 1, 2: Rules 4-10. Forms 9, 10: Rules 12-15, or the long way (PL 34, 29)."""
    if form in {"1", "2"}:
        return Track.NEW
    return Track.LONG if long else Track.REISSUE


def compute(rule: TermRule, start: date, calendar: WorkingCalendar, not_after: date | None = None) -> date:
    """The last day of a term. APPC 76(2): it runs from the day after; 76(5): a last day off moves on."""
    if rule.unit is Unit.WORKING_DAYS:
        end = calendar.add_working_days(start, rule.n)
    elif rule.unit is Unit.CALENDAR_DAYS:
        end = calendar.on_or_after(start + timedelta(days=rule.n))
    else:
        end = calendar.on_or_after(add_months(start, rule.n))
    return end if not_after is None else min(end, not_after)


def add_months(day: date, n: int) -> date:
    """The same day n months on, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due_moment(rule: TermRule, day: date) -> datetime:
    """The moment a term passes on its last day."""
    if rule.ends is Ends.OFFICE:
        return officer_due_at(day)
    if rule.ends is Ends.MIDNIGHT:
        return applicant_due_at(day)
    return datetime.combine(day, OFFICE_OPENS if rule.ends is Ends.OPENING else time(0), ALMATY)


def in_time(rule: TermRule, due_at: datetime, at: datetime) -> bool:
    """18:30:00 is in time down to its fractions; 24:00 is the next day already."""
    if rule.ends is Ends.MIDNIGHT:
        return at < due_at
    return whole_seconds(to_almaty(at)) <= due_at


def explain(
    rule: TermRule, start: date, calendar: WorkingCalendar, not_after: date | None = None
) -> list[Day]:
    """Every day from the event to the end in the order of counting, counted or not, and why.

    The last entry is the term's day. A term before an event (hearing notice) counts backwards from it.
    """
    end = compute(rule, start, calendar, not_after)
    if rule.unit is Unit.WORKING_DAYS:
        return _explain_working_days(rule, start, end, calendar)
    nominal = start + timedelta(days=rule.n) if rule.unit is Unit.CALENDAR_DAYS else add_months(start, rule.n)
    return [
        Day(day, day <= nominal, calendar.why(day), shifted=day > nominal)
        for day in days_between(start + timedelta(days=1), end)
    ]


def _explain_working_days(rule: TermRule, start: date, end: date, calendar: WorkingCalendar) -> list[Day]:
    one = timedelta(days=1)
    if rule.n == 0:
        return [Day(day, day == end, calendar.why(day)) for day in days_between(start, end)]
    days = list(days_between(start + one, end)) if rule.n > 0 else list(days_between(end, start - one))[::-1]
    return [Day(day, calendar.is_working_day(day), calendar.why(day)) for day in days]


def last_day(
    code: str,
    start: date,
    calendar: WorkingCalendar,
    track: Track = Track.ANY,
    *,
    table: tuple[TermRule, ...] = TERM_RULES,
    not_after: date | None = None,
) -> date:
    """The last day of a term of this code: its length is a row of the table in force, which names its paragraph."""
    return compute(rule_for(code, track, table), start, calendar, not_after)
