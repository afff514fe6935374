"""What a month brought: terms ended, days each stage took, cases registered and closed.

A month that is over does not change any more, so the watch counts it once and keeps the count (`MonthTally`); the
months after the last kept one are counted as they are asked for. Both ways give the same numbers.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate

from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import MonthTally, Term
from casework.deadlines.rules import TERM_RULES
from casework.deadlines.statuses import AUTHORITY_CODES, ENDED, TermState

MONTHS = 12
_TO_MIDNIGHT = timedelta(
    hours=5, minutes=29, seconds=59
)  # what is done after 18:30:00 falls on the day after
# stages that run forward from an event; a notice "not later than" counts backwards and takes no time of its own
STAGES = tuple(
    sorted(code for code in AUTHORITY_CODES if all(rule.n > 0 for rule in TERM_RULES if rule.code == code))
)


class Bucket(Func):
    """The number of edges that are not above a value: one look-up where CASE would compare edge by edge."""

    function = "width_bucket"
    output_field = IntegerField()

    def __init__(self, value: Any, edges: Iterable[Any], kind: Any) -> None:
        super().__init__(value, Value(list(edges), output_field=ArrayField(kind)))


@dataclass(slots=True)
class MonthCount:
    """One month in numbers; `took` is by stage: working days → how often."""

    first_day: date
    ended: Counter[tuple[str, bool]] = field(default_factory=Counter)
    took: dict[str, Counter[int]] = field(default_factory=dict)
    registered: int = 0
    closed: int = 0

    def in_state(self, state: str, *, service: bool | None = None) -> int:
        """Terms that ended so; `service`: only those of the result of the service, or only the others."""
        return sum(
            count
            for (found, is_service), count in self.ended.items()
            if found == state and service in (None, is_service)
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "ended": sorted([state, service, count] for (state, service), count in self.ended.items()),
            "took": {code: sorted(days.items()) for code, days in sorted(self.took.items())},
            "registered": self.registered,
            "closed": self.closed,
        }

    @classmethod
    def from_json(cls, first_day: date, content: Mapping[str, Any]) -> "MonthCount":
        return cls(
            first_day,
            Counter({(state, service): count for state, service, count in content["ended"]}),
            {code: Counter(dict(days)) for code, days in content["took"].items()},
            content["registered"],
            content["closed"],
        )


def month_starts(today: date, months: int = MONTHS) -> list[date]:
    """The first days of the last months, this one included, oldest first."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - months + 1, last + 1)]


def start_of(day: date) -> datetime:
    """00:00 of a day in Almaty."""
    return datetime.combine(day, time(0), rules.ALMATY)


def following(first: date) -> date:
    """The first day of the next month."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def months(at: datetime, calendar: WorkingCalendar) -> tuple[MonthCount, ...]:
    """The last twelve months, oldest first: kept counts as far as they go, the rest counted now."""
    firsts = month_starts(rules.to_almaty(at).date())
    kept = {
        row.first_day: MonthCount.from_json(row.first_day, row.content)
        for row in MonthTally.objects.filter(
            first_day__in=firsts[:-1], calendar_revision=calendar.revision, counted_at__lte=at
        )
    }
    live = next(index for index, first in enumerate(firsts) if first not in kept)
    return (*(kept[first] for first in firsts[:live]), *count(firsts[live:], calendar))


def count(firsts: list[date], calendar: WorkingCalendar) -> list[MonthCount]:
    """Consecutive months counted from the rows, in three questions."""
    found = [MonthCount(first) for first in firsts]
    first, end = start_of(firsts[0]), start_of(following(firsts[-1]))
    starts = [start_of(month) for month in firsts]
    for place, state, service, number in _ended(first, end, starts):
        found[place - 1].ended[state, service] += number
    for place, code, start, day, number in _took(first, end, starts):
        days = calendar.working_days_between(start, calendar.on_or_after(day))
        found[place - 1].took.setdefault(code, Counter())[max(days, 0)] += number
    for what, place, number in _throughput(firsts, first, end):
        setattr(found[place - 1], what, getattr(found[place - 1], what) + number)
    return found


def ended_terms() -> QuerySet[Any]:
    """Terms of the authority that are over, with the moment `ended`; a breach ends at its due moment."""
    return Term.objects.filter(code__in=AUTHORITY_CODES, state__in=ENDED).annotate(
        ended=Coalesce("passed_at", "met_at")
    )


def _ended(first: datetime, end: datetime, starts: list[datetime]) -> Iterable[Any]:
    rows: Iterable[Any] = (
        ended_terms()
        .filter(ended__gte=first, ended__lt=end)
        .annotate(
            place=Bucket(F("ended"), starts, DateTimeField()),
            is_service=ExpressionWrapper(Q(code="service"), BooleanField()),
        )
        .values_list("place", "state", "is_service")
        .annotate(number=Count("*"))
        .order_by()
    )
    return rows


def done_stages() -> QuerySet[Any]:
    """Stages whose act was done, in time or late."""
    return Term.objects.filter(code__in=STAGES, state__in=ENDED, met_at__isnull=False)


def _took(first: datetime, end: datetime, starts: list[datetime]) -> Iterable[Any]:
    """By start and day of the act: a few hundred pairs, each counted by the calendar once (Rules 5)."""
    moment = ExpressionWrapper(
        F("met_at") + Value(_TO_MIDNIGHT, output_field=DurationField()), output_field=DateTimeField()
    )
    rows: Iterable[Any] = (
        done_stages()
        .filter(met_at__gte=first, met_at__lt=end)
        .annotate(
            place=Bucket(F("met_at"), starts, DateTimeField()), day=TruncDate(moment, tzinfo=rules.ALMATY)
        )
        .values_list("place", "code", "start", "day")
        .annotate(number=Count("*"))
        .order_by()
    )
    return rows


def _throughput(firsts: list[date], first: datetime, end: datetime) -> Iterable[Any]:
    """Cases registered and cases closed, in one statement: by day, as the index has them."""
    registered = Case.objects.filter(
        registered_on__gte=firsts[0], registered_on__lt=rules.to_almaty(end).date()
    )
    closed = Case.objects.filter(registered_on__isnull=False, closed_at__gte=first, closed_at__lt=end)
    parts = [
        registered.annotate(what=Value("registered"), day=F("registered_on")),
        closed.annotate(what=Value("closed"), day=TruncDate("closed_at", tzinfo=rules.ALMATY)),
    ]
    counted = [
        rows.order_by()
        .values_list("what", "day")
        .annotate(number=Count("*"))
        .values_list("what", "day", "number")
        for rows in parts
    ]
    return [
        (what, bisect_right(firsts, day), number)
        for what, day, number in counted[0].union(counted[1], all=True)
    ]


def still_moving(first: date) -> bool:
    """Whether something due before the end of a month still runs, so that the month may change (a watch that was away)."""
    return Term.objects.filter(
        state__in=[TermState.OPEN, TermState.DUE], due_at__lt=start_of(following(first))
    ).exists()
