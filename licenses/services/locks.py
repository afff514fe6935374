"""Locks of the register; in the one order of design.md: case → licence → complaint → stream heads → counter."""

from uuid import UUID

from foundation.kernel.refusals import NotFound
from licenses.models import Licence


def lock_licence(licence_id: UUID) -> Licence:
    """The licence, locked until the end of the transaction."""
    licence = Licence.objects.select_for_update(of=("self",)).filter(pk=licence_id).first()
    if licence is None:
        raise NotFound
    return licence
