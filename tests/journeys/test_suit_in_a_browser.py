"""A suit against a refusal, from the paper that came to the set for the court, at its people's own screens (Rules 23)."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from sandbox.papers import evidence_pdf
from sandbox.play import Play
from tests.applications.stages import Stages
from tests.journeys.people import Officer, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SUIT = {
    "court": "СМЭС города Астаны",
    "number": "7119-26-00-4/77",
    "received_on": "2026-11-16",
    "demands": "Отменить отказ.",
    "complained_first": "false",
}
RESPONSE = {
    "response_kk": "Бас тарту 10.11.2026 күнгі тыңдаудан кейін шығарылды.",
    "response_ru": "Отказ вынесен после заслушивания от 10.11.2026.",
    "position_by": "Вице-министр",
    "position_on": "2026-11-17",
}


def acts(officer: Officer, case_id: str, action: str, said: dict[str, str], scan: Path) -> None:
    officer.visitor.goes(f"/admin/cases/{case_id}/")
    officer.acts(action)
    form = officer.page.locator("#act-form")
    for name, value in said.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("input[type=file]").set_input_files(scan)
    officer.visitor.presses(form.locator("button.button--primary"))
    officer.is_told_it_is_done()


def test_from_the_suit_to_the_set_for_the_court(
    visitor: Callable[..., Visitor], worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    case_id = str(Stages(Play.begin()).refused())
    worker()
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(evidence_pdf("scan", "Бумага"))
    clock("2026-11-16T10:00")
    executor = Officer(visitor(), "executor")
    acts(executor, case_id, "record_suit", SUIT, paper)
    clock("2026-11-18T10:00")
    acts(executor, case_id, "prepare_response", RESPONSE, paper)
    Officer(visitor(), "head").signs_the_licence(case_id, papers=2)
    worker()

    executor.visitor.goes(f"/admin/cases/{case_id}/")
    taken = executor.page.request.get(
        executor.page.locator("a[href$='/court-set.zip']").get_attribute("href") or ""
    )
    with zipfile.ZipFile(io.BytesIO(taken.body())) as found:
        [name] = [name for name in found.namelist() if name.endswith("court_set.json")]
        listed = json.loads(found.read(name))
    assert (listed["suit"], listed["position"]["by"]) == (SUIT["number"], RESPONSE["position_by"])
    assert {row["language"] for row in listed["documents"] if row["number"] == listed["response"]} == {
        "kk",
        "ru",
    }
    aigerim = visitor("kk")
    aigerim.signs_in("aigerim")
    aigerim.goes(f"/cabinet/applications/{case_id}/")
    expect(aigerim.page.locator("[aria-labelledby=suits]")).to_contain_text(SUIT["number"])
