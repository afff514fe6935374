"""The forecast of breaches as the page and the file show it: by officer, and the working of every case (Annex 3/4)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from casework.cases.models import Case
from casework.deadlines import selectors as deadlines
from casework.deadlines.forecast import Forecast
from casework.deadlines.rules.forecast import Expected, Pace
from desks.supervisor.selectors.lists import NOBODY
from foundation.accounts.models import Person


@dataclass(frozen=True, slots=True)
class AskedForecast:
    """Which situation, whose cases, and whether those expected in time too."""

    more: int = 0
    executor: str = ""
    every: bool = False


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """One officer's cases of the horizon and the breaches expected in each situation, fewest officers first."""

    officer_id: UUID | None
    name: str
    cases: int
    now: int
    breaches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Working:
    """How one case was computed: its officer's own pace, the pace of the situation, and the days they lead to."""

    case: Case
    own: Pace
    expected: Expected
    late: int  # working days after the last day of the term
    begun_again: bool  # the pace is over already: today at the earliest


Pair = tuple[Expected, Expected]


def loads(found: Mapping[int, Forecast]) -> list[OfficerLoad]:
    """Who is overloaded: most expected breaches first."""
    every = Counter(case.case.officer_id for case in found[0].cases)
    counts = {more: forecast.by_officer() for more, forecast in sorted(found.items())}
    names = {
        person.pk: person.short_name
        for person in Person.objects.filter(pk__in=[pk for pk in every if pk is not None])
    }
    rows = [
        OfficerLoad(
            pk,
            names.get(pk, "") if pk else "",
            number,
            counts[0].get(pk, 0),
            tuple(by_officer.get(pk, 0) for by_officer in counts.values()),
        )
        for pk, number in every.items()
    ]
    return sorted(rows, key=lambda row: (-row.now, -row.cases, row.name))


def pairs(found: Mapping[int, Forecast], asked: AskedForecast) -> list[Pair]:
    """What was asked for, nearest term first: each case as it is, and in the situation."""
    every = zip(found[0].cases, found[asked.more].cases, strict=True)
    return [pair for pair in every if (asked.every or pair[1].breach) and _is_of(pair[1], asked.executor)]


def _is_of(expected: Expected, executor: str) -> bool:
    officer = expected.case.officer_id
    return not executor or executor == (NOBODY if officer is None else str(officer))


def workings(chosen: Sequence[Pair]) -> list[Working]:
    """The lines of one page or of one batch of the file."""
    calendar = deadlines.current_calendar()
    rows = cases_of(then for _own, then in chosen)
    return [
        Working(
            case=rows[then.case.case_id],
            own=own.pace,
            expected=then,
            late=calendar.working_days_between(then.case.due_on, then.ends_on) if then.breach else 0,
            begun_again=then.ends_on > calendar.add_working_days(then.case.start, then.pace.days),
        )
        for own, then in chosen
    ]


def cases_of(expected: Iterable[Expected]) -> dict[UUID, Case]:
    """Their rows with party and executor."""
    wanted = [one.case.case_id for one in expected]
    return {row.pk: row for row in Case.objects.select_related("party", "executor").filter(pk__in=wanted)}
