"""Calendar files (RFC 5545): events of a day or of a moment, folded and escaped as the format asks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

MEDIA_TYPE = "text/calendar; charset=utf-8"
_FOLDED_AT = 73  # octets; 75 with the line's end and the next one's space


def calendar(lines: Iterable[str], *, product: str, name: str = "") -> bytes:
    """A whole file out of the lines of its events; `name` is what calendar programs call it."""
    head = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//licensing portal//{product}//EN",
        "CALSCALE:GREGORIAN",
    ]
    named = [f"X-WR-CALNAME:{text(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H"] if name else []
    every = [*head, "METHOD:PUBLISH", *named, *lines, "END:VCALENDAR"]
    return b"".join(piece + b"\r\n" for line in every for piece in _folded(line))


def event(
    uid: str,
    times: Iterable[str],
    *,
    summary: str,
    description: str,
    address: str,
    at: datetime,
    where: str = "",
    sequence: int = 0,
) -> list[str]:
    """One event with a reminder a day before; `times` are those of `whole_day` or `between`."""
    place = [f"LOCATION:{text(where)}"] if where else []
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@licensing-portal",
        f"DTSTAMP:{_moment(at)}",
        f"SEQUENCE:{sequence}",
        *times,
        f"SUMMARY:{text(summary)}",
        f"DESCRIPTION:{text(description)}",
        *place,
        f"URL:{address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        f"DESCRIPTION:{text(summary)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def whole_day(day: date) -> list[str]:
    """The times of an event that is all of one day."""
    return [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"]


def between(start: datetime, end: datetime) -> list[str]:
    """The times of an event from one moment to another."""
    return [f"DTSTART:{_moment(start)}", f"DTEND:{_moment(end)}"]


def text(said: str) -> str:
    """Commas, semicolons and line breaks of people's words are no syntax of the file."""
    escaped = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


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
