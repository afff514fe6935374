"""The check in a browser whose network is switched off after the page was loaded once (screens.md, integrations.md 7)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from casework.documents.qr import signed_payload
from licenses.selectors import verification_keys
from tests.journeys.people import Visitor
from tests.licenses.people import document, granted

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _code() -> str:
    licence = granted()
    paper = document(licence, licence.editions.get().act_id)
    return signed_payload(
        qr_id=paper.qr_id,
        kind=paper.kind,
        number=licence.number,
        edition=1,
        document_date=paper.document_date,
    )


def test_once_loaded_it_needs_no_network(visitor: Callable[..., Visitor]) -> None:
    code = _code()
    anyone = visitor("ru")
    page = anyone.page
    anyone.goes("/check/offline/")
    expect(page.locator("[data-offline-ready] .notice--good")).to_be_visible()

    page.context.set_offline(True)
    page.reload()  # the page itself comes from the device now
    field = page.locator("[name=d]")
    field.fill(code)
    page.locator("[data-offline-form] button").click()
    expect(page.locator("[data-answer=in_force]")).to_be_visible()
    expect(page.locator("[data-fill=number]")).to_contain_text("KZ")

    claim, _dot, signature = code.partition("?d=")[2].partition(".")
    changed = f"{claim}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    field.fill(changed)
    page.locator("[data-offline-form] button").click()
    expect(page.locator("[data-answer=not_genuine]")).to_be_visible()

    page.goto(f"/check/?d={code.partition('?d=')[2]}")  # a printed code opened without a network
    expect(page.locator("[data-answer=in_force]")).to_be_visible()
    assert {key["purpose"] for key in verification_keys()} == {"qr", "anchor"}


def test_without_scripts_the_portal_answers(visitor: Callable[..., Visitor]) -> None:
    anyone = visitor("kk", java_script_enabled=False)
    anyone.goes("/check/offline/")
    anyone.page.locator("[name=d]").fill(_code())
    anyone.page.locator("[data-offline-form] button").click()
    expect(anyone.page.locator("[data-answer=in_force]")).to_be_visible()
