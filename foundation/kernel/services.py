"""Writers of the kernel: counters, the demo clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.models import ClockShift
from foundation.kernel.refusals import NotPermitted


def next_number(name: str) -> int:
    """The next number of a series; call it last in the transaction, its row stays locked until commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (name, value) VALUES (%s, 1) "
            "ON CONFLICT (name) DO UPDATE SET value = kernel_counter.value + 1 RETURNING value",
            [name],
        )
        (value,) = cursor.fetchone()
    return int(value)


@transaction.atomic
def shift_legal_clock(to: datetime | None) -> timedelta:
    """Demo only: let the legal clock run from `to` (None: back to the machine's time)."""
    if not settings.DEMO:
        raise NotPermitted("The legal clock can be moved in the demo only.")
    shift = almaty(to) - machine_now() if to is not None else timedelta()
    ClockShift.objects.update_or_create(pk=1, defaults={"shift": shift})
    return shift
