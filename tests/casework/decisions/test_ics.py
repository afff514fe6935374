"""The calendar file of a hearing: RFC 5545 by its letter, and people's words are no syntax of it."""

from uuid import UUID

import pytest

from casework.decisions.models import Hearing
from casework.decisions.papers.ics import calendar_file
from tests.applications.stages import moment

AT = moment("2026-11-06T11:00")


def hearing(**said) -> Hearing:
    facts = {
        "pk": UUID(int=7),
        "objections_until": moment("2026-11-10T00:00"),
        "planned_at": moment("2026-11-09T15:00"),
        "planned_until": moment("2026-11-09T15:30"),
        "place": "Астана, каб. 412; 4 этаж\nEND:VCALENDAR",
    }
    return Hearing(**{**facts, **said})


def lines(row: Hearing, language: str = "ru", **said) -> list[str]:
    made = calendar_file(
        row, number="DM-2026-000017", language=language, at=AT, address="https://portal.example/c/", **said
    )
    assert made.endswith(b"\r\n")
    pieces = made.split(b"\r\n")[:-1]
    assert all(len(piece) <= 75 for piece in pieces)
    return made.decode().replace("\r\n ", "").split("\r\n")[:-1]


@pytest.fixture(autouse=True)
def _no_room(monkeypatch):
    monkeypatch.setattr(Hearing, "where", lambda self, _language: self.place or self.link)


def test_the_hearing_and_the_last_day_for_objections_stand_in_it():
    found = lines(hearing())
    assert found[0] == "BEGIN:VCALENDAR"
    assert found[-1] == "END:VCALENDAR"
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261109" in found
    assert "DTEND;VALUE=DATE:20261110" in found
    assert "DTSTART:20261109T100000Z" in found  # 15:00 of Almaty
    assert "DTEND:20261109T103000Z" in found
    assert "UID:hearing-00000000-0000-0000-0000-000000000007@licensing-portal" in found


def test_what_people_wrote_is_text():
    found = lines(hearing())
    assert "LOCATION:Астана\\, каб. 412\\; 4 этаж\\nEND:VCALENDAR" in found
    assert found.count("END:VCALENDAR") == 1


def test_moved_it_replaces_what_was_taken_before_also_to_an_earlier_hour():
    def sequences(row: Hearing) -> set[int]:
        return {int(line.split(":")[1]) for line in lines(row) if line.startswith("SEQUENCE")}

    earlier = hearing(
        planned_at=moment("2026-11-09T11:00"), planned_until=moment("2026-11-09T11:30"), changes=2
    )
    assert (sequences(hearing(changes=1)), sequences(earlier)) == ({1}, {2})


def test_the_events_of_a_replaced_hearing_are_cancelled():
    gone = hearing(pk=UUID(int=6), changes=1)
    found = lines(hearing(), replaced=[gone])
    assert found.count("BEGIN:VEVENT") == 4
    for name in ("hearing", "objections"):
        start = found.index(f"UID:{name}-{UUID(int=6)}@licensing-portal")
        assert found[start + 1] == "STATUS:CANCELLED"
        assert found[start + 3] == "SEQUENCE:2"
    assert found.count("STATUS:CANCELLED") == 2


def test_in_writing_only_the_last_day_stands_in_it_in_the_readers_language():
    found = lines(hearing(planned_at=None, planned_until=None), "kk")
    assert found.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:№ DM-2026-000017 іс бойынша қарсылық берудің соңғы күні" in found
