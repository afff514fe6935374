"""Whoever takes everything of a licence along stands in its journal."""

from django.db import transaction

from casework.documents.bundle import Bundle
from foundation.accounts.models import Person
from foundation.journal.services import record
from licenses import events
from licenses.models import Licence


@transaction.atomic
def note_licence_bundle_taken(licence: Licence, bundle: Bundle, *, person: Person) -> None:
    """Recorded before the first byte leaves."""
    record(
        kind=events.BUNDLE_TAKEN,
        stream=licence.stream,
        at=bundle.at,
        actor_id=person.pk,
        subject_id=licence.pk,
        payload={"documents": len(bundle.documents), "number": licence.number},
    )
