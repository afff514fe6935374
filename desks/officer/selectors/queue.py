"""The queue: what is due first stands first; tabs with their counts in one question to the database."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.statuses import BEFORE_SIGNATURE, Outcome, Status
from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines import selectors as deadlines
from casework.decisions.models import Act
from foundation.accounts.identifiers import mask_iin
from foundation.accounts.models import Party, Role
from foundation.kernel.clock import almaty
from licenses.models import Licence
from licenses.statuses import LIVING

PAGE = 25
# a tab counts no further: nobody works off more in a day, and a million cases cost no more than these
MOST_COUNTED = 500
_MOST_FOUND = 200

TABS: dict[str, str | Promise] = {
    "signature": _("To sign"),
    "mine": _("Mine"),
    "unassigned": _("Unassigned"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "week": _("This week"),
    "all": _("All open"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the queue is asked for."""

    tab: str
    person_id: UUID
    only_mine: bool = False
    question: str = ""
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the queue with what is due, and why it deserves a second look."""

    case: Case
    state: str | Promise
    number: str
    left: int | None
    late: bool
    flags: tuple[str | Promise, ...]

    @property
    def choice(self) -> str:
        """How a form names the case with the version that was shown."""
        return f"{self.case.pk}:{self.case.version}"


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of it."""

    lines: list[Line]
    next_cursor: str = ""


def first_tab(roles: frozenset[str]) -> str:
    """What a person of these roles looks at first: what waits for them."""
    if Role.HEAD in roles:
        return "signature"
    if Role.EXECUTOR in roles:
        return "mine"
    if roles & {Role.CHANCERY, Role.SUPERVISOR}:
        return "unassigned"
    return "all"


def queue(asked: Asked, at: datetime) -> Queue:
    """One page of a tab, or of what a question found; what is due first stands first."""
    rows = _found(asked.question) if asked.question else _of_tab(asked.tab, asked, at)
    page = _after(rows.select_related("party", "executor"), asked.cursor)
    cases = list(page[: PAGE + 1])
    more = len(cases) > PAGE
    cases = cases[:PAGE]
    return Queue(lines(cases, at), _cursor_of(cases[-1]) if more else "")


def counts(asked: Asked, at: datetime, tabs: Iterable[str]) -> dict[str, int]:
    """How many cases each tab holds, none counted further than MOST_COUNTED; one statement."""
    wanted = list(tabs)
    parts: list[str] = []
    values: list[Any] = []
    for tab in wanted:
        # in the order of the index, so that the limit ends the reading
        rows = _of_tab(tab, asked, at).order_by(F("next_due_at").asc(nulls_last=True)).values("pk")
        rows = rows[: MOST_COUNTED + 1]
        sql, params = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) t)")  # noqa: S608 -- SQL of the query compiler itself
        values += params
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        row = cursor.fetchone()
    return dict(zip(wanted, row, strict=True))


def _of_tab(tab: str, asked: Asked, at: datetime) -> QuerySet[Case]:
    rows = open_cases()
    if tab == "mine":
        return rows.filter(executor_id=asked.person_id)
    if tab == "unassigned":
        return rows.filter(executor=None)
    if tab == "signature":
        waiting = Act.objects.filter(four_eyes=True, state__in=[Act.State.PREPARED, Act.State.OPENED])
        return rows.filter(status_code=Status.SIGNING, pk__in=waiting.values("case_id"))
    if asked.only_mine:
        rows = rows.filter(executor_id=asked.person_id)
    return rows.filter(_due(tab, at)) if tab != "all" else rows


def open_cases() -> QuerySet[Case]:
    """Filed applications that are not ended; the index `cases_queue` has their order."""
    return Case.objects.filter(is_open=True, received_at__isnull=False, kind=Case.Kind.APPLICATION).order_by(
        F("next_due_at").asc(nulls_last=True), "id"
    )


def _due(tab: str, at: datetime) -> Q:
    edge = deadlines.spans(at)
    if tab == "overdue":
        return Q(next_due_at__lt=edge.now)
    ends = edge.today_ends if tab == "today" else max(edge.week_ends, edge.today_ends)
    return Q(next_due_at__gte=edge.now, next_due_at__lt=ends)


