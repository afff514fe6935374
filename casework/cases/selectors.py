"""Who may see which case file, and the queues."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from casework.cases import rules
from casework.cases.models import Absence, Assignment, AutomaticAssignment, Case
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Person, Role
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty

# who works with filed cases; a reviewer of another body only with those that are before it
READS_ALL = frozenset({Role.CHANCERY, Role.EXECUTOR, Role.HEAD, Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR})
_READS_EVERY = READS_ALL - {Role.REVIEWER}

CasesBefore = Callable[[Collection[str]], QuerySet[Any, Any]]
_SENT_ALONG: list[CasesBefore] = []


def sent_along(cases_before: CasesBefore) -> None:
    """For the floors above, once at start: ids of cases that another case has brought before bodies (Rules 20)."""
    _SENT_ALONG.append(cases_before)


def cases_visible_to(person: Person, at: datetime) -> QuerySet[Case]:
    """Officers see filed cases; an applicant the cases of the parties they act for (APPC 75)."""
    mine = Q(party_id__in=accounts.representations_of(person, at).values("party_id"))
    as_officer = _of_office(person, at)
    return Case.objects.filter(mine if as_officer is None else mine | as_officer)


def reads_every_case(person: Person, at: datetime, *, held: frozenset[str] = frozenset()) -> bool:
    """Whether no filed case is closed to the person, an officer of the provider; `held`: roles if already read."""
    return bool(held & _READS_EVERY) or _reads_every(_held(person, at))


def is_visible(case: Case, person: Person, at: datetime, *, roles: frozenset[str], represents: bool) -> bool:
    """The same rule for one case that is read already, by what is known of the person."""
    if represents or case.received_at is None:
        return represents
    if roles & _READS_EVERY or Role.REVIEWER not in roles:
        return bool(roles & _READS_EVERY)
    as_officer = _of_office(person, at)
    return as_officer is not None and Case.objects.filter(as_officer, pk=case.pk).exists()


def _of_office(person: Person, at: datetime) -> Q | None:
    """The cases a person sees as an officer; None: none.

    A reviewer considers complaints for one body (process.md, People): of another body than the provider they see
    the complaints that have come to it and the cases complained of, which were forwarded with them (Rules 20).
    """
    filed, held = Q(received_at__isnull=False), _held(person, at)
    if _reads_every(held):
        return filed
    bodies = {body for role, body, _kind in held if role == Role.REVIEWER}
    if not bodies:
        return None
    before = Q(body_id__in=bodies)
    for cases_before in _SENT_ALONG:
        before |= Q(pk__in=cases_before(bodies))
    return filed & before


def _held(person: Person, at: datetime) -> list[tuple[str, str, str]]:
    """Role, body and kind of body of every holding of that day."""
    return list(accounts.holdings_of(person, at.date()).values_list("role", "body_id", "body__kind"))


def _reads_every(held: Iterable[tuple[str, str, str]]) -> bool:
    """Heads and reviewers by their body: of another one they see what is before it."""
    of_body = (Role.HEAD, Role.REVIEWER)
    return any(
        (role in _READS_EVERY and role not in of_body) or (role in of_body and kind == Body.Kind.PROVIDER)
        for role, _body, kind in held
    )


def visible_case(person: Person, case_id: UUID, at: datetime) -> Case | None:
    """The case if this person may see it, else None."""
    return cases_visible_to(person, at).select_related("party", "executor", "body").filter(pk=case_id).first()


def represents_party(person: Person, case: Case, at: datetime) -> bool:
    """Whether the person acts for the case's party."""
    return accounts.may_act_for(person, case.party_id, at)


def substitutes_of(officer_id: UUID, on: date) -> QuerySet[Absence]:
    """Absences of an officer on a day, with who stands in."""
    return Absence.objects.filter(officer_id=officer_id, first_day__lte=on, last_day__gte=on)


def acting_executors(case: Case, on: date) -> list[Person]:
    """Who may act as executor on a day, the one who does first: who stands in by a dated order, then the assigned one."""
    if case.executor is None:
        return []
    absences = substitutes_of(case.executor.pk, on).exclude(substitute=None).select_related("substitute")
    standing_in = [
        row.substitute for row in absences.order_by("first_day", "pk") if row.substitute is not None
    ]
    return [*standing_in, case.executor]


def away_between(officer_id: UUID, first_day: date, last_day: date) -> QuerySet[Absence]:
    """The absences of an officer that take in some of these days."""
    return Absence.objects.filter(officer_id=officer_id, first_day__lte=last_day, last_day__gte=first_day)


