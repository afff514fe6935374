"""The forecast of breaches: open service terms, each with the pace of its officer (process.md, Terms; Annex 3/4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from casework.deadlines import rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import Term
from casework.deadlines.rules.forecast import LAST_CASES, Expected, Pace, Pending, expect, horizon, pace_of
from casework.deadlines.selectors import current_calendar
from casework.deadlines.statuses import TermState
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Role

_OWN = """
    SELECT wanted.officer, wanted.track, done.start, done.met_at
    FROM unnest(%s::uuid[], %s::text[]) AS wanted(officer, track)
    CROSS JOIN LATERAL (
        SELECT term.start, term.met_at FROM cases_case AS file
        JOIN deadlines_term AS term ON term.case_id = file.id AND term.code = 'service'
            AND term.track = wanted.track AND term.met_at IS NOT NULL
        WHERE file.executor_id = wanted.officer AND file.closed_at <= %s
        ORDER BY file.closed_at DESC LIMIT %s) AS done
"""
_OF_BODY = """
    SELECT NULL::uuid, wanted.track, done.start, done.met_at
    FROM unnest(%s::text[]) AS wanted(track)
    CROSS JOIN LATERAL (
        SELECT term.start, term.met_at FROM cases_case AS file
        JOIN deadlines_term AS term ON term.case_id = file.id AND term.code = 'service'
            AND term.track = wanted.track AND term.met_at IS NOT NULL
        WHERE file.closed_at <= %s
        ORDER BY file.closed_at DESC LIMIT %s) AS done
"""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Every case whose service term ends within the horizon, with its working; cases without a pace are named."""

    cases: tuple[Expected, ...]
    unknown: tuple[Pending, ...]
    officers: int
    officers_then: int
    until: date

    @property
    def breaches(self) -> tuple[Expected, ...]:
        return tuple(case for case in self.cases if case.breach)

    def by_officer(self) -> dict[UUID | None, int]:
        """Who is overloaded: expected breaches by officer, most first; None: nobody is assigned."""
        found: dict[UUID | None, int] = defaultdict(int)
        for case in self.breaches:
            found[case.case.officer_id] += 1
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0]))))


@dataclass(frozen=True, slots=True)
class _Basis:
    """What every situation shares: read once, computed thrice."""

    today: date
    until: date
    calendar: WorkingCalendar
    pending: tuple[Pending, ...]
    officers: int
    paces: dict[tuple[UUID | None, str], Pace | None]

    def with_officers(self, then: int) -> Forecast:
        expected, unknown = [], []
        for case in self.pending:
            pace = self.paces.get((case.officer_id, case.track))
            if pace is None:
                unknown.append(case)
            else:
                pace = pace.with_officers(self.officers, then)
                expected.append(expect(case, pace, self.today, self.calendar))
        return Forecast(tuple(expected), tuple(unknown), self.officers, then, self.until)


def forecast(at: datetime, *, more: int = 0) -> Forecast:
    """Expected breaches in the next 15 working days; `more`: with so many officers more (or fewer, below zero)."""
    basis = _basis(at)
    return basis.with_officers(max(basis.officers + more, 1))


def situations(at: datetime) -> dict[int, Forecast]:
    """As it is (0), with one officer more (1) and, where somebody would be left, with one fewer (-1)."""
    basis = _basis(at)
    changes = (-1, 0, 1) if basis.officers > 1 else (0, 1)
    return {more: basis.with_officers(basis.officers + more) for more in changes}


def _basis(at: datetime) -> _Basis:
    calendar = current_calendar()
    today = rules.to_almaty(at).date()
    until = horizon(today, calendar)
    pending = _pending(at, until)
    return _Basis(today, until, calendar, tuple(pending), _officers(at), _paces(pending, at, calendar))


def _pending(at: datetime, until: date) -> list[Pending]:
    terms = Term.objects.filter(
        code="service",
        state=TermState.OPEN,
        due_at__gte=rules.whole_seconds(rules.to_almaty(at)),
        due_on__lte=until,
        case__is_open=True,
    ).order_by("due_at", "id")
    rows = terms.values_list("case_id", "case__executor_id", "track", "start", "due_on")
    return [Pending(*row) for row in rows]


def _officers(at: datetime) -> int:
    """How many people hold the role of an executor today; at least the one who must do the work."""
    return max(accounts.people_with(Role.EXECUTOR, rules.to_almaty(at).date()).count(), 1)


def _paces(
    pending: Iterable[Pending], at: datetime, calendar: WorkingCalendar
) -> dict[tuple[UUID | None, str], Pace | None]:
    """For each officer and way among the open cases; ways are kept apart, for a re-issue takes two days."""
    wanted = sorted({(case.officer_id, case.track) for case in pending}, key=str)
    tracks = sorted({track for _officer, track in wanted})
    named = [(officer, track) for officer, track in wanted if officer is not None]
    took: dict[tuple[UUID | None, str], list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        for sql, values in (
            (_OWN, [[officer for officer, _track in named], [track for _officer, track in named]]),
            (_OF_BODY, [tracks]),
        ):
            cursor.execute(sql, [*values, at, LAST_CASES])
            for officer, track, start, met_at in cursor.fetchall():
                days = calendar.working_days_between(start, rules.act_day(rules.to_almaty(met_at), calendar))
                took[officer, track].append(max(days, 0))
    return {
        (officer, track): pace_of(took[officer, track] if officer else (), took[None, track])
        for officer, track in wanted
    }
