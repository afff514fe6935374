"""Licence numbers: reserved at opening for signature, released when that came to nothing, never used twice."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from foundation.kernel.refusals import Conflict
from foundation.kernel.services import next_number
from licenses.models import LicenceNumber
from licenses.rules import licence_number
from licenses.statuses import NumberState

_SERIES = "licence"


def reserve_number(*, case_id: UUID, at: datetime) -> str:
    """The case's number: the one it has, else a released one, else the next.

    Call it in a short transaction of its own: a new number locks the counter until commit. Two heads who open the
    same case at once get the same number.
    """
    held = _held_by(case_id)
    if held is None:
        try:
            with transaction.atomic():
                return (_released_for(case_id, at) or _new_for(case_id, at)).number
        except IntegrityError:  # another head was faster: the case has its number
            held = _held_by(case_id)
            if held is None:
                raise
    return held.number


def release_number(case_id: UUID) -> bool:
    """Free the case's reserved number for the next case; only once no document that shows it can be signed."""
    freed = LicenceNumber.objects.filter(case_id=case_id, state=NumberState.RESERVED).update(
        state=NumberState.RELEASED, case_id=None
    )
    return bool(freed)


def use_number(number: str, case_id: UUID) -> None:
    """Mark the case's reserved number used, for good; in the transaction that signs the licence."""
    used = LicenceNumber.objects.filter(number=number, case_id=case_id, state=NumberState.RESERVED).update(
        state=NumberState.USED
    )
    if not used:
        raise Conflict(
            _("Licence number {number} is not reserved for this case.").format(number=number),
            code="NUMBER_NOT_RESERVED",
            advice=_("Open the document for signature again."),
        )


def _held_by(case_id: UUID) -> LicenceNumber | None:
    return LicenceNumber.objects.exclude(state=NumberState.RELEASED).filter(case_id=case_id).first()


def _released_for(case_id: UUID, at: datetime) -> LicenceNumber | None:
    row = (
        LicenceNumber.objects.select_for_update(skip_locked=True)
        .filter(state=NumberState.RELEASED)
        .order_by("serial")
        .first()
    )
    if row is not None:
        row.state, row.case_id, row.reserved_at = NumberState.RESERVED, case_id, at
        row.save(update_fields=["state", "case_id", "reserved_at"])
    return row


def _new_for(case_id: UUID, at: datetime) -> LicenceNumber:
    serial = next_number(_SERIES)
    return LicenceNumber.objects.create(
        number=licence_number(settings.LICENCE_NUMBER_LETTERS, serial),
        serial=serial,
        case_id=case_id,
        reserved_at=at,
    )
