"""Reads: breaches with their explanations, and to whom each step of a term's ladder was told."""

from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from casework.cases.models import Absence
from casework.deadlines import rules
from casework.deadlines.models import BreachExplanation, LadderStep, Telling
from foundation.accounts.models import Person


def explanations(person: Person | None, at: datetime) -> QuerySet[BreachExplanation]:
    """Breaches whose explanation is asked of a person or of whom they stand in for; None: all."""
    rows = BreachExplanation.objects.select_related("term__case", "asked_of", "given_by")
    found = rows.prefetch_related(Prefetch("term__steps", ladder()))
    if person is not None:
        day = rules.to_almaty(at).date()
        absent = Absence.objects.filter(substitute=person, first_day__lte=day, last_day__gte=day)
        found = found.filter(Q(asked_of=person) | Q(asked_of__in=absent.values("officer_id")))
    return found


def owed_explanations(person: Person | None, at: datetime) -> QuerySet[BreachExplanation]:
    """Those that nobody gave yet, the newest breach first."""
    return explanations(person, at).filter(given_at=None).order_by("-asked_at", "-pk")


def given_explanations(person: Person | None, at: datetime) -> QuerySet[BreachExplanation]:
    """Those that were given, the latest first."""
    return explanations(person, at).filter(given_at__isnull=False).order_by("-given_at", "-pk")


def ladder_of(case_id: UUID) -> QuerySet[LadderStep]:
    """Every step taken in a case, with whom it was told to and when they read it."""
    return ladder().filter(term__case_id=case_id).select_related("term")


def ladder() -> QuerySet[LadderStep]:
    """Steps in their order."""
    tellings = Telling.objects.select_related("person", "notice").order_by("person__surname", "pk")
    return LadderStep.objects.prefetch_related(Prefetch("tellings", tellings)).order_by("due_at", "pk")
