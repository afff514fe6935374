"""A suit through the pages: recorded from the case it touches, answered, read by the party; the list of suits."""

import base64
import io

import pytest

from appeals.models import Suit
from appeals.suits import services
from casework.decisions.models import Act
from foundation.kernel.clock import legal_time
from sandbox.cast import key_of
from sandbox.eds import sign
from sandbox.papers import evidence_pdf
from sandbox.suits import COURT, POSITION, RESPONSE
from tests.applications.stages import moment

pytestmark = pytest.mark.django_db


def on(text: str):
    return moment(f"2026-11-{text}")


def scan():
    paper = io.BytesIO(evidence_pdf("I-1", "бумага"))
    paper.name = "бумага.pdf"
    return paper


def recorded(client, refused, **said):
    act = Act.objects.get(case=refused, kind="refusal", state="signed")
    here = f"/admin/suits/new/{refused}/"
    return client.post(
        "/suits/",
        {
            "form": f"suit:{refused}",
            "about": str(refused),
            "subject": str(act.pk),
            "court": COURT,
            "number": "7194-26",
            "received_on": "2026-11-12",
            "demands": "Отменить отказ.",
            "complained_first": "false",
            "scan": scan(),
            "back": here,
            **said,
        },
    )


def test_from_the_page_of_the_case_to_the_signed_response(refused, quiet, signed_in):
    executor = signed_in("executor")
    with legal_time(on("12T10:00")):
        case_page = executor.get(f"/admin/cases/{refused}/").content.decode()
        assert f"/admin/suits/new/{refused}/" in case_page
        new = executor.get(f"/admin/suits/new/{refused}/").content.decode()
        assert 'type="radio" name="subject"' in new
        made = recorded(executor, refused)
    suit = Suit.objects.get()
    assert made["Location"] == f"/admin/suits/{suit.pk}/"
    with legal_time(on("12T10:05")):
        page = executor.get(made["Location"]).content.decode()
        assert "Нужна мотивированная позиция" in page
        form = executor.get(f"/admin/suits/{suit.pk}/acts/prepare_response/").content.decode()
        assert 'name="position_by"' in form
        superior = signed_in("superior")
        assert (
            'name="position_kk"'
            in superior.get(f"/admin/suits/{suit.pk}/acts/give_position/").content.decode()
        )
        asked = superior.post(
            f"/api/v1/suits/{suit.pk}/sign-request/",
            {"action": "give_position", **POSITION},
            content_type="application/json",
        )
        cms = sign(key_of("superior"), base64.b64decode(asked.json()["data_b64"]), at=on("12T10:05"))
        given = superior.post(
            f"/suits/{suit.pk}/actions/give_position/",
            {"sign_request": asked.json()["id"], "cms": cms, "next": f"/admin/suits/{suit.pk}/"},
        )
        assert given.status_code == 302
    with legal_time(on("12T10:20")):
        form = executor.get(f"/admin/suits/{suit.pk}/acts/prepare_response/").content.decode()
        assert 'name="position_by"' not in form  # signed in the portal
        assert executor.post(f"/suits/{suit.pk}/actions/prepare_response/", RESPONSE).status_code == 302
    assert services.load(suit.pk).status == "signing"


def test_what_was_refused_is_kept_as_typed_with_its_faults(refused, signed_in):
    executor = signed_in("executor")
    with legal_time(on("12T10:00")):
        assert recorded(executor, refused, court="", number="2026/17", complained_first="").status_code == 302
        page = executor.get(f"/admin/suits/new/{refused}/").content.decode()
    assert not Suit.objects.exists()
    assert 'value="2026/17"' in page
    assert 'role="alert"' in page


def test_the_party_reads_its_suit_and_does_nothing_on_it(refused, suits, signed_in):
    suit = suits.record(refused, on("12T10:00"), complained_first=True)
    aigerim, dana = signed_in("aigerim", "kk"), signed_in("dana")
    with legal_time(on("12T10:10")):
        assert (
            f"/cabinet/suits/{suit.pk}/" in aigerim.get(f"/cabinet/applications/{refused}/").content.decode()
        )
        page = aigerim.get(f"/cabinet/suits/{suit.pk}/").content.decode()
        assert suit.number in page
        assert "/acts/" not in page
        assert dana.get(f"/cabinet/suits/{suit.pk}/").status_code == 404
        assert aigerim.get(f"/admin/suits/{suit.pk}/").status_code in (302, 403)


def test_the_list_of_suits_finds_by_number_court_and_party(refused, suits, signed_in):
    suit = suits.record(refused, on("12T10:00"))
    executor, other = signed_in("executor"), signed_in("executor2")
    with legal_time(on("12T10:10")):
        for query in ("", "?q=7194", "?q=СМАС", "?mine=1"):
            assert f"/admin/suits/{suit.pk}/" in executor.get(f"/admin/suits/{query}").content.decode(), query
        for client, query in ((executor, "?q=никто"), (other, "?mine=1")):
            assert f"/admin/suits/{suit.pk}/" not in client.get(f"/admin/suits/{query}").content.decode()


def test_the_court_act_is_said_on_the_page_and_beside_the_case(refused, suits, quiet, signed_in):
    suit = suits.record(refused, on("12T10:00"))
    suits.record_court_act(suit.pk, on("18T10:00"), "dismissed", in_force_on="2026-11-17")
    suits.open_and_sign(suit.pk, on("18T11:00"))
    quiet.pass_time(on("18T11:10"))
    with legal_time(on("18T12:00")):
        page = signed_in("aigerim").get(f"/cabinet/suits/{suit.pk}/").content.decode()
        case_page = signed_in("executor").get(f"/admin/cases/{refused}/").content.decode()
    assert "В иске отказано" in page or "в иске отказано" in page
    assert "17.11.2026" in page
    assert "в иске отказано" in case_page
