"""The explanation of a term as everybody reads it: case page, applicant's page, API, letters.

Each day counted or not and why; the first date, every change and its cause; earlier terms of the same kind; outages of the portal
meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache

from django.utils.translation import get_language

from casework.deadlines import rules, wording
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.history import Change, changes_of
from casework.deadlines.models import Outage, Term
from casework.deadlines.selectors import calendar_of, confirmed_outages, rule_of
from casework.deadlines.statuses import TermState


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day; a counted one bears its number, so that the last shows the length of the term."""

    date: date
    counted: bool
    number: int | None
    why: str


@dataclass(frozen=True, slots=True)
class DateChange:
    """From when the last day was which, and why."""

    at: datetime
    due_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Interruption:
    """A confirmed outage while the term ran. It moves no date: the Rules know no such extension."""

    began_at: datetime
    ended_at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a term ends when it does."""

    citation: str
    days: list[ExplainedDay]
    changes: list[DateChange] = field(default_factory=list)
    outages: list[Interruption] = field(default_factory=list)


def explanations(terms: Sequence[Term], calendar: WorkingCalendar | None = None) -> dict[int, Explanation]:
    """By term; `terms` are all of one case, in the order of opening; `calendar`: the one in force, if already read."""

    @cache
    def calendars(revision: int) -> WorkingCalendar:
        return calendar if calendar and calendar.revision == revision else calendar_of(revision)

    history = changes_of(terms, calendars)
    outages = _outages(terms)
    found = {}
    for place, term in enumerate(terms):
        earlier = [row for row in terms[:place] if row.code == term.code]
        found[term.pk] = Explanation(
            citation=wording.citation_text(rule_of(term)),
            days=_days(term, calendars(term.calendar_revision)),
            changes=[*_earlier(earlier, history), *_changes(term, history[term.pk])],
            outages=[_interruption(row) for row in outages if _meanwhile(row, term)],
        )
    return found


def _days(term: Term, calendar: WorkingCalendar) -> list[ExplainedDay]:
    days, number = [], 0
    for day in rules.explain(rule_of(term), term.start, calendar, term.not_after):
        number += day.counted
        days.append(
            ExplainedDay(day.date, day.counted, number if day.counted else None, wording.why_text(day))
        )
    return days


def _changes(term: Term, changes: Sequence[Change]) -> list[DateChange]:
    first, *later = changes
    opened = DateChange(
        rules.to_almaty(first.at), first.due_on, wording.opened_text(rule_of(term), first.start)
    )
    moved = [
        DateChange(rules.to_almaty(row.at), row.due_on, wording.moved_text(row.exceptions)) for row in later
    ]
    return [opened, *moved]


def _earlier(terms: Sequence[Term], history: dict[int, list[Change]]) -> list[DateChange]:
    """The same term before it was opened anew (another notice of the hearing, a reopened case)."""
    found = []
    for term in terms:
        found += _changes(term, history[term.pk])
        if term.state == TermState.VOID and term.voided_at is not None:
            found.append(DateChange(rules.to_almaty(term.voided_at), term.due_on, wording.voided_text()))
    return found


def _outages(terms: Sequence[Term]) -> list[Outage]:
    if not terms:
        return []
    first = min(term.opened_at for term in terms)
    last = max(term.due_at for term in terms)
    return list(confirmed_outages().filter(began_at__lte=last, ended_at__gte=first).order_by("began_at"))


def _meanwhile(outage: Outage, term: Term) -> bool:
    return (
        outage.began_at <= term.due_at and outage.ended_at is not None and outage.ended_at >= term.opened_at
    )


def _interruption(outage: Outage) -> Interruption:
    began, ended = rules.to_almaty(outage.began_at), rules.to_almaty(outage.ended_at or outage.began_at)
    return Interruption(began, ended, outage.what(get_language() or "ru"))
