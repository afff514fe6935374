"""Filters that a person keeps; no legal act, so no fact of the journal."""

from django.db import transaction
from django.utils.translation import gettext as _

from desks.models import LONGEST_NAME, SavedFilter
from foundation.accounts.models import Person
from foundation.kernel.refusals import BadInput, Conflict

MOST = 20


def save_filter(*, person: Person, listed: str, name: str, query: str) -> SavedFilter:
    """Keep a question under a name; the same name again takes the new question."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        advice = _("Give it a name of at most {most} letters.").format(most=LONGEST_NAME)
        raise BadInput(_("The filter was not saved."), advice=advice, fields={"name": [advice]})
    with transaction.atomic():
        mine = SavedFilter.objects.filter(person=person)
        if mine.count() >= MOST and not mine.filter(list=listed, name=name).exists():
            raise Conflict(
                _("You keep {most} filters already.").format(most=MOST), advice=_("Remove one of them first.")
            )
        row, _made = SavedFilter.objects.update_or_create(
            person=person, list=listed, name=name, defaults={"query": query}
        )
    return row


def remove_filter(*, person: Person, filter_id: int) -> None:
    """Only one's own; one that is gone is gone."""
    SavedFilter.objects.filter(pk=filter_id, person=person).delete()
