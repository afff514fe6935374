"""A million open terms: the watch, a tick with nothing due, the queue, the dashboard, a moved holiday (quality.md, Speed).

The database is made for the run and dropped after it; PORTAL_BENCH_TERMS says how many terms there are (as many cases).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from statistics import median
from typing import Any
from uuid import UUID

from django.contrib.admin import AdminSite, ModelAdmin
from django.db import connection, transaction
from django.test import RequestFactory

from benchmarks import _caseload
from benchmarks._caseload import NOW, WATCHED_AT
from benchmarks._scratch import bare, database, milliseconds, once, p95, statements
from casework.cases.models import Case
from casework.deadlines.calendar import ExceptionKind, WorkingCalendar
from casework.deadlines.models import CalendarRevision, Term
from casework.deadlines.selectors import current_calendar
from casework.deadlines.services import confirm_exception, enter_exception, watch
from casework.deadlines.statuses import TermState
from desks.officer.selectors import queue as queues
from desks.supervisor.selectors.board import board
from foundation.accounts.models import Person

DATABASE = "bench_deadlines"
LARGE = 1_000_000
SMALL = 10_000
TURNS = 20
RUNS = 3
TABLES = ("cases_case", "deadlines_term")
LATER = NOW + timedelta(minutes=5)  # nothing became due since NOW
Row = dict[str, Any]


def rows() -> list[Row]:
    """Every row is a ratio within this run."""
    large = int(os.environ.get("PORTAL_BENCH_TERMS", str(LARGE)))
    with database(DATABASE):
        officers = _caseload.people(max(large // 4, 1_000))
        calendar = current_calendar()
        _fill(SMALL, officers, calendar, 0)
        watch(NOW)
        tick, page = _tick(), _queue_page(officers)
        _fill(large - SMALL, officers, calendar, SMALL)
        return [
            *_ticks(tick, large),
            *_queue(page, officers, large),
            _dashboard(large),
            _holiday(large),
            _watch(large),
        ]


def _fill(count: int, officers: list[UUID], calendar: WorkingCalendar, first: int) -> None:
    with transaction.atomic():
        _caseload.fill(count, officers=officers, calendar=calendar, first=first)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")


def _row(name: str, ours: str, yardstick: str, ratio: float, goal: str, *, ok: bool) -> Row:
    return {
        "name": name,
        "ours": ours,
        "yardstick": yardstick,
        "ratio": round(ratio, 2),
        "goal": goal,
        "ok": ok,
    }


# --- a tick with nothing due ---------------------------------------------------------------------------------------
def _tick() -> float:
    return median(milliseconds(lambda: watch(LATER), TURNS))


def _ticks(small: float, large: int) -> list[Row]:
    now = _tick()
    ratio = now / small
    ok = now <= 5 and ratio <= 1.2
    name = f"tick with nothing due, {large:,} open terms"
    return [
        _row(name, f"{now:.1f} ms", f"{small:.1f} ms, {SMALL:,} terms", ratio, "≤ 5 ms, growth ≤ 1.2×", ok=ok)
    ]


# --- an officer's queue --------------------------------------------------------------------------------------------
def _asked(officers: list[UUID]) -> queues.Asked:
    return queues.Asked("all", officers[0])


def _queue_page(officers: list[UUID]) -> list[float]:
    """The first page with the counts of its tabs."""

    def page() -> None:
        queues.queue(_asked(officers), LATER)
        queues.counts(_asked(officers), LATER, queues.TABS)

    return milliseconds(page, TURNS)


def _queue(small: list[float], officers: list[UUID], large: int) -> list[Row]:
    def first() -> list[Any]:
        return list(queues.open_cases().select_related("party", "executor")[: queues.PAGE])

    page = _queue_page(officers)
    objects, sql = median(milliseconds(first, TURNS)), median(milliseconds(bare(first), TURNS))
    default = median(milliseconds(_default_list, RUNS))
    name = f"officer's queue, {large:,} cases"
    first_rows = _row(
        f"{name}, rows", f"{objects:.1f} ms", f"{sql:.1f} ms, its SQL bare", objects / sql, "≤ 5×", ok=objects <= 5 * sql
    )  # fmt: skip
    growth = median(page) / median(small)
    whole_page = _row(
        f"{name}, page",
        f"{p95(page):.1f} ms p95",
        f"{median(small):.1f} ms, {SMALL:,} cases",
        growth,
        "≤ 60 ms p95, growth ≤ 1.3×",
        ok=p95(page) <= 60 and growth <= 1.3,
    )
    against_default = _row(
        f"{name}, rows against a plain list",
        f"{objects:.1f} ms",
        f"{default:.0f} ms, Django admin's default list",
        default / objects,
        "≥ 10× faster",
        ok=default >= 10 * objects,
    )
    return [first_rows, whole_page, against_default]


def _default_list() -> None:
    """What Django's admin does with the same table when nothing was thought of."""
    request = RequestFactory().get("/")
    request.user = Person(is_superuser=True, is_staff=True)
    found = ModelAdmin(Case, AdminSite()).get_changelist_instance(request)
    list(found.result_list)


