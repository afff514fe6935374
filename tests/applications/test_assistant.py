"""The completeness assistant: what the applicant is told before filing is what the executor sees after it.

Two hundred packages by chance, each looked at by both, and by Annex 11 written down here once more by itself.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from applications.api import showing
from applications.models import Application, DataCentre, Evidence
from applications.permissions import Situation
from casework.cases.models import Case
from casework.deadlines.selectors import current_calendar_registration_day
from casework.documents.models import StoredFile
from foundation.accounts.models import Body, Party
from sandbox.play import Play
from tests.applications.stages import moment

pytestmark = pytest.mark.django_db
PACKAGES = 200
CUT, METERING = date(2023, 4, 1), date(2024, 1, 1)
CENTRE_ENTRIES = ("I-1", "I-2", "I-4", "I-5a", "I-5b")
HOSTS = ("ТОО «Хост»", "тоо  «хост»", "ТОО «Другой»")
MOMENTS = ("2023-12-28T10:00", "2023-12-30T12:00", "2024-05-06T18:31", "2026-11-20T11:00", "2026-11-21T11:00")


@dataclass
class Package:
    """A form and its files, as chance would have it."""

    at: datetime
    sub_kind: str
    owns: bool
    centres: list[DataCentre] = field(default_factory=list)
    # (entry, place of the centre or None) → files: (expires on, found bad)
    files: dict[tuple[str, int | None], list[tuple[date | None, bool]]] = field(default_factory=dict)


def package(chance: random.Random) -> Package:
    made = Package(moment(chance.choice(MOMENTS)), chance.choice(("I", "I", "II")), chance.random() < 0.5)
    for position in range(1, chance.randint(1, 3) + 1):
        made.centres.append(centre(chance, made.sub_kind, position))
    places: list[tuple[str, int | None]] = [("I-3", None), ("II-2", None)]
    places += [(code, row.position) for row in made.centres for code in (*CENTRE_ENTRIES, "II-1")]
    for place in places:
        for _file in range(chance.choice((0, 1, 1, 1, 2))):
            expires = chance.choice((None, None, made.at.date() + timedelta(days=chance.randint(-3, 4))))
            made.files.setdefault(place, []).append((expires, chance.random() < 0.1))
    return made


def centre(chance: random.Random, sub_kind: str, position: int) -> DataCentre:
    if sub_kind == "II":
        return DataCentre(position=position, host_name=chance.choice(HOSTS))
    connected = chance.choice((True, False))
    days = (None, date(2022, 6, 1), CUT - timedelta(days=1), CUT, date(2025, 2, 3))
    return DataCentre(
        position=position,
        power_source=chance.choice(("single_purchaser", "single_purchaser", "off_grid_producer")),
        grid_connected=connected,
        grid_connected_on=chance.choice(days) if connected else None,
    )


def wanted(said: Package, on: date) -> dict[tuple[str, int | None], str]:
    """Annex 11 by itself: (entry, centre) → state; what is not asked for is left out."""
    found: dict[tuple[str, int | None], str] = {}
    if said.owns:
        code = "I-3" if said.sub_kind == "I" else "II-2"
        found[code, None] = state(said.files.get((code, None), []), on)
    if said.sub_kind == "II":
        return found | letters(said, on)
    for row in said.centres:
        asked = ["I-1", "I-2"]
        if row.power_source == "single_purchaser":
            asked += ["I-4"] if on >= METERING else []
            before = row.grid_connected and row.grid_connected_on is not None and row.grid_connected_on < CUT
            asked.append("I-5b" if before else "I-5a")
        found |= {(code, row.position): state(said.files.get((code, row.position), []), on) for code in asked}
    return found


def letters(said: Package, on: date) -> dict[tuple[str, int | None], str]:
    """One guarantee letter a host, attached to any of its centres; it stands at the first."""
    by_host: dict[str, list[int]] = {}
    for row in said.centres:
        by_host.setdefault(" ".join(row.host_name.split()).casefold(), []).append(row.position)
    return {
        ("II-1", places[0]): state([file for at in places for file in said.files.get(("II-1", at), [])], on)
        for places in by_host.values()
    }


def state(files: list[tuple[date | None, bool]], on: date) -> str:
    good = [expires for expires, bad in files if not bad]
    if not files:
        return "missing"
    if not good:
        return "found_bad"
    return "present" if any(expires is None or expires >= on for expires in good) else "expired"


def stored(play: Play, said: Package, number: int) -> Application:
    """The package as a draft."""
    case = Case.objects.create(
        kind=Case.Kind.APPLICATION, form="1" if said.sub_kind == "I" else "2", sub_kind=said.sub_kind,
        party=Party.objects.get(number="150140000002"), body=Body.objects.get(kind="provider"),
        draft_no=f"D-2020-{number:06d}", created_by=play.people["aigerim"], created_at=said.at, status_code="draft",
    )  # fmt: skip
    made = Application.objects.create(
        case=case, form=case.form, owns_hardware=said.owns, scope=Application.Scope.LICENCE
    )
    for row in said.centres:
        row.application = made
    DataCentre.objects.bulk_create(said.centres)
    ids = {row.position: row.pk for row in said.centres}
    rows = [
        (code, ids[place] if place else None, expires, bad)
        for (code, place), files in said.files.items()
        for expires, bad in files
    ]
    files = StoredFile.objects.bulk_create(
        StoredFile(
            case=case, uploaded_by=play.people["aigerim"], name="a.pdf", size=1, sha256="0" * 64,
            media_type="application/pdf", storage_key=uuid4().hex, created_at=said.at,
            scan_state="infected" if bad else "clean", scanned_at=said.at,
            scan_note="EICAR" if bad else "",
        )
        for _code, _place, _expires, bad in rows
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(
            application=made, requirement=code, data_centre_id=place, file=file, expires_on=expires,
            added_by=play.people["aigerim"], added_at=said.at,
        )
        for file, (code, place, expires, _bad) in zip(files, rows, strict=True)
    )  # fmt: skip
    return made


def registered(play: Play, made: Application, at: datetime) -> Application:
    """The same package once it is registered and lies before the executor."""
    on = current_calendar_registration_day(at)
    Case.objects.filter(pk=made.pk).update(
        received_at=at, registered_at=at, registered_on=on, incoming_no=made.case.draft_no.replace("D", "DM"),
        executor=play.people["executor"], status_code="completeness",
    )  # fmt: skip
    Application.objects.filter(pk=made.pk).update(
        status="completeness", signatory=play.people["aigerim"], sheets=1, filled_on=at.date()
    )
    return Application.objects.select_related("case__party").get(pk=made.pk)


def items(s: Situation) -> list[dict[str, Any]]:
    return list(showing.completeness(s)["items"])


def test_the_applicants_list_is_the_executors_for_two_hundred_packages(quiet):
    chance = random.Random(169)  # noqa: S311 -- the same packages every time, no secret
    seen: set[tuple[str, str]] = set()
    for number in range(PACKAGES):
        said = package(chance)
        draft = stored(quiet, said, number)
        before = items(Situation(draft, quiet.people["aigerim"], said.at))
        case = registered(quiet, draft, said.at)
        later = said.at + timedelta(days=1)
        after = items(Situation(case, quiet.people["executor"], later))
        assert before == after, number
        places = {str(row.pk): row.position for row in said.centres}
        told = {
            (row["code"], places.get(str(row["data_center"]))): str(row["state"])
            for row in before
            if row["state"] != "not_required"
        }
        assert told == wanted(said, case.case.registered_on), number
        assert all(row["citation"] and row["why"] for row in before)
        seen |= {(row["code"], str(row["state"])) for row in before}
    states = {"present", "missing", "expired", "found_bad"}
    for code in (*CENTRE_ENTRIES, "I-3", "II-1", "II-2"):  # chance has met every entry in every state
        assert states <= {state for entry, state in seen if entry == code}, code


def test_an_application_keeps_the_rules_of_its_registration_day(quiet):
    """Order 169/НҚ as of 28 December 2023: no fee, no metering, no ground 2; whenever it is looked at."""
    at = moment("2023-12-28T10:00")
    said = Package(at, "I", owns=False, centres=[DataCentre(position=1, power_source="single_purchaser")])
    case = registered(quiet, stored(quiet, said, 1), at)
    for when in (at, moment("2024-01-15T10:00"), moment("2026-11-20T10:00")):
        s = Situation(case, quiet.people["executor"], when)
        assert [item.code for item in s.report.required] == ["I-1", "I-2", "I-5a"]
        assert (s.fee.due, str(s.fee.amount)) == (False, "0.00")
        assert [row.code for row in s.grounds_known] == ["1", "3", "4", "5", "6", "7", "8"]
    later = moment("2023-12-30T12:00")  # a Saturday: registered on 3 January 2024, by the rules of that day
    said = Package(later, "I", owns=False, centres=[DataCentre(position=1, power_source="single_purchaser")])
    s = Situation(registered(quiet, stored(quiet, said, 2), later), quiet.people["executor"], later)
    assert s.case.registered_on == date(2024, 1, 3)
    assert "I-4" in [item.code for item in s.report.required]
    assert s.fee.due
    assert "2" in [row.code for row in s.grounds_known]
