"""A new revision lets every process drop the rows it holds."""

from uuid import uuid4

from foundation.rulebook.models import Revision


def bump() -> int:
    """Number of the new revision; call inside the transaction that changed the rows."""
    current = Revision.objects.select_for_update().first()
    number = current.number + 1 if current else 1
    Revision.objects.update_or_create(
        pk=current.pk if current else 1, defaults={"number": number, "token": uuid4()}
    )
    return number