def absences(today: date) -> QuerySet[Absence]:
    """Who is away or will be, and who was in the last month; with the number of open cases nobody stands in for."""
    open_cases = Case.objects.filter(executor_id=OuterRef("officer_id"), is_open=True).order_by()
    counted = open_cases.values("executor_id").annotate(count=Count("pk")).values("count")
    return (
        Absence.objects.filter(last_day__gte=today - timedelta(days=31))
        .select_related("officer", "substitute", "entered_by")
        .annotate(open_cases=Coalesce(Subquery(counted), 0))
        .order_by("-last_day", "first_day", "pk")
    )


def loads(case: Case, officers: QuerySet[Person], at: datetime) -> list[tuple[Person, rules.Load]]:
    """Each officer with the open cases, the last assignment, and what hinders the officer in this case, in one question."""
    mine = OuterRef("pk")
    open_cases = Case.objects.filter(executor_id=mine, is_open=True).order_by().values("executor_id")
    day = almaty(at).date()
    rows = officers.annotate(
        open_count=Coalesce(Subquery(open_cases.annotate(count=Count("pk")).values("count")), 0),
        last_at=Subquery(
            Assignment.objects.filter(executor_id=mine).order_by("-assigned_at").values("assigned_at")[:1]
        ),
        is_away=Exists(Absence.objects.filter(officer_id=mine, first_day__lte=day, last_day__gte=day)),
        is_recused=Exists(case.recusals.filter(officer_id=mine, granted=True)),
        is_barred=Exists(case.bars.filter(officer_id=mine)),
        represents=Exists(accounts.representatives_of(case.party_id, at).filter(pk=mine)),
    )
    return [(row, rules.Load(row.pk, row.open_count, row.last_at, _hindered(row))) for row in rows]


def automatic_assignment() -> AutomaticAssignment | None:
    """The order in force by which applications are assigned by load and absence; None: assignment is by hand."""
    return AutomaticAssignment.objects.select_related("started_by").filter(ended_at=None).first()


def _hindered(row: Any) -> rules.Hindered | None:
    if row.is_recused:
        return rules.Hindered.RECUSED
    if row.is_barred:
        return rules.Hindered.BARRED
    if row.represents:
        return rules.Hindered.INTEREST
    return rules.Hindered.AWAY if row.is_away else None


# --- what happened in a case -------------------------------------------------------------------
SHOWN_CHANGES = 10


@dataclass(frozen=True, slots=True)
class Happening:
    """One fact of a case as somebody may read it: `who` is a name for officers, the side or role for applicants."""

    kind: str
    at: datetime
    who: str
    fact: Fact

    @property
    def version(self) -> int | None:
        """The version of the case that the fact made, where it made one."""
        version = self.fact.payload.get("version")
        return version if isinstance(version, int) else None


def happenings(
    case: Case, reader: Person, at: datetime, *, latest: int | None = None, by_name: bool | None = None
) -> list[Happening]:
    """The journal of a case, oldest first; with `latest` only the last so many facts.

    `by_name`: whether the reader may read names of officers, if that is known already.
    """
    facts = Fact.objects.filter(stream=case.stream).order_by("-seq")
    rows = list(facts[:latest] if latest else facts)[::-1]
    if by_name is None:
        by_name = bool(accounts.roles_of(reader, at.date()) & READS_ALL)
    names = shown_names({row.actor_id for row in rows}, reader, by_name=by_name)
    return [Happening(row.kind, row.at, names.get(row.actor_id, _("the portal")), row) for row in rows]


def changes_after(case: Case, version: int, reader: Person, at: datetime) -> list[Happening]:
    """What people and the portal did to the case after a version, newest first."""
    found = happenings(case, reader, at, latest=2 * SHOWN_CHANGES)[::-1]
    return [change for change in found if (change.version or 0) > version][:SHOWN_CHANGES]


def shown_names(ids: Iterable[UUID | None], reader: Person, *, by_name: bool) -> dict[UUID | None, str]:
    """Officers read names; an applicant reads which side or role it was, and their own name."""
    people = Person.objects.filter(pk__in={one for one in ids if one})
    found: dict[UUID | None, str] = {}
    for person in people.prefetch_related("roles"):
        if by_name or person.pk == reader.pk:
            found[person.pk] = person.full_name
        elif person.is_staff:
            held = [str(Role(holding.role).label) for holding in person.roles.all()]
            found[person.pk] = ", ".join(sorted(set(held))) or _("officer")
        else:
            found[person.pk] = _("the applicant's side")
    return found
