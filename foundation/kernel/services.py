"""Writers of the kernel: counters, the demo clock, the official list of places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.models import ClockShift, Place
from foundation.kernel.place_list import ListedPlace
from foundation.kernel.refusals import Conflict, NotPermitted


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


@dataclass(frozen=True, slots=True)
class PlacesEntered:
    """What an import of the list did."""

    new: int
    renamed: int
    retired: int
    unchanged: int


@transaction.atomic
def enter_places(listed: Iterable[ListedPlace], *, on: date) -> PlacesEntered:
    """The official list as of a day: new places begin, changed ones are succeeded, missing ones end; none is deleted."""
    held = {row.code: row for row in Place.objects.select_for_update().filter(valid_to=None)}
    if any(row.valid_from > on for row in held.values()):
        raise Conflict(
            "A later edition of the list is in force already: an earlier one cannot follow it.",
            code="LATER_LIST",
        )
    wanted = {place.code: place for place in listed}
    changed = {code for code in wanted.keys() & held.keys() if not _same(held[code], wanted[code])}
    retired = held.keys() - wanted.keys()
    ended = Place.objects.filter(code__in=changed | retired, valid_to=None)
    ended.filter(valid_from=on).delete()  # entered and corrected on one day: it was never in force for a day
    ended.update(valid_to=on)
    new = wanted.keys() - held.keys()
    Place.objects.bulk_create(
        Place(
            code=place.code,
            level=place.level,
            type_code=place.type_code,
            name_kk=place.name_kk,
            name_ru=place.name_ru,
            edition=place.edition,
            valid_from=on,
        )
        for place in (wanted[code] for code in sorted(new | changed))
    )
    return PlacesEntered(len(new), len(changed), len(retired), len(wanted) - len(new) - len(changed))


def _same(row: Place, place: ListedPlace) -> bool:
    names = ("level", "type_code", "name_kk", "name_ru")
    return all(getattr(row, name) == getattr(place, name) for name in names)
