"""A hearing in a calendar file (RFC 5545): when and where it is held, and until when it may be answered."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from casework.decisions.models import Hearing
from casework.decisions.papers.wording import w

MEDIA_TYPE = "text/calendar; charset=utf-8"
_FOLDED_AT = 73  # octets; 75 with the line's end and the next one's space


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
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//licensing portal//hearing//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *_objections(hearing, number, language, at, address),
        *_oral(hearing, number, language, at, address),
        *(line for gone in replaced for line in _cancelled(gone, number, language, at, address)),
        "END:VCALENDAR",
    ]
    return b"".join(piece + b"\r\n" for line in lines for piece in _folded(line))


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
    return _event(
        f"hearing-{hearing.pk}",
        [f"DTSTART:{_moment(hearing.planned_at)}", f"DTEND:{_moment(end)}"],
        summary=w("ics.hearing", language, number=number),
        description=w("ics.hearing.about", language),
        where=hearing.where(language),
        address=address,
        sequence=hearing.changes,
        at=at,
    )


def _objections(hearing: Hearing, number: str, language: str, at: datetime, address: str) -> list[str]:
    last = hearing.objections_day
    return _event(
        f"objections-{hearing.pk}",
        [f"DTSTART;VALUE=DATE:{_day(last)}", f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}"],
        summary=w("ics.objections", language, number=number),
        description=w("ics.objections.about", language, day=f"{last:%d.%m.%Y}"),
        where="",
        address=address,
        sequence=hearing.changes,
        at=at,
    )


def _event(
    uid: str,
    times: list[str],
    *,
    summary: str,
    description: str,
    where: str,
    address: str,
    sequence: int,
    at: datetime,
) -> list[str]:
    place = [f"LOCATION:{_text(where)}"] if where else []
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@licensing-portal",
        f"DTSTAMP:{_moment(at)}",
        f"SEQUENCE:{sequence}",
        *times,
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(description)}",
        *place,
        f"URL:{address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        f"DESCRIPTION:{_text(summary)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(said: str) -> str:
    """Commas, semicolons and line breaks of people's words are no syntax of the file."""
    escaped = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _folded(line: str) -> Iterator[bytes]:
    """Lines of at most 75 octets, never cut inside a letter."""
    piece = b""
    for letter in line:
        coded = letter.encode()
        if len(piece) + len(coded) > _FOLDED_AT:
            yield piece
            piece = b" "
        piece += coded
    yield piece
