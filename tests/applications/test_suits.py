"""A suit against a refusal, the response a head signs, and the set for the court (Rules 23).

The refusal is signed on Tuesday 10 November; the suit comes on the 12th.
"""

import io
import json
import zipfile
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from applications import services
from applications.models import Application, Suit
from casework.decisions.models import Act
from casework.documents.models import OfficialDocument
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import BadInput, LawRefusal, NotPermitted, Refusal
from sandbox.papers import evidence_pdf
from tests.applications.stages import moment, nothing_changes, perform

pytestmark = pytest.mark.django_db
SUIT = {
    "court": "СМАС города Астаны",
    "number": "7194-26",
    "received_on": "2026-11-11",
    "demands": "Признать отказ незаконным.",
}
RESPONSE = {
    "response_kk": "Бас тарту заңды, талап негізсіз.",
    "response_ru": "Отказ законен, иск необоснован.",
}
POSITION = {"position_by": "Председатель Комитета А. Омаров", "position_on": "2026-11-12"}


def on(text: str) -> Any:
    return moment(f"2026-11-{text}")


@pytest.fixture
def refused(stages: Any, quiet: Any) -> UUID:
    case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


def frame(quiet: Any, who: str, at: str) -> dict[str, Any]:
    return {"person": quiet.people[who], "at": on(at), "version": None}


def scan(quiet: Any, case: UUID, action: str, name: str) -> str:
    stream = io.BytesIO(evidence_pdf("I-1", name))
    person = quiet.people["executor"]
    kept = services.attach_scan(
        case, name=f"{name}.pdf", stream=stream, person=person, at=on("12T09:50"), action=action
    )
    return str(kept)


def sued(quiet: Any, case: UUID, *, complained_first: bool = False) -> Suit:
    paper = scan(quiet, case, "record_suit", "иск")
    said = {**SUIT, "complained_first": complained_first, "scan": paper}
    services.record_suit(case, **said, **frame(quiet, "executor", "12T10:00"))
    return Suit.objects.get(case=case)


def answered(quiet: Any, case: UUID) -> Suit:
    suit = sued(quiet, case)
    paper = scan(quiet, case, "prepare_response", "позиция")
    services.prepare_response(
        case, **RESPONSE, **POSITION, scan=paper, **frame(quiet, "executor", "12T10:30")
    )
    perform(quiet, "open_signing", case, on("12T11:00"))
    perform(quiet, "sign", case, on("12T11:05"))
    quiet.pass_time(on("12T11:10"))
    suit.refresh_from_db()
    return suit


def refused_with(kind: type[Refusal], code: str, act: Any) -> Refusal:
    with nothing_changes(), pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_a_suit_stands_against_the_act_that_ended_the_case_and_changes_nothing_else(refused, quiet):
    suit = sued(quiet, refused)
    assert suit.act == Act.objects.get(case=refused, kind="refusal", state="signed")
    assert Application.objects.get(pk=refused).status == "refused"
    fact = Fact.objects.filter(stream=f"case:{refused}").latest("seq")
    assert (fact.kind, fact.payload["number"]) == ("application.suit_recorded", "7194-26")
    again = {**SUIT, "complained_first": False, "scan": str(suit.scan_id)}
    twice = refused_with(
        BadInput,
        "BAD_INPUT",
        lambda: services.record_suit(refused, **again, **frame(quiet, "executor", "12T10:10")),
    )
    assert set(twice.fields) == {"number"}
    refused_with(
        NotPermitted,
        "NOT_PERMITTED",
        lambda: services.record_suit(refused, **again, **frame(quiet, "executor2", "12T10:10")),
    )


def test_what_a_suit_lacks_is_named_by_field(refused, quiet):
    said = {"court": " ", "number": "", "received_on": "2026-11-13", "demands": "", "scan": ""}
    lacks = refused_with(
        BadInput,
        "BAD_INPUT",
        lambda: services.record_suit(
            refused, **said, complained_first=True, **frame(quiet, "executor", "12T10:00")
        ),
    )
    assert set(lacks.fields) == {"court", "number", "received_on", "demands", "scan"}


