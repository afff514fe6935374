"""Every number of the deadline dashboard, in a fixed handful of queries however many cases there are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, Value

from casework.cases.models import Case
from casework.deadlines import rules, tallies
from casework.deadlines import selectors as deadlines
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import CalendarException, Heartbeat, Term
from casework.deadlines.selectors import Dashboard, Spans
from casework.deadlines.statuses import TermState
from casework.deadlines.tallies import MonthCount
from casework.documents.models import StoredFile
from foundation.accounts.models import Person, Role
from foundation.journal.models import Delivery
from foundation.kernel.clock import machine_now

# working days since registration, both ends inclusive; the service term has 15 (Annex 3/4)
AGES: tuple[tuple[int, int | None], ...] = ((0, 5), (6, 10), (11, 15), (16, None))


@dataclass(frozen=True, slots=True)
class Month:
    """Terms of the authority that ended in a month: by the act in time, or by passing unmet; and what came and went."""

    first_day: date
    breached: int
    missed: int
    results_in_time: int
    results_late: int
    registered: int
    closed: int

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
class Stage:
    """How long a stage took in the last twelve months, in working days from its start to the act."""

    code: str
    count: int
    median: int
    most: int  # nine of ten took no longer
    longest: int


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
    stages: tuple[Stage, ...]
    ages: tuple[Age, ...]
    health: Health


def board(at: datetime) -> Board:
    """Read everything once."""
    calendar = deadlines.current_calendar()
    edge = deadlines.spans(at, calendar)
    counts = deadlines.dashboard_counts(at, edge=edge)
    found = tallies.months(at, calendar)
    return Board(
        at=at,
        spans=edge,
        counts=counts,
        officers=officers(counts),
        months=tuple(_month(month) for month in found),
        stages=_stages(found),
        ages=ages(at, calendar),
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


def _month(found: MonthCount) -> Month:
    return Month(
        first_day=found.first_day,
        breached=found.in_state(TermState.BREACHED),
        missed=found.in_state(TermState.MISSED),
        results_in_time=found.in_state(TermState.MET, service=True),
        results_late=found.in_state(TermState.BREACHED, service=True),
        registered=found.registered,
        closed=found.closed,
    )


def _stages(months: Iterable[MonthCount]) -> tuple[Stage, ...]:
    took: dict[str, Counter[int]] = {}
    for month in months:
        for code, days in month.took.items():
            took.setdefault(code, Counter()).update(days)
    return tuple(
        Stage(code, days.total(), _reached(days, 50), _reached(days, 90), max(days))
        for code, days in sorted(took.items())
    )


def _reached(days: Counter[int], percent: int) -> int:
    """The least number of days within which so many percent were done."""
    seen = 0
    for length in sorted(days):
        seen += days[length]
        if 100 * seen >= percent * days.total():
            return length
    return 0


def ages(at: datetime, calendar: WorkingCalendar) -> tuple[Age, ...]:
    """Open registered cases by working days since registration."""
    today = rules.to_almaty(at).date()
    rows = (
        Case.objects.filter(is_open=True, registered_on__isnull=False)
        .values_list("registered_on")
        .annotate(count=Count("*"))
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
        rows.order_by().values(what=Value(name)).annotate(count=Count("*")).values_list("what", "count")
        for name, rows in parts.items()
    ]
    found = dict(counted[0].union(*counted[1:], all=True))
    return {name: found.get(name, 0) for name in parts}
