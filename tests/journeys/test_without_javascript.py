"""Everything but signing works with JavaScript switched off (screens.md)."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from applications.models import Evidence
from foundation.kernel.clock import ALMATY
from sandbox.papers import evidence_pdf
from sandbox.play import Play
from tests.journeys.people import Visitor, Wizard

pytestmark = pytest.mark.browser

STEPS = ("party", "request", "centres", "evidence", "fee", "check", "sign")


def test_the_cabinet(visitor: Callable[..., Visitor], tmp_path: Path) -> None:
    aigerim = visitor("kk", java_script_enabled=False)
    aigerim.signs_in("aigerim")
    wizard = Wizard(aigerim)
    address = wizard.begins()
    wizard.continues_to("request")
    wizard.says_what_is_asked()
    wizard.continues_to("centres")
    wizard.names_a_centre()
    wizard.continues_to("evidence")
    paper = tmp_path / "I-2.pdf"
    paper.write_bytes(evidence_pdf("I-2", "Evidence I-2"))
    wizard.attaches("I-2", paper)
    assert [row.requirement for row in Evidence.objects.all()] == ["I-2"]

    for step in STEPS:
        aigerim.goes(f"{address}{step}/")
        expect(aigerim.page.locator("h1")).to_be_visible()
        expect(aigerim.page.locator(".wizard-track li.is-now")).to_have_count(1)
    for page in ("/cabinet/", "/cabinet/messages/", "/accounts/profile/"):
        aigerim.goes(page)
        expect(aigerim.page.locator("h1")).to_be_visible()


def test_a_case(visitor: Callable[..., Visitor]) -> None:
    at = datetime(2026, 11, 2, 9, 30, tzinfo=ALMATY)
    play = Play.begin()
    draft = play.draft(at)
    play.attach(draft, at)
    play.file(draft.pk, at)
    play.deliver()
    aigerim = visitor("kk", java_script_enabled=False)
    aigerim.signs_in("aigerim")

    aigerim.goes(f"/cabinet/applications/{draft.pk}/")
    expect(aigerim.page.locator(".documents__line")).to_have_count(2)
    aigerim.goes(f"/cabinet/applications/{draft.pk}/withdraw/")
    # what cannot be done without JavaScript is said in its place
    expect(
        aigerim.page.locator("form[data-eds-sign] noscript, form[data-eds-sign] .notice--warn").first
    ).to_be_attached()