def test_without_a_complaint_before_it_the_position_of_the_superior_body_goes_along(refused, quiet):
    refused_with(
        LawRefusal,
        "NO_SUIT",
        lambda: services.prepare_response(refused, **RESPONSE, **frame(quiet, "executor", "12T10:00")),
    )
    sued(quiet, refused)
    lacks = refused_with(
        BadInput,
        "BAD_INPUT",
        lambda: services.prepare_response(refused, **RESPONSE, **frame(quiet, "executor", "12T10:30")),
    )
    assert set(lacks.fields) == {"position_by", "position_on", "scan"}


def test_after_a_complaint_the_response_alone_is_enough_in_both_languages(refused, quiet):
    sued(quiet, refused, complained_first=True)
    one = {**RESPONSE, "response_kk": " "}
    refused_with(
        BadInput,
        "BAD_INPUT",
        lambda: services.prepare_response(refused, **one, **frame(quiet, "executor", "12T10:30")),
    )
    services.prepare_response(refused, **RESPONSE, **frame(quiet, "executor", "12T10:30"))
    waits = Act.objects.get(case=refused, kind="court_response")
    assert (waits.state, waits.four_eyes, waits.content["position_by"]) == ("prepared", True, "")
    perform(quiet, "send_back", refused, on("12T11:00"))
    assert Suit.objects.get(case=refused).response is None
    assert Act.objects.get(pk=waits.pk).state == "void"


def test_a_head_signs_it_and_the_refusal_stands(refused, quiet):
    suit = answered(quiet, refused)
    assert suit.response is not None
    assert suit.response.signed_by == quiet.people["head"]
    assert suit.response.number == f"{suit.case.incoming_no}/ОТЗ1"
    assert Application.objects.get(pk=refused).status == "refused"
    made = OfficialDocument.objects.filter(case=refused, kind="court_response", state="published")
    assert sorted(made.values_list("language", flat=True)) == ["kk", "ru"]
    refused_with(
        LawRefusal,
        "NO_SUIT",
        lambda: services.prepare_response(refused, **RESPONSE, **frame(quiet, "executor", "12T12:00")),
    )


def test_the_set_for_the_court_lists_its_parts_for_officers_only(refused, quiet, client):
    suit = answered(quiet, refused)
    path = reverse("applications-api:court-set", args=[refused, suit.pk])
    with legal_time(on("12T12:00")):
        client.force_login(quiet.people["aigerim"])
        assert client.get(path).status_code == 404
        client.force_login(quiet.people["executor"])
        answer = client.get(path)
        assert answer.status_code == 200
        packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        page = client.get(reverse("desks:officer_case", args=[refused])).content.decode()
        client.force_login(quiet.people["aigerim"])
        cabinet = client.get(reverse("desks:case", args=[refused])).content.decode()
    name = next(one for one in packed.namelist() if one.endswith("court_set.json"))
    listed = json.loads(packed.read(name))
    assert listed["response"] == suit.response.number
    assert listed["position"]["file"]["name"] == "позиция.pdf"
    assert listed["suit_file"]["name"] == "иск.pdf"
    assert {row["kind"] for row in listed["documents"]} >= {"court_response", "refusal_form_8"}
    assert path in page
    assert SUIT["demands"] in page
    assert SUIT["number"] in cabinet
    assert path not in cabinet


def test_a_set_is_not_made_before_the_response_is_signed(refused, quiet, client):
    suit = sued(quiet, refused)
    client.force_login(quiet.people["executor"])
    with legal_time(on("12T12:00")):
        assert client.get(reverse("applications-api:court-set", args=[refused, suit.pk])).status_code == 404


def test_the_pages_of_the_officer_and_of_the_head(refused, quiet, client):
    sued(quiet, refused, complained_first=True)
    client.force_login(quiet.people["executor"])
    with legal_time(on("12T10:20")):
        for action in ("record_suit", "prepare_response"):
            shown = client.get(reverse("desks:officer_act", args=[refused, action])).content.decode()
            assert "multipart/form-data" in shown
        posted = client.post(
            reverse("applications:action", args=[refused, "prepare_response"]),
            {**RESPONSE, "position_by": "", "position_on": ""},
        )
    assert posted.status_code == 302
    assert Act.objects.get(case=refused, kind="court_response").state == "prepared"
    perform(quiet, "open_signing", refused, on("12T11:00"))
    client.force_login(quiet.people["head"])
    with legal_time(on("12T11:01")):
        shown = client.get(reverse("desks:officer_sign", args=[refused])).content.decode()
    assert RESPONSE["response_ru"] in shown
