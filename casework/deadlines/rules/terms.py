"""Lengths of terms and how they are counted (process.md, Terms). Day 1 is the working day after the event."""

from calendar import monthrange
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


class Track(StrEnum):
    """Which set of lengths a case follows."""

    ANY = ""
    NEW = "new"  # Forms 1, 2
    REISSUE = "reissue"  # Forms 9, 10
    LONG = "long"  # spin-off, split, Form 9 decided as a new annex (PL 34, 29)


@dataclass(frozen=True, slots=True)
class TermRule:
    """One row of the table of terms; `sources` are (act, paragraph) pairs."""

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
    valid_from: date = date(2023, 5, 9)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an explanation."""

    date: date
    counted: bool
    reason: Reason
    shifted: bool = False  # after the last day, while that one is a day off (APPC 76(5))


class UnknownTermError(LookupError):
    """No rule of this code is in force for this way on this day."""


_W, _C, _M = Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS
_NEW, _RE, _LONG = Track.NEW, Track.REISSUE, Track.LONG


def _rules(*sources: str) -> tuple[tuple[str, str], ...]:
    return tuple(("Rules", source) for source in sources)


TERM_RULES: tuple[TermRule, ...] = (
    TermRule("registration", 0, _W, "portal", _rules("5", "6"), _NEW, Ends.OPENING, Passing.STEP, "receipt"),
    TermRule("registration", 0, _W, "portal", _rules("5", "13"), _RE, Ends.OPENING, Passing.STEP, "receipt"),
    TermRule(
        "registration", 0, _W, "portal", _rules("5", "13"), _LONG, Ends.OPENING, Passing.STEP, "receipt"
    ),
    TermRule("completeness", 2, _W, "executor", _rules("7"), _NEW),
    TermRule("completeness", 1, _W, "executor", _rules("14"), _RE),
    TermRule("completeness", 2, _W, "executor", (("PL", "34(6)"),), _LONG),
    TermRule(
        "review",
        13,
        _W,
        "executor",
        _rules("8"),
        _NEW,
        passing=Passing.TARGET,
        basis="completeness_decision",
        cap="service",
    ),
    TermRule(
        "review",
        13,
        _W,
        "executor",
        (("PL", "34(9)"), ("Rules", "8")),
        _LONG,
        passing=Passing.TARGET,
        basis="completeness_decision",
        cap="service",
    ),
    TermRule("service", 15, _W, "provider", (("Annex 3", "4"),), _NEW),
    TermRule("service", 2, _W, "provider", (("Rules", "15"), ("Annex 3", "4")), _RE),
    TermRule("service", 15, _W, "provider", (("PL", "34(9)"), ("PL", "29")), _LONG),
    *(
        TermRule(
            "hearing_notice",
            -3,
            _W,
            "executor",
            _rules("10"),
            track,
            passing=Passing.TARGET,
            basis="service_end",
        )
        for track in (_NEW, _LONG)
    ),
    TermRule(
        "hearing_objections",
        2,
        _W,
        "applicant",
        (("Rules", "10"), ("APPC", "73(3)")),
        ends=Ends.MIDNIGHT,
        passing=Passing.OPENS,
        basis="hearing_notice",
    ),
    TermRule(
        "earliest_refusal",
        3,
        _W,
        "head",
        (("APPC", "73(1)"),),
        ends=Ends.START,
        passing=Passing.OPENS,
        basis="hearing_notice",
    ),
    TermRule("reissue_filing", 30, _C, "licensee", (("PL", "33(4)"),), ends=Ends.MIDNIGHT, basis="change"),
    TermRule("pool_notice", 2, _W, "licensee", _rules("16"), ends=Ends.MIDNIGHT, basis="change"),
    TermRule("complaint_forwarding", 3, _W, "provider", _rules("20")),
    TermRule("complaint_provider", 5, _W, "reviewer", (("Rules", "21"), ("PS", "25"))),
    TermRule("complaint_quality", 15, _W, "reviewer", (("Rules", "22"), ("PS", "25")), basis="arrival"),
    TermRule("complaint_superior", 20, _W, "reviewer", (("APPC", "99"),), basis="arrival"),
    TermRule("complaint_filing", 3, _M, "applicant", (("APPC", "92"),), ends=Ends.MIDNIGHT, basis="delivery"),
    TermRule(
        "complaint_filing_long", 6, _M, "applicant", (("APPC", "92"),), ends=Ends.MIDNIGHT, basis="delivery"
    ),
    TermRule("proceeding", 15, _W, "executor", (("APPC", "76(1)"),)),
    TermRule("cure_check", 10, _W, "executor", (("PL", "45(3)"),)),
    TermRule("voluntary_resumption", 3, _W, "executor", (("PL", "45(7)"),)),
    TermRule("correction", 2, _W, "executor", (("PL", "44"),)),
    TermRule("going_to_court", 10, _W, "provider", (("PL", "45(4)"),), basis="suspension_end"),
    TermRule("recusal_decision", 3, _W, "head", (("APPC", "67"),), basis="request"),
    TermRule("recusal_notice", 2, _W, "provider", (("APPC", "67"),), basis="decision"),
    TermRule("leave_notice", 3, _W, "provider", (("APPC", "95"),), basis="act"),
    TermRule("discontinuance_notice", 3, _W, "provider", (("APPC", "70"),), basis="act"),
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


def completeness_end(registered_on: date, calendar: WorkingCalendar, track: Track = Track.NEW) -> date:
    """Rules 7: 2 working days from registration; Rules 14: 1 on re-issue; PL 34(6): 2 on the long way."""
    return compute(rule_for("completeness", track), registered_on, calendar)


def service_end(registered_on: date, calendar: WorkingCalendar, track: Track = Track.NEW) -> date:
    """Annex 3/4: 15 working days from registration; Rules 15: 2 on re-issue; PL 34(9): 15 on the long way."""
    return compute(rule_for("service", track), registered_on, calendar)


def review_end(
    decided_on: date, registered_on: date, calendar: WorkingCalendar, track: Track = Track.NEW
) -> date:
    """Rules 8: 13 working days from the completeness decision, never past the service term."""
    limit = service_end(registered_on, calendar, track)
    return compute(rule_for("review", track), decided_on, calendar, limit)


def hearing_notice_last_day(
    service_end_on: date, calendar: WorkingCalendar, track: Track = Track.NEW
) -> date:
    """Rules 10: the notice goes out not less than 3 working days before the service term ends."""
    return compute(rule_for("hearing_notice", track), service_end_on, calendar)


def objections_end(notified_on: date, calendar: WorkingCalendar) -> date:
    """Rules 10, APPC 73(3): objections within 2 working days of the notice."""
    return compute(rule_for("hearing_objections"), notified_on, calendar)


def earliest_refusal_day(notified_on: date, calendar: WorkingCalendar) -> date:
    """APPC 73(1): the preliminary decision is notified at least 3 working days before the act."""
    return compute(rule_for("earliest_refusal"), notified_on, calendar)
