"""Reads: the calendar in force, the terms of a case with their explanation, and the dashboards' numbers."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from casework.deadlines import rules
from casework.deadlines.calendar import LAST_YEAR, DatedException, ExceptionKind, WorkingCalendar
from casework.deadlines.models import UNSETTLED, CalendarException, CalendarRevision, Heartbeat, Outage, Term
from casework.deadlines.rules import TermRule, Track, Unit
from casework.deadlines.shipped import shipped_calendar
from casework.deadlines.statuses import AUTHORITY_CODES, TermState
from foundation.kernel.clock import machine_now
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules.book import Book

HEARTBEAT = "watch"
STALE_AFTER = timedelta(minutes=5)
DECEMBER = 12

# what officers still owe
OUTSTANDING = Q(code__in=AUTHORITY_CODES) & UNSETTLED


# --- calendar ----------------------------------------------------------------------------------
def current_calendar() -> WorkingCalendar:
    """The calendar in force; before the table is filled, the acts that came with the portal."""
    newest = CalendarRevision.objects.order_by("-number").first()
    return _compiled(newest.number, newest.key) if newest else shipped_calendar()


def calendar_of(revision: int) -> WorkingCalendar:
    """The calendar as it was in a revision."""
    if revision == 0:
        return shipped_calendar()
    return _compiled(revision, CalendarRevision.objects.values_list("key", flat=True).get(number=revision))


@lru_cache(maxsize=32)
def _compiled(revision: int, _key: UUID) -> WorkingCalendar:
    """A revision never changes, so it is compiled once per process; the key outlives a rolled back number."""
    return WorkingCalendar(revision, exceptions_of(revision))


def current_calendar_registration_day(at: datetime) -> date:
    """The day on which something received at this moment is registered (Rules 5, 6, 13)."""
    return rules.registration_day(at, current_calendar())


def current_calendar_act_day(at: datetime) -> date:
    """The day that an act of the authority done at this moment bears (Rules 5)."""
    return rules.act_day(at, current_calendar())


def exceptions_of(revision: int) -> list[DatedException]:
    """The exceptions in force in a revision."""
    rows = CalendarException.objects.filter(revision__lte=revision).filter(
        Q(replaced_in=None) | Q(replaced_in__gt=revision)
    )
    return [dated(row) for row in rows.order_by("day")]


def dated(row: CalendarException) -> DatedException:
    """A row as the calendar takes it."""
    return DatedException(row.day, ExceptionKind(row.kind), row.act_ru, row.act_kk)


def next_year_unconfirmed(at: datetime) -> int | None:
    """From 1 December: next year, if its Kurban-ait is not announced by a confirmed row yet."""
    local = rules.to_almaty(at)
    year = local.year + 1
    if local.month < DECEMBER or year > LAST_YEAR:
        return None
    return year if year in current_calendar().provisional_years() else None


def confirmed_outages() -> QuerySet[Outage]:
    """When the portal could not be used, as two people said; the latest first."""
    return Outage.objects.filter(confirmed_at__isnull=False)


# --- terms of a case ---------------------------------------------------------------------------
def terms_of(case_id: UUID) -> QuerySet[Term]:
    """Every term of a case, in the order of opening."""
    return Term.objects.filter(case_id=case_id).order_by("id")


def open_term_of(case_id: UUID, code: str) -> Term | None:
    """The running term of a code, if any."""
    return Term.objects.filter(case_id=case_id, code=code, state__in=[TermState.OPEN, TermState.DUE]).first()


def latest_term(case_id: UUID, code: str) -> Term | None:
    """The newest term of a code in whatever state."""
    return (
        Term.objects.filter(case_id=case_id, code=code).exclude(state=TermState.VOID).order_by("-id").first()
    )


def rules_on(day: date) -> tuple[TermRule, ...]:
    """The table of terms in force on a day, by the rulebook."""
    return _rules_of(rulebook.book(), day)


@lru_cache(maxsize=256)
def _rules_of(book: Book, day: date) -> tuple[TermRule, ...]:
    return rules.rules_of(book.pack(day).terms())


@lru_cache(maxsize=256)
def _succeeding(book: Book, code: str, track: str) -> tuple[TermRule, ...]:
    rows = rules.rules_of(row for row in book.rows.terms if row.term == code)
    found = (rule for rule in rows if rule.track in (track, Track.ANY))
    return tuple(sorted(found, key=lambda rule: rule.valid_from, reverse=True))


def rule_of(term: Term) -> TermRule:
    """The rule a term was opened by: that of the table with the length that the term keeps."""
    rule = rules.rule_for(term.code, Track(term.track))
    if (rule.n, rule.unit) == (term.n, term.unit):
        return rule
    for row in _succeeding(rulebook.book(), term.code, term.track):
        if (row.n, row.unit) == (term.n, term.unit):
            return row
    return rules.with_length(rule, term.n, Unit(term.unit))


def is_past(term: Term, at: datetime) -> bool:
    """Whether the term's moment is over: 18:30:00 is in time down to its fractions, 24:00 is the next day."""
    return not rules.in_time(rule_of(term), term.due_at, at)


