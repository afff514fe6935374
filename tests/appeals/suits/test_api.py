"""Suits over HTTP: recorded once with their paper, listed, read by those they concern; the set for the court (Rules 23)."""

import hashlib
import io
import json
import re
import zipfile
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from appeals.models import Suit
from appeals.suits.api.bodies import RECORD_EXAMPLE
from appeals.suits.selectors import contestable
from casework.documents.models import StoredFile
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from sandbox.papers import evidence_pdf
from sandbox.suits import Suits
from tests.api.conftest import Program, programs_of
from tests.applications.stages import moment

pytestmark = pytest.mark.django_db


def on(text: str) -> Any:
    return moment(f"2026-11-{text}")


@pytest.fixture
def suits(quiet: Any) -> Suits:
    return Suits(quiet)


@pytest.fixture
def refused(stages: Any, quiet: Any) -> UUID:
    case: UUID = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


def client_of(suits: Suits, login: str) -> Client:
    client = Client()
    client.force_login(suits.play.people[login])
    return client


def body(refused: UUID, **said: Any) -> dict[str, Any]:
    scan = io.BytesIO(evidence_pdf("I-1", "иск"))
    scan.name = "иск.pdf"
    plain = {name: value for name, value in RECORD_EXAMPLE.items() if name != "scan_id"}
    told = {"about": str(refused), "act": str(contestable(refused)[0].pk), "received_on": "2026-11-12"}
    return {**plain, **told, "complained_first": "false", "scan": scan, **said}


def test_recorded_with_its_paper_and_only_once_for_one_key(refused, suits):
    client, key = client_of(suits, "executor"), str(uuid4())
    with legal_time(on("12T10:00")):
        made = client.post("/api/v1/suits/", body(refused), headers={"Idempotency-Key": key})
        assert made.status_code == 201, made.content.decode()
        listed = client.get("/api/v1/suits/").json()["results"]
    suit = Suit.objects.get()
    assert (made.json()["id"], made.json()["about"]) == (str(suit.pk), str(refused))
    assert [row["id"] for row in listed] == [str(suit.pk)]
    assert made.json()["act"]["in_force"] is True
    assert suit.scan.case_id == refused


def test_what_is_wrong_is_said_before_the_paper_is_taken(refused, suits):
    client, before = client_of(suits, "executor"), StoredFile.objects.count()
    with legal_time(on("12T10:00")):
        wrong = client.post("/api/v1/suits/", body(refused, court=" ", act=str(uuid4())))
    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"court", "act"})
    assert StoredFile.objects.count() == before
    assert not Suit.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("aigerim", 403), ("dana", 404), ("superior", 404), ("head", 403)]
)
def test_who_may_not_record_changes_nothing(refused, suits, who, status):
    before = StoredFile.objects.count()
    with legal_time(on("12T10:00")):
        answer = client_of(suits, who).post("/api/v1/suits/", body(refused))
    assert answer.status_code == status
    assert StoredFile.objects.count() == before


def test_a_suit_on_a_case_of_another_kind_of_paper_is_read_by_its_people_only(refused, suits):
    pk = suits.record(refused, on("12T10:00")).pk
    programs: dict[str, Program] = programs_of(suits.play.people)
    with legal_time(on("12T10:10")):
        seen = {who: programs[who].get(f"suits/{pk}/").status_code for who in programs}
        theirs = programs["superior"].get(f"applications/{refused}/").status_code
        parts = ("timeline/", "documents/")
        inner = {part: programs["dana"].get(f"suits/{pk}/{part}").status_code for part in parts}
    assert {who for who, code in seen.items() if code == 200} >= {"aigerim", "executor", "superior", "head"}
    assert {seen["dana"], seen["quality"], seen["admin"], *inner.values()} == {404}
    assert theirs == 200  # the position rests on the administrative case


def test_after_a_complaint_the_superior_body_has_no_part_in_it(refused, suits):
    pk = suits.record(refused, on("12T10:00"), complained_first=True).pk
    with legal_time(on("12T10:10")):
        assert programs_of(suits.play.people)["superior"].get(f"suits/{pk}/").status_code == 404


def test_the_set_for_the_court_lists_its_parts_for_officers_only(refused, suits):
    suit = suits.record(refused, on("12T10:00"))
    path = reverse("suits-api:court-set", args=[suit.pk])
    executor = client_of(suits, "executor")
    with legal_time(on("12T10:10")):
        assert executor.get(path).status_code == 404  # nothing is answered yet
    suits.give_position(suit.pk, on("12T10:20"))
    suits.prepare_response(suit.pk, on("12T10:30"))
    suits.open_and_sign(suit.pk, on("12T11:00"))
    suits.play.pass_time(on("12T11:10"))
    with legal_time(on("12T12:00")):
        assert client_of(suits, "aigerim").get(path).status_code == 404
        read = executor.get(f"/api/v1/suits/{suit.pk}/").json()
        assert read["court_set"] == path
        answer = executor.get(path)
        packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    name = next(one for one in packed.namelist() if one.endswith("court_set.json"))
    listed = json.loads(packed.read(name))
    readable(packed, {"kk": "Дауланатын акт", "ru": "Оспариваемый акт"}, listed)
    assert (listed["response"], listed["suit"]) == (read["response"], suit.number)
    assert listed["position"]["number"] == read["position"]
    assert listed["suit_file"]["name"] == "иск.pdf"
    assert {row["kind"] for row in listed["documents"]} >= {
        "court_response",
        "court_position",
        "refusal_form_8",
    }
    for stream in (f"case:{suit.pk}", f"case:{refused}"):
        assert Fact.objects.filter(stream=stream, kind="bundle.taken").count() == 1


def readable(packed: zipfile.ZipFile, words: dict[str, str], listed: dict[str, Any]) -> None:
    """The inventory names every document and file with its hash, and each of its links leads to a part of the ZIP."""
    for language, said in words.items():
        page = packed.read(f"inventory_{language}.html").decode()
        assert said in page
        for value in (listed["court"], listed["suit"], listed["contested_act"], "иск.pdf"):
            assert value in page, value
        links = re.findall(r'href="([^"]+)"', page)
        parts = [one for one in packed.namelist() if one.startswith(("documents/", "files/"))]
        assert links == parts
        hashes = [hashlib.sha256(packed.read(one)).hexdigest() for one in parts]
        assert re.findall(r'class="hash">(\w+)<', page) == hashes


def test_a_position_on_paper_stands_in_the_set_with_its_scan(refused, suits):
    suit = suits.record(refused, on("12T10:00"))
    scan = suits.scan(suit.pk, "prepare_response", on("12T10:20"))
    suits.prepare_response(
        suit.pk, on("12T10:30"), position_by="Председатель", position_on="2026-11-12", scan=scan
    )
    suits.open_and_sign(suit.pk, on("12T11:00"))
    suits.play.pass_time(on("12T11:10"))
    with legal_time(on("12T12:00")):
        answer = client_of(suits, "executor").get(reverse("suits-api:court-set", args=[suit.pk]))
        packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    name = next(one for one in packed.namelist() if one.endswith("court_set.json"))
    position = json.loads(packed.read(name))["position"]
    assert (position["by"], position["file"]["name"]) == ("Председатель", "позиция.pdf")
