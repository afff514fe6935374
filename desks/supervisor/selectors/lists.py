"""The cases behind a number of the dashboard: the same filters, so the list is as long as the number says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines import selectors as deadlines
from casework.deadlines.models import Term
from casework.deadlines.statuses import TermState
from casework.deadlines.tallies import done_stages, ended_terms, following, month_starts, start_of
from desks.supervisor.selectors.board import ages
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role

NOBODY = "none"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for; an empty value asks nothing."""

    due: str = ""
    executor: str = ""
    code: str = ""
    form: str = ""
    ended: str = ""
    state: str = ""
    done: str = ""

    @property
    def of_the_past(self) -> bool:
        """Whether it asks for terms that are over rather than for what is owed."""
        return bool(self.ended or self.state or self.done)


@dataclass(frozen=True, slots=True)
class Owed:
    """One line of a list: a case, its term, and the working days left (None: not counted)."""

    case: Case
    term: Term | None
    due_at: datetime | None
    code: str
    left: int | None
    late: bool
    met: bool = False


def terms(asked: Asked, at: datetime) -> QuerySet[Any]:
    """Terms as asked: outstanding ones nearest first, or ended ones, latest first."""
    rows: QuerySet[Any]
    if asked.of_the_past:
        rows = _ended(asked, at).select_related("case__executor", "case__party").order_by("-ended", "-id")
    else:
        rows = deadlines.outstanding_terms(at, asked.due or None).select_related(
            "case__executor", "case__party"
        )
    wanted: dict[str, Any] = {}
    if asked.code:
        wanted["code"] = asked.code
    if asked.form:
        wanted["case__form"] = asked.form
    return rows.filter(_by(asked.executor, "case__executor"), **wanted)


def _ended(asked: Asked, at: datetime) -> QuerySet[Any]:
    rows = ended_terms()
    if asked.done:  # the stages whose times are shown, over the same months
        first = start_of(month_starts(rules.to_almaty(at).date())[0])
        rows = rows.filter(pk__in=done_stages().filter(met_at__gte=first).values("pk"))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.ended:
        month = _month(asked.ended)
        rows = rows.filter(ended__gte=start_of(month), ended__lt=start_of(following(month)))
    return rows


def _month(code: str) -> date:
    return date.fromisoformat(f"{code}-01")


@dataclass(frozen=True, slots=True)
class AskedCases:
    """Which cases: open ones by age, or those a month brought or ended."""

    age: str = ""
    executor: str = ""
    registered: str = ""
    closed: str = ""

    @property
    def of_the_past(self) -> bool:
        return bool(self.registered or self.closed)


def cases(asked: AskedCases, at: datetime) -> QuerySet[Case]:
    """Registered cases, oldest first; `age` is a code of the dashboard's ages."""
    rows = Case.objects.filter(registered_on__isnull=False)
    if not asked.of_the_past:
        rows = rows.filter(is_open=True)
    if asked.registered:
        month = _month(asked.registered)
        rows = rows.filter(registered_on__gte=month, registered_on__lt=following(month))
    if asked.closed:
        month = _month(asked.closed)
        rows = rows.filter(closed_at__gte=start_of(month), closed_at__lt=start_of(following(month)))
    if asked.age:
        known = ages(at, deadlines.current_calendar())
        days = next((found.days for found in known if found.code == asked.age), ())
        rows = rows.filter(registered_on__in=days)
    return (
        rows.filter(_by(asked.executor, "executor"))
        .select_related("executor", "party")
        .order_by("registered_on", "id")
    )


def _by(executor: str, field: str) -> Q:
    if not executor:
        return Q()
    return Q(**{f"{field}_id": None if executor == NOBODY else UUID(executor)})


def owed(rows: list[Term], at: datetime) -> list[Owed]:
    """Terms as lines, the working days counted by one calendar."""
    today = _Today(at)
    return [today.line(term.case, term, term.due_at, term.code) for term in rows]


def owed_cases(rows: list[Case], at: datetime) -> list[Owed]:
    """Cases as lines, each with its nearest term."""
    today = _Today(at)
    return [today.line(case, None, case.next_due_at, case.next_due_code) for case in rows]


class _Today:
    """Counts working days from one day by one calendar."""

    def __init__(self, at: datetime) -> None:
        self.now = rules.whole_seconds(rules.to_almaty(at))
        self.calendar = deadlines.current_calendar()

    def line(self, case: Case, term: Term | None, due_at: datetime | None, code: str) -> Owed:
        if due_at is None:
            return Owed(case, term, None, "", None, late=False)
        late = due_at < self.now
        left = self.calendar.working_days_between(self.now.date(), rules.to_almaty(due_at).date())
        if term is not None and term.met_at is not None:
            return Owed(case, term, due_at, code, None, late=term.state != TermState.MET, met=True)
        # passed this evening: no working day lies between, "0 left" would be wrong
        return Owed(case, term, due_at, code, None if late and left == 0 else left, late=late)


def owing(at: datetime) -> QuerySet[Person]:
    """Whose cases can be asked for: everybody a case may be given to, and who has one, reviewers of complaints among them."""
    holders = Case.objects.filter(is_open=True, executor__isnull=False).values("executor_id")
    today = accounts.people_with(Role.EXECUTOR, at.date()).values("pk")
    return Person.objects.filter(Q(pk__in=today) | Q(pk__in=holders)).order_by("surname", "given_name")


def executors(at: datetime) -> QuerySet[Person]:
    """Whom a case may be given to."""
    return accounts.people_with(Role.EXECUTOR, at.date())
