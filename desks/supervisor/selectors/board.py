"""Every number of the deadline dashboard, in a fixed handful of queries however many cases there are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncMonth

from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines import selectors as deadlines
from casework.deadlines.models import CalendarException, Heartbeat, Term
from casework.deadlines.selectors import Dashboard, Spans
from casework.deadlines.statuses import AUTHORITY_CODES, TermState
from casework.documents.models import StoredFile
from foundation.accounts.models import Person, Role
from foundation.journal.models import Delivery
from foundation.kernel.clock import machine_now

MONTHS = 12
ENDED = (TermState.MET, TermState.BREACHED, TermState.MISSED)
# working days since registration, both ends inclusive; the service term has 15 (Annex 3/4)
AGES: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 15), (16, None))


@dataclass(frozen=True, slots=True)
class Month:
    """Terms of the authority that ended in a month: by the act in time, or by passing unmet."""

    first_day: date
    breached: int
    missed: int
    results_in_time: int
    results_late: int

    @property
    def code(self) -> str:
        return f"{self.first_day:%Y-%m}"

    @property
    def results(self) -> int:
        return self.results_in_time + self.results_late

    @property
    def share(self) -> float | None:
        """Of the service terms that ended (Annex 3/4), those met in time, in percent."""
        return 100 * self.results_in_time / self.results if self.results else None


@dataclass(frozen=True, slots=True)
class Age:
    """Open cases registered so many working days ago, and the days of registration that this means."""

    first: int
    last: int | None
    count: int
    days: tuple[date, ...]

    @property
    def code(self) -> str:
        return f"{self.first}-{'' if self.last is None else self.last}"

    @property
    def label(self) -> str:
        return f"{self.first}+" if self.last is None else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the machinery behind the numbers works."""

    heartbeat: Heartbeat | None
    stale: bool
    silent_minutes: int | None
    faulty_terms: int
    files_waiting: int
    files_failed: int
    dead_letters: int
    exceptions_unconfirmed: int
    next_year_unconfirmed: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page."""

    at: datetime
    spans: Spans
    counts: Dashboard
    officers: dict[UUID | None, str]
    months: tuple[Month, ...]
    ages: tuple[Age, ...]
    health: Health


def board(at: datetime) -> Board:
    """Read everything once."""
    counts = deadlines.dashboard_counts(at)
    return Board(
        at=at,
        spans=deadlines.spans(at),
        counts=counts,
        officers=officers(counts),
        months=months(at),
        ages=ages(at),
        health=health(at),
    )


def officers(counts: Dashboard) -> dict[UUID | None, str]:
    """Names of everybody who owes something, and of every executor: one with nothing to do is news too."""
    owing = {cell.executor_id for cell in counts.cells}
    people = (
        Person.objects.filter(Q(pk__in=owing - {None}) | Q(roles__role=Role.EXECUTOR, is_active=True))
        .distinct()
        .order_by("surname", "given_name")
    )
    names: dict[UUID | None, str] = {person.pk: person.short_name for person in people}
    return {None: "", **names} if None in owing else names


def months(at: datetime) -> tuple[Month, ...]:
    """The last twelve months, this one included, oldest first; a breach belongs to the month of its due moment."""
    firsts = month_starts(rules.to_almaty(at).date())
    rows = (
        ended_terms()
        .filter(ended__gte=start_of(firsts[0]))
        .annotate(month=TruncMonth("ended", tzinfo=rules.ALMATY))
        .annotate(is_service=ExpressionWrapper(Q(code="service"), BooleanField()))
        .values_list("month", "state", "is_service")
        .annotate(count=Count("pk"))
        .order_by()
    )
    found: Counter[tuple[date, str, bool]] = Counter()
    for month, state, is_service, count in rows:
        found[month.date(), state, is_service] += count
    return tuple(_month(first, found) for first in firsts)


def _month(first: date, found: Counter[tuple[date, str, bool]]) -> Month:
    return Month(
        first_day=first,
        breached=found[first, TermState.BREACHED, True] + found[first, TermState.BREACHED, False],
        missed=found[first, TermState.MISSED, True] + found[first, TermState.MISSED, False],
        results_in_time=found[first, TermState.MET, True],
        results_late=found[first, TermState.BREACHED, True],
    )


def ended_terms() -> QuerySet[Any]:
    """Terms of the authority that are over, with the moment `ended`."""
    return Term.objects.filter(code__in=AUTHORITY_CODES, state__in=ENDED).annotate(
        ended=Coalesce("passed_at", "met_at")
    )


def start_of(day: date) -> datetime:
    """00:00 of a day in Almaty."""
    return datetime.combine(day, time(0), rules.ALMATY)


def month_starts(today: date) -> list[date]:
    """The first days of the last twelve months."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def ages(at: datetime) -> tuple[Age, ...]:
    """Open registered cases by working days since registration."""
    calendar, today = deadlines.current_calendar(), rules.to_almaty(at).date()
    rows = (
        Case.objects.filter(is_open=True, registered_on__isnull=False)
        .values_list("registered_on")
        .annotate(count=Count("pk"))
        .order_by("registered_on")
    )
    known = [(day, calendar.working_days_between(day, today), count) for day, count in rows]
    found = []
    for first, last in AGES:
        inside = [
            (day, count)
            for day, age, count in known
            if max(age, 0) >= first and (last is None or max(age, 0) <= last)
        ]
        found.append(Age(first, last, sum(count for _day, count in inside), tuple(day for day, _ in inside)))
    return tuple(found)


def health(at: datetime) -> Health:
    """Heartbeat, and the backlogs that somebody has to look into."""
    last = deadlines.heartbeat()
    silence = machine_now() - last.beat_at if last else None
    backlog = _backlog()
    return Health(
        heartbeat=last,
        stale=silence is None or silence > deadlines.STALE_AFTER,
        silent_minutes=int(silence.total_seconds() // 60) if silence else None,
        faulty_terms=backlog["faulty"],
        files_waiting=backlog["waiting"],
        files_failed=backlog["failed"],
        dead_letters=backlog["dead"],
        exceptions_unconfirmed=backlog["unconfirmed"],
        next_year_unconfirmed=deadlines.next_year_unconfirmed(at),
    )


def _backlog() -> dict[str, int]:
    """Five counts in one statement."""
    kept = StoredFile.objects.filter(deleted_at=None)
    parts = {
        "waiting": kept.filter(scan_state=StoredFile.ScanState.WAITING),
        "failed": kept.filter(scan_state=StoredFile.ScanState.FAILED),
        "dead": Delivery.objects.filter(state=Delivery.DEAD),
        "faulty": Term.objects.exclude(fault=""),
        "unconfirmed": CalendarException.objects.filter(revision=None),
    }
    counted = [
        rows.order_by().values(what=Value(name)).annotate(count=Count("pk")).values_list("what", "count")
        for name, rows in parts.items()
    ]
    found = dict(counted[0].union(*counted[1:], all=True))
    return {name: found.get(name, 0) for name in parts}
