"""Who may see which file, and what still waits for the scanner."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from casework.cases.selectors import cases_visible_to
from casework.documents.models.stored_file import StoredFile
from foundation.accounts.models import Person

_State = StoredFile.ScanState


def files_visible_to(person: Person, at: datetime) -> QuerySet[StoredFile]:
    """The files of the cases a person may see (APPC 75); whether they are open is another question."""
    return StoredFile.objects.filter(case__in=cases_visible_to(person, at), deleted_at=None)


def visible_file(person: Person, file_id: UUID, at: datetime) -> StoredFile | None:
    """The file if this person may see its case, else None."""
    return files_visible_to(person, at).select_related("case").filter(pk=file_id).first()


def files_of_case(case_id: UUID) -> QuerySet[StoredFile]:
    """The files of a case in the order they came, without discarded ones."""
    return StoredFile.objects.filter(case_id=case_id, deleted_at=None).order_by("created_at", "pk")


def to_scan(retry_before: datetime) -> QuerySet[StoredFile]:
    """What waits for the scanner, oldest first, and what failed before a moment of machine time."""
    due = Q(scan_state=_State.WAITING) | Q(scan_state=_State.FAILED, scanned_at__lt=retry_before)
    return StoredFile.objects.filter(due, deleted_at=None).select_related("case").order_by("created_at", "pk")
