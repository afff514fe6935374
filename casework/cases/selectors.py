"""Who may see which case file, and the queues."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from casework.cases.models import Absence, Case
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role

READS_ALL = frozenset({Role.CHANCERY, Role.EXECUTOR, Role.HEAD, Role.SUPERVISOR, Role.REVIEWER, Role.AUDITOR})


def cases_visible_to(person: Person, at: datetime) -> QuerySet[Case]:
    """Officers see filed cases; an applicant the cases of the parties they act for (APPC 75)."""
    mine = Q(party_id__in=accounts.representations_of(person, at).values("party_id"))
    if accounts.roles_of(person, at.date()) & READS_ALL:
        return Case.objects.filter(mine | Q(received_at__isnull=False))
    return Case.objects.filter(mine)


def visible_case(person: Person, case_id: UUID, at: datetime) -> Case | None:
    """The case if this person may see it, else None."""
    return cases_visible_to(person, at).select_related("party", "executor", "body").filter(pk=case_id).first()


def represents_party(person: Person, case: Case, at: datetime) -> bool:
    """Whether the person acts for the case's party."""
    return accounts.may_act_for(person, case.party_id, at)


def substitutes_of(officer_id: UUID, on: date) -> QuerySet[Absence]:
    """Absences of an officer on a day, with who stands in."""
    return Absence.objects.filter(officer_id=officer_id, first_day__lte=on, last_day__gte=on)