# --- the dashboard -------------------------------------------------------------------------------------------------
def _dashboard(large: int) -> Row:
    """All numbers of the page against one grouped count of the terms themselves."""
    asked = len(statements(lambda: board(LATER)))
    ours, grouped = milliseconds(lambda: board(LATER), TURNS), median(milliseconds(_grouped, RUNS))
    return _row(
        f"dashboard, {large:,} terms",
        f"{p95(ours):.0f} ms p95, {asked} queries",
        f"{grouped:.0f} ms, one grouped query",
        median(ours) / grouped,
        "≤ 300 ms p95, ≤ 15 queries",
        ok=p95(ours) <= 300 and asked <= 15,
    )


def _grouped() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.executor_id, t.code, c.form, t.due_at < %s, count(*) FROM deadlines_term t"
            " JOIN cases_case c ON c.id = t.case_id WHERE t.state = 'open' AND c.is_open GROUP BY 1, 2, 3, 4",
            [LATER],
        )
        cursor.fetchall()


# --- a new holiday -------------------------------------------------------------------------------------------------
def _holiday(large: int) -> Row:
    """A day off among the terms' days, once by the portal, once as one UPDATE that knows the new dates already."""
    first, second = (Person.objects.get(login=login) for login in ("bench50", "bench51"))
    day = date(2026, 11, 12)
    ours, theirs, moved = [], [], 0
    for _run in range(RUNS):
        with _undone():
            entered = enter_exception(
                day=day, kind=ExceptionKind.DAY_OFF, act_ru="Акт", act_kk="Акт", by=first, at=LATER
            )
            ours.append(once(partial(confirm_exception, exception_id=entered.pk, by=second, at=LATER)))
            dates, moved = _dates()
        with _undone():
            theirs.append(once(partial(_update, dates)))
    return _row(
        f"a new holiday moves {moved:,} of {large:,} open terms",
        f"{median(ours):.0f} ms",
        f"{median(theirs):.0f} ms, one UPDATE",
        median(ours) / median(theirs),
        "≤ 3×",
        ok=median(ours) <= 3 * median(theirs),
    )  # fmt: skip


@contextmanager
def _undone() -> Iterator[None]:
    """What is done inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _dates() -> tuple[list[list[Any]], int]:
    """The new dates of what the newest calendar moved, a column each, and how many terms they are."""
    newest = CalendarRevision.objects.latest("number").number
    fields = ("code", "start", "n", "due_on", "due_at", "next_step_at")
    moved = Term.objects.filter(calendar_revision=newest)
    return [
        list(column) for column in zip(*moved.values_list(*fields).distinct(), strict=True)
    ], moved.count()


def _update(dates: list[list[Any]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE deadlines_term t SET due_on = m.due_on, due_at = m.due_at, next_step_at = m.step,"
            " calendar_revision = t.calendar_revision + 1"
            " FROM unnest(%s::text[], %s::date[], %s::int[], %s::date[], %s::timestamptz[], %s::timestamptz[])"
            " AS m(code, start, n, due_on, due_at, step)"
            " WHERE t.state = 'open' AND t.code = m.code AND t.start = m.start AND t.n = m.n",
            dates,
        )


# --- the watch -----------------------------------------------------------------------------------------------------
_WRITTEN = ("UPDATE ", "INSERT ")
_LEFT_BEHIND = (
    "notices_notice",
    "notices_message",
    "deadlines_telling",
    "deadlines_breachexplanation",
    "deadlines_ladderstep",
    "journal_delivery",
    "journal_fact",
)


def _watch(large: int) -> Row:
    """One term in a hundred passes: the whole round against its own writes of terms, facts and heads, both in batches."""
    due = Term.objects.filter(state=TermState.OPEN, due_at__lt=WATCHED_AT).count()
    _as_before()
    sent = [
        (sql, params) for sql, params in statements(lambda: watch(WATCHED_AT)) if sql.startswith(_WRITTEN)
    ]
    ours, theirs = [], []
    for _run in range(RUNS):
        _as_before()
        ours.append(once(lambda: watch(WATCHED_AT)))
        _as_before()
        theirs.append(once(lambda: _written(sent)))
    return _row(
        f"the watch, {due:,} of {large:,} open terms pass",
        f"{median(ours):.0f} ms",
        f"{median(theirs):.0f} ms, the same UPDATE and INSERT bare",
        median(ours) / median(theirs),
        "≤ 3×",
        ok=median(ours) <= 3 * median(theirs),
    )


def _written(sent: list[tuple[str, Any]]) -> None:
    """Sent again as they were, a batch a transaction: each begins with its facts."""
    batches: list[list[tuple[str, Any]]] = [[]]
    for sql, params in sent:
        if sql.startswith('INSERT INTO "journal_fact"'):
            batches.append([])
        batches[-1].append((sql, params))
    for batch in batches:
        with transaction.atomic(), connection.connection.cursor() as cursor:
            for sql, params in batch:
                cursor.execute(sql, params)


def _as_before() -> None:
    """The terms run again; facts and what followed are taken out, which no role but the server's own may do."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE deadlines_term SET state = 'open', passed_at = NULL WHERE state <> 'open'")
        cursor.execute("UPDATE journal_streamhead SET seq = 0, hash = '' WHERE seq > 0")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _LEFT_BEHIND:
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [table])
