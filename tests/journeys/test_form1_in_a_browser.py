"""Form 1 as people do it: filed and signed in the cabinet, decided at the desk, checked by a stranger."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from applications.models import Application
from sandbox.papers import evidence_pdf
from tests.journeys.people import PARTICULARS, Visitor, Wizard

pytestmark = pytest.mark.browser


def filed(aigerim: Visitor, folder: Path, *, leave_out: tuple[str, ...] = ()) -> str:
    """Signed in, the wizard gone through with PDF evidence, signed; the address of the case."""
    aigerim.signs_in("aigerim")
    wizard = Wizard(aigerim)
    address = wizard.begins()
    wizard.continues_to("request")
    wizard.says_what_is_asked()
    wizard.continues_to("centres")
    wizard.names_a_centre()
    wizard.continues_to("evidence")
    assert sorted(wizard.entries()) == sorted(PARTICULARS)
    for entry in PARTICULARS:
        if entry not in leave_out:
            paper = folder / f"{entry}.pdf"
            paper.write_bytes(evidence_pdf(entry, f"Evidence {entry}"))
            wizard.attaches(entry, paper)
    wizard.continues_to("fee")
    wizard.continues_to("check")
    wizard.continues_to("sign")
    wizard.confirms()
    aigerim.signs(aigerim.page.locator("#sign-form"))
    aigerim.page.wait_for_url(f"**{address}")
    return address


def test_filed(visitor: Callable[..., Visitor], worker: Callable[[], int], tmp_path: Path) -> None:
    aigerim = visitor("kk")
    filed(aigerim, tmp_path)
    worker()
    assert Application.objects.get().status == "completeness"
    aigerim.page.reload()
    expect(aigerim.page.locator("h1")).to_contain_text("DM-2026-000001")