def working_days_left(term: Term, at: datetime) -> int:
    """Working days after today up to the term's day; negative once past."""
    return current_calendar().working_days_between(rules.to_almaty(at).date(), term.due_on)


# --- dashboards --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Spans:
    """Moments that part the buckets of a dashboard."""

    now: datetime
    today_ends: datetime
    tomorrow: date
    tomorrow_ends: datetime
    week_ends: datetime


def spans(at: datetime, calendar: WorkingCalendar | None = None) -> Spans:
    """Today, the next working day, and the end of the week, in Almaty; `calendar`: if already read."""
    now = rules.to_almaty(at)
    today = now.date()
    tomorrow = (calendar or current_calendar()).next_working_day(today)
    sunday = today + timedelta(days=6 - today.weekday())
    return Spans(
        now=rules.whole_seconds(now),
        today_ends=rules.applicant_due_at(today),
        tomorrow=tomorrow,
        tomorrow_ends=rules.applicant_due_at(tomorrow),
        week_ends=rules.applicant_due_at(sunday),
    )


BUCKETS = ("overdue", "today", "tomorrow", "week", "later")


def bucket_filters(at: datetime) -> dict[str, Q]:
    """The bucket of a term by its due moment; `week` is what is left of it after tomorrow."""
    edge = spans(at)
    return {
        "overdue": Q(due_at__lt=edge.now),
        "today": Q(due_at__gte=edge.now, due_at__lt=edge.today_ends),
        "tomorrow": Q(due_at__gte=edge.today_ends, due_at__lt=edge.tomorrow_ends),
        "week": Q(due_at__gte=edge.tomorrow_ends, due_at__lt=edge.week_ends),
        "later": Q(due_at__gte=max(edge.week_ends, edge.tomorrow_ends)),
    }


def bucket_edges(edge: Spans) -> tuple[datetime, ...]:
    """The moments between the buckets, for counting all of them at once."""
    return (edge.now, edge.today_ends, edge.tomorrow_ends, max(edge.week_ends, edge.tomorrow_ends))


def outstanding_terms(
    at: datetime, bucket: str | None = None, executor_id: UUID | None = None
) -> QuerySet[Term]:
    """What officers owe, nearest first, with the case and its executor."""
    terms = Term.objects.filter(OUTSTANDING, case_open=True).select_related("case", "case__executor")
    if bucket is not None:
        terms = terms.filter(bucket_filters(at)[bucket])
    if executor_id is not None:
        terms = terms.filter(executor_id=executor_id)
    return terms.order_by("due_at", "id")


def overdue(at: datetime, executor_id: UUID | None = None) -> QuerySet[Term]:
    return outstanding_terms(at, "overdue", executor_id)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the dashboard."""

    executor_id: UUID | None
    code: str
    form: str
    bucket: str
    count: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Every number of the deadline dashboard, from one grouped query; sums are made here."""

    cells: tuple[Cell, ...]

    def total(self, **wanted: object) -> int:
        """The sum over cells with these values, e.g. total(bucket="today", executor_id=…)."""
        return sum(
            cell.count
            for cell in self.cells
            if all(getattr(cell, key) == value for key, value in wanted.items())
        )

    def values(self, field: str) -> list[object]:
        """The distinct values of a field, in the order of first sight."""
        return list(dict.fromkeys(getattr(cell, field) for cell in self.cells))


def dashboard_counts(
    at: datetime, executor_ids: Iterable[UUID] | None = None, edge: Spans | None = None
) -> Dashboard:
    """Outstanding terms by executor, term, form and bucket.

    Grouped by the due moment itself, in the order of the index `deadlines_term_owed` and by its own condition alone: a
    million terms share a few thousand of them, and the table is not touched.
    """
    terms = Term.objects.filter(UNSETTLED, case_open=True)
    if executor_ids is not None:
        terms = terms.filter(executor_id__in=list(executor_ids))
    rows = terms.values_list("executor_id", "code", "form", "due_at").annotate(count=Count("*")).order_by()
    edges = bucket_edges(edge or spans(at))
    found: Counter[tuple[UUID | None, str, str, str]] = Counter()
    for who, code, form, due_at, count in rows:
        if code in AUTHORITY_CODES:
            found[who, code, form, BUCKETS[bisect_right(edges, due_at)]] += count
    cells = (Cell(*place, count) for place, count in found.items())
    return Dashboard(tuple(sorted(cells, key=lambda cell: (cell.code, cell.form, cell.bucket))))


# --- the watch ---------------------------------------------------------------------------------
def heartbeat() -> Heartbeat | None:
    """The last tick of the watch."""
    return Heartbeat.objects.filter(pk=HEARTBEAT).first()


def watch_is_stale() -> bool:
    """Whether the watch has been silent for too long by the machine's clock (readyz, dashboard)."""
    last = heartbeat()
    return last is None or machine_now() - last.beat_at.astimezone(UTC) > STALE_AFTER


def faulty_terms() -> QuerySet[Term]:
    """Terms that the watch put aside because they could not be handled."""
    return Term.objects.exclude(fault="").select_related("case").order_by("id")
