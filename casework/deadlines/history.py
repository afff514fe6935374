"""How the date of a term came about: the first one, every change, and the act behind it.

Nothing of this is stored with the term. Its start, length and the calendar it was opened with give the first date; each later
revision of the calendar gives the next one, as long as the term ran. So the history is as exact as the dates themselves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import TypeAlias

from casework.deadlines import rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import CalendarException, CalendarRevision, Term
from casework.deadlines.selectors import calendar_of, rule_of
from casework.deadlines.statuses import TermState

Calendars: TypeAlias = Callable[[int], WorkingCalendar]
HANGS_ON_SERVICE = ("hearing_notice", "review")


@dataclass(frozen=True, slots=True)
class Change:
    """From when the term had which last day. The first one has no exceptions: it follows from the rule."""

    at: datetime
    start: date
    due_on: date
    revision: int
    exceptions: tuple[CalendarException, ...] = ()


def changes_of(terms: Sequence[Term], calendars: Calendars | None = None) -> dict[int, list[Change]]:
    """By term, oldest first; `terms` are those of one case, since some hang on others."""
    calendars = calendars or cache(calendar_of)
    moved = [term.opened_revision for term in terms if term.calendar_revision > term.opened_revision]
    revisions = _revisions_after(min(moved)) if moved else []
    found: dict[int, list[Change]] = {}
    for term in sorted(terms, key=lambda row: row.code in HANGS_ON_SERVICE):
        found[term.pk] = _changes(term, revisions, _service_of(term, terms, found), calendars)
    return found


@dataclass(frozen=True, slots=True)
class _Revision:
    number: int
    at: datetime
    exceptions: tuple[CalendarException, ...]


def _revisions_after(number: int) -> list[_Revision]:
    rows = CalendarRevision.objects.filter(number__gt=number).order_by("number")
    by: defaultdict[int, list[CalendarException]] = defaultdict(list)
    for row in CalendarException.objects.filter(revision__gt=number).order_by("day"):
        by[row.revision_id or 0].append(row)
    return [_Revision(row.number, row.in_force_at, tuple(by[row.number])) for row in rows]


def _service_of(term: Term, terms: Iterable[Term], found: dict[int, list[Change]]) -> list[Change]:
    """The dates of the service term that a term hangs on: the latest one opened no later than itself."""
    if term.code not in HANGS_ON_SERVICE:
        return []
    before = [row for row in terms if row.code == "service" and row.opened_at <= term.opened_at]
    return found.get(max(before, key=lambda row: row.pk).pk, []) if before else []


def _changes(
    term: Term, revisions: list[_Revision], service: list[Change], calendars: Calendars
) -> list[Change]:
    changes = [_first(term, service, calendars)]
    if term.calendar_revision == term.opened_revision:
        return changes
    ended = term.voided_at or term.passed_at or term.met_at
    for revision in revisions:
        last = changes[-1]
        if revision.number <= term.opened_revision or revision.number > term.calendar_revision:
            continue
        over = ended is not None and ended < revision.at and term.state != TermState.OPEN
        if over or rules.due_moment(rule_of(term), last.due_on) < rules.whole_seconds(revision.at):
            break
        start, due_on = _computed(term, revision.number, service, calendars)
        if due_on != last.due_on:
            changes.append(Change(revision.at, start, due_on, revision.number, revision.exceptions))
    # another cause than the calendar has moved it: what the row says stands, without a made-up history
    return changes if changes[-1].due_on == term.due_on else [_as_it_is(term)]


def _first(term: Term, service: list[Change], calendars: Calendars) -> Change:
    if term.calendar_revision == term.opened_revision:
        return _as_it_is(term)
    start, due_on = _computed(term, term.opened_revision, service, calendars)
    return Change(term.opened_at, start, due_on, term.opened_revision)


def _as_it_is(term: Term) -> Change:
    return Change(term.opened_at, term.start, term.due_on, term.calendar_revision)


def _computed(term: Term, revision: int, service: list[Change], calendars: Calendars) -> tuple[date, date]:
    """Start and last day of the term by one revision of the calendar."""
    end = next((change.due_on for change in reversed(service) if change.revision <= revision), None)
    start = end if end is not None and term.code == "hearing_notice" else term.start
    cap = end if end is not None and term.code == "review" else term.not_after
    return start, rules.compute(rule_of(term), start, calendars(revision), cap)
