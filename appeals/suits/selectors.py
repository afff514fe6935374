"""Reads of suits: what can be contested, who sees which suit."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from appeals.models import Complaint, Suit
from appeals.selectors import burdening
from appeals.statuses import CONSIDERATION, OUTCOMES
from casework.cases.models import Case
from casework.cases.selectors import cases_visible_to
from casework.deadlines.models import Term
from casework.deadlines.statuses import TermState
from casework.decisions.models import Act
from foundation.accounts.models import Body, Person

# what a complaint ended with is contested as an act of its own, beside the act complained of
_OF_COMPLAINTS = ("complaint_answer", "complaint_left")


def contestable(case_id: UUID) -> list[Act]:
    """Signed acts of a case in force that a suit may contest, newest first (Rules 23)."""
    return list(
        Act.objects.filter(
            burdening() | Q(kind__in=_OF_COMPLAINTS),
            case_id=case_id,
            state=Act.State.SIGNED,
            cancellation=None,
        ).order_by("-signed_at")
    )


def was_complained_of(case: Case, act: Act | None) -> bool:
    """Whether a complaint on the same matter was decided before, as the portal knows it.

    What was not answered in its term counts as dismissed (APPC 100(5)).
    """
    if case.kind == Case.Kind.COMPLAINT:
        return True
    silent = Term.objects.filter(code__in=CONSIDERATION, state=TermState.BREACHED).values("case_id")
    decided = Q(status__in=OUTCOMES) | Q(case__in=silent)
    return Complaint.objects.filter(decided, about=case, act=act).exists()


def suits_visible_to(person: Person, at: datetime) -> QuerySet[Suit]:
    """Officers see all, a party's people their own, the superior body those it gives its position on; newest first."""
    return (
        Suit.objects.filter(case__in=cases_visible_to(person, at))
        .select_related("case__party", "case__executor", "about", "act", "response")
        .order_by("-case__created_at")
    )


def suits_about(case: Case) -> QuerySet[Suit]:
    """The suits that touch a case, newest first: against its acts, or against the outcome of a complaint about it."""
    return (
        Suit.objects.filter(Q(about=case) | Q(about__complaint__about=case))
        .select_related("case", "about", "act", "response")
        .order_by("-case__created_at")
    )


def touched_by_suits(case_id: OuterRef) -> Exists:
    """Whether a suit touches the case, asked along with the case itself."""
    return Exists(Suit.objects.filter(Q(about=case_id) | Q(about__complaint__about=case_id)))


def suits_before(bodies: Collection[str]) -> QuerySet[Suit, Any]:
    """Ids of suits, without a complaint before them, that wait for the position of one of the bodies (Rules 23)."""
    return _asked(bodies).values("case_id")


def cases_sued_before(bodies: Collection[str]) -> QuerySet[Suit, Any]:
    """Ids of the cases of those suits: the position rests on the administrative case."""
    return _asked(bodies).values("about_id")


def _asked(bodies: Collection[str]) -> QuerySet[Suit]:
    of_superior = Body.objects.filter(pk__in=list(bodies), kind=Body.Kind.SUPERIOR).exists()
    return Suit.objects.filter(complained_first=False) if of_superior else Suit.objects.none()
