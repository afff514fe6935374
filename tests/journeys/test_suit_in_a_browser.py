"""A suit against a refusal at its people's own screens: recorded, position, response, the set, the court act (Rules 23)."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from applications.models import Application
from sandbox.papers import evidence_pdf
from sandbox.play import Play
from tests.applications.stages import Stages
from tests.journeys.complaining import SuitDesk
from tests.journeys.people import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUIT = {
    "court": "СМЭС города Астаны",
    "number": "7119-26-00-4/77",
    "received_on": "2026-11-16",
    "demands": "Отменить отказ.",
    "complained_first": "false",
}
POSITION = {
    "position_kk": "Бас тарту 10.11.2026 күнгі тыңдаудан кейін шығарылды және заңға сәйкес келеді.",
    "position_ru": "Отказ вынесен после заслушивания от 10.11.2026 и соответствует закону.",
}
RESPONSE = {
    "response_kk": "Бас тарту 10.11.2026 күнгі тыңдаудан кейін шығарылды.",
    "response_ru": "Отказ вынесен после заслушивания от 10.11.2026.",
}
COURT_ACT = {
    "outcome": "cancelled",
    "court": SUIT["court"],
    "number": SUIT["number"],
    "in_force_on": "2026-11-24",
}


def test_from_the_suit_to_the_court_act_that_cancels_the_refusal(
    visitor: Callable[..., Visitor], worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    refused = Stages(Play.begin()).refused()
    case_id = str(refused)
    worker()
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(evidence_pdf("scan", "Бумага"))
    clock("2026-11-16T10:00")
    executor = SuitDesk(visitor(), "executor")
    suit_id = executor.records(case_id, SUIT, paper)
    worker()

    clock("2026-11-17T10:00")
    superior = SuitDesk(visitor("kk"), "superior")
    superior.does(suit_id, "give_position", POSITION)
    worker()
    clock("2026-11-18T10:00")
    executor.does(suit_id, "prepare_response", RESPONSE)
    head = SuitDesk(visitor(), "head")
    head.signs_what_was_prepared(suit_id)
    worker()

    executor.opens_complaint(suit_id)
    taken = executor.page.request.get(
        executor.page.locator("a[href$='/court-set.zip']").get_attribute("href") or ""
    )
    with zipfile.ZipFile(io.BytesIO(taken.body())) as found:
        [name] = [name for name in found.namelist() if name.endswith("court_set.json")]
        listed = json.loads(found.read(name))
    assert (listed["suit"], listed["position"]["on"]) == (SUIT["number"], "2026-11-17")
    papers = {(row["kind"], row["language"]) for row in listed["documents"]}
    assert papers >= {(kind, side) for kind in ("court_response", "court_position") for side in ("kk", "ru")}

    clock("2026-11-25T10:00")
    executor.does(suit_id, "record_court_act", COURT_ACT, paper)
    head.signs_what_was_prepared(suit_id)
    worker()
    assert Application.objects.get(pk=refused).status == "review"

    aigerim = visitor("kk")
    aigerim.signs_in("aigerim")
    aigerim.goes(f"/cabinet/applications/{case_id}/")
    aigerim.presses(aigerim.page.locator(f"a[href='/cabinet/suits/{suit_id}/']"))
    expect(aigerim.page.locator("main")).to_contain_text("24.11.2026")
    expect(aigerim.page.locator("main .documents__line")).to_have_count(3)