def _found(question: str) -> QuerySet[Case]:
    """By incoming or draft number, BIN or IIN, words of the party's name, licence number; ended cases too."""
    filed = Case.objects.filter(received_at__isnull=False, kind=Case.Kind.APPLICATION)
    number = question.upper()
    named_kk, named_ru = Q(), Q()
    for word in question.split():
        named_kk &= Q(name_kk__icontains=word)
        named_ru &= Q(name_ru__icontains=word)
    parties = Party.objects.filter(
        Q(number=question) | Q(kind=Party.Kind.ENTITY, number__startswith=question) | named_kk | named_ru
    ).values("pk")[:_MOST_FOUND]
    licences = Licence.objects.filter(number__startswith=number).values("party_id")[:_MOST_FOUND]
    by_number = filed.filter(Q(incoming_no__startswith=number) | Q(draft_no__startswith=number))
    ids = by_number.values("pk")[:_MOST_FOUND].union(
        filed.filter(party_id__in=parties).values("pk")[:_MOST_FOUND],
        filed.filter(party_id__in=licences).values("pk")[:_MOST_FOUND],
    )
    return Case.objects.filter(pk__in=[row["pk"] for row in ids]).order_by(
        F("next_due_at").asc(nulls_last=True), "id"
    )


def _after(rows: QuerySet[Case], cursor: str) -> QuerySet[Case]:
    """What stands behind a place in the queue; an unreadable place is the beginning."""
    place = _read(cursor)
    if place is None:
        return rows
    due, pk = place
    if due is None:
        return rows.filter(next_due_at=None, pk__gt=pk)
    return rows.filter(Q(next_due_at__gt=due) | Q(next_due_at=due, pk__gt=pk) | Q(next_due_at=None))


def _cursor_of(case: Case) -> str:
    due = case.next_due_at.isoformat() if case.next_due_at else None
    return base64.urlsafe_b64encode(json.dumps([due, str(case.pk)]).encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime | None, UUID] | None:
    try:
        due, pk = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(due) if due else None
        return (None if moment is None else almaty(moment)), UUID(pk)
    except (ValueError, TypeError, AttributeError):
        return None


def lines(cases: list[Case], at: datetime) -> list[Line]:
    """Cases with the working days left, counted by one calendar, and their flags."""
    now = rules.whole_seconds(almaty(at))
    calendar = deadlines.current_calendar()
    several = _parties_with_several(cases)
    outcomes, ended = _prepared_outcomes(cases), _about_ended(cases, now.date())
    found = []
    for case in cases:
        due = case.next_due_at
        left = None if due is None else calendar.working_days_between(now.date(), almaty(due).date())
        late = due is not None and due < now
        # passed this evening: no working day lies between, "0 left" would be wrong
        found.append(
            Line(
                case=case,
                state=status_label(case.status_code, outcomes.get(case.pk, "")),
                number=shown_number(case.party),
                left=None if late and left == 0 else left,
                late=late,
                flags=_flags(case, several, ended),
            )
        )
    return found


def status_label(code: str, outcome: str = "") -> str | Promise:
    """A state in the reader's words; of a decision before the head also what was prepared."""
    label = Status(code).label if code in Status.values else code
    return f"{label}: {Outcome(outcome).label}" if code == Status.SIGNING and outcome else label


def shown_number(party: Party) -> str:
    """BIN as it is, IIN masked: a list is no place for it."""
    return mask_iin(party.number) if party.kind == Party.Kind.ENTREPRENEUR else party.number


def _prepared_outcomes(cases: list[Case]) -> dict[UUID, str]:
    signing = [case.pk for case in cases if case.status_code == Status.SIGNING]
    if not signing:
        return {}
    return dict(Application.objects.filter(pk__in=signing).values_list("pk", "prepared_outcome"))


def _parties_with_several(cases: list[Case]) -> frozenset[UUID]:
    parties = {case.party_id for case in cases if case.is_open}
    rows = (
        open_cases()
        .filter(party_id__in=parties)
        .order_by()
        .values("party_id")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
    )
    return frozenset(rows.values_list("party_id", flat=True))


def _about_ended(cases: list[Case], day: date) -> frozenset[UUID]:
    """Undecided cases about a licence that is in force no more (APPC 70(1))."""
    living = Licence.objects.filter(status__in=LIVING, expires_on__gte=day).values("number")
    asked = Application.objects.filter(
        pk__in=[case.pk for case in cases if case.is_open], status__in=BEFORE_SIGNATURE
    ).exclude(scope=Application.Scope.LICENCE)
    return frozenset(asked.exclude(target_licence__in=living).values_list("pk", flat=True))


def _flags(case: Case, several: frozenset[UUID], ended: frozenset[UUID]) -> tuple[str | Promise, ...]:
    found: list[str | Promise] = []
    if case.pk in ended:
        found.append(_("to be discontinued: the licence left force"))
    if case.is_open and case.party_id in several:
        found.append(_("another open case of the party"))
    if case.is_open and case.executor_id is None:
        found.append(_("nobody assigned"))
    return tuple(found)
