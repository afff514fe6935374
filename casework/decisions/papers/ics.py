"""A hearing in a calendar file: when and where it is held, and until when it may be answered."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from casework.decisions.models import Hearing
from casework.decisions.papers.wording import w
from foundation.kernel import ics

MEDIA_TYPE = ics.MEDIA_TYPE


def calendar_file(
    hearing: Hearing,
    *,
    number: str,
    language: str,
    at: datetime,
    address: str,
    replaced: Iterable[Hearing] = (),
) -> bytes:
    """The hearing for the calendar of whoever sees it; taken again it replaces what was taken before.

    `replaced`: hearings that a new notice took the place of; their events are cancelled.
    """
    lines = [
        *_objections(hearing, number, language, at, address),
        *_oral(hearing, number, language, at, address),
        *(line for gone in replaced for line in _cancelled(gone, number, language, at, address)),
    ]
    return ics.calendar(lines, product="hearing")


def _cancelled(hearing: Hearing, number: str, language: str, at: datetime, address: str) -> list[str]:
    """The events of a replaced hearing, taken out of the calendar again."""
    made = [
        *_objections(hearing, number, language, at, address),
        *_oral(hearing, number, language, at, address),
    ]
    later = {f"SEQUENCE:{hearing.changes}": f"SEQUENCE:{hearing.changes + 1}"}
    lines = [later.get(line, line) for line in made]
    return [
        said for line in lines for said in ([line, "STATUS:CANCELLED"] if line.startswith("UID:") else [line])
    ]


def _oral(hearing: Hearing, number: str, language: str, at: datetime, address: str) -> list[str]:
    if hearing.planned_at is None:
        return []
    end = hearing.planned_until or hearing.planned_at + timedelta(minutes=30)
    return ics.event(
        f"hearing-{hearing.pk}",
        ics.between(hearing.planned_at, end),
        summary=w("ics.hearing", language, number=number),
        description=w("ics.hearing.about", language),
        where=hearing.where(language),
        address=address,
        sequence=hearing.changes,
        at=at,
    )


def _objections(hearing: Hearing, number: str, language: str, at: datetime, address: str) -> list[str]:
    last = hearing.objections_day
    return ics.event(
        f"objections-{hearing.pk}",
        ics.whole_day(last),
        summary=w("ics.objections", language, number=number),
        description=w("ics.objections.about", language, day=f"{last:%d.%m.%Y}"),
        address=address,
        sequence=hearing.changes,
        at=at,
    )
