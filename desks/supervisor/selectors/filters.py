"""A person's own filters."""

from django.db.models import QuerySet

from desks.models import SavedFilter
from foundation.accounts.models import Person


def filters_of(person: Person, listed: str = "") -> QuerySet[SavedFilter]:
    """By list and name; of one list if named."""
    rows = SavedFilter.objects.filter(person=person).order_by("list", "name")
    return rows.filter(list=listed) if listed else rows
