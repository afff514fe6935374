"""Whoever takes everything of a case along stands in its journal."""

from django.db import transaction

from casework.cases.models import Case
from casework.documents import events
from casework.documents.bundle import Bundle
from foundation.accounts.models import Person
from foundation.journal.services import record


@transaction.atomic
def note_bundle_taken(case: Case, bundle: Bundle, *, person: Person) -> None:
    """APPC 75, and the licensee's right to know who looked: recorded before the first byte leaves."""
    record(
        kind=events.BUNDLE_TAKEN,
        stream=case.stream,
        at=bundle.at,
        actor_id=person.pk,
        subject_id=case.pk,
        payload={"documents": len(bundle.documents), "files": len(bundle.files)},
    )
