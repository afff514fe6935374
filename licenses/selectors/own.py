"""Which licences a person sees in full."""

from datetime import datetime

from django.db.models import QuerySet

from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from licenses.models import Licence
from licenses.permissions import reads_all_licences


def licences_visible_to(person: Person, at: datetime) -> QuerySet[Licence]:
    """Officers: all; others: those of the parties they act for. From the hour they are shown (Rules 5)."""
    shown = Licence.objects.filter(public_from__lte=at).select_related("party", "body")
    if reads_all_licences(person, at):
        return shown
    return shown.filter(party_id__in=accounts.representations_of(person, at).values("party_id"))


def licence_visible_to(person: Person, number: str, at: datetime) -> Licence | None:
    """The licence if this person may see it in full, else None."""
    return licences_visible_to(person, at).filter(number=number).first()


def own_licences(person: Person, at: datetime) -> QuerySet[Licence]:
    """The licences of the parties a person acts for, the newest first."""
    return (
        Licence.objects.filter(
            public_from__lte=at, party_id__in=accounts.representations_of(person, at).values("party_id")
        )
        .select_related("party", "body")
        .order_by("-first_issued_on", "number")
    )
