"""Form 1 as people do it: filed and signed in the cabinet, decided at the desk, checked by a stranger."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from applications.models import Application
from foundation.accounts.models import Person
from foundation.kernel.clock import ALMATY
from licenses.models import Licence
from sandbox.play import Play
from tests.journeys.people import Officer, Visitor, Wizard, decide
from tests.journeys.printed import read_back, text_of

pytestmark = pytest.mark.browser

FORM_1 = ("I-1", "I-2", "I-3", "I-4", "I-5a")
MORNING = datetime(2026, 11, 2, 9, 30, tzinfo=ALMATY)


def filed(aigerim: Visitor, folder: Path) -> str:
    """Signed in, the wizard gone through with PDF evidence, signed; the address of the case."""
    aigerim.signs_in("aigerim")
    wizard = Wizard(aigerim)
    address = wizard.begins()
    wizard.continues_to("request")
    wizard.says_what_is_asked()
    wizard.continues_to("centres")
    wizard.names_a_centre()
    wizard.continues_to("evidence")
    wizard.attaches_all(FORM_1, folder)
    wizard.files(address)
    return address


def test_from_a_draft_to_a_licence_that_a_stranger_checks(
    visitor: Callable[..., Visitor], worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    aigerim = visitor("kk")
    address = filed(aigerim, tmp_path)
    worker()
    case_id = address.rstrip("/").rsplit("/", 1)[1]
    aigerim.goes(address)
    expect(aigerim.page.locator("h1")).to_contain_text("DM-2026-000001")
    expect(aigerim.page.locator(".documents__line")).to_have_count(2)  # the receipt and the filed form

    decide(visitor, clock, case_id, papers=4)  # Form 4 and one Form 6, Kazakh and Russian
    worker()

    aigerim.goes(address)
    papers = aigerim.page.locator(".documents__line a.button")
    expect(papers).to_have_count(8)
    saved = [aigerim.downloads(link, tmp_path) for link in papers.all()]
    assert len({path.name for path in saved}) == 8
    assert {path.read_bytes()[:5] for path in saved} == {b"%PDF-"}

    licence = Licence.objects.get()
    stranger = visitor("kk")
    stranger.goes("/register/")
    expect(stranger.page.locator("tbody a.mono")).to_have_text(licence.number)
    [paper] = [
        path for path in saved if licence.number in path.name and "form_4" in path.name and "kk" in path.name
    ]
    printed = urlsplit(read_back(paper))
    assert printed.path == "/check/"
    stranger.goes(f"{printed.path}?{printed.query}")
    expect(stranger.page.locator("[data-answer]")).to_have_attribute("data-answer", "in_force")
    expect(stranger.page.locator("dl a.mono, dd.mono a").first).to_have_text(licence.number)


def test_a_package_without_i_2_is_returned_and_the_applicant_reads_why(
    visitor: Callable[..., Visitor], worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    draft = Play.begin().draft(MORNING)
    Play.begin().attach(draft, MORNING, leave_out=("I-2",))
    case_id = str(draft.pk)
    address = f"/cabinet/applications/{case_id}/"
    aigerim = visitor("kk")
    aigerim.signs_in("aigerim")
    aigerim.goes(f"{address}check/")
    # a warning, no bar: acceptance cannot be refused
    expect(aigerim.page.locator(".notice--warn a[href*='/evidence/']")).to_have_count(2)
    aigerim.goes(f"{address}sign/")
    aigerim.signs(aigerim.page.locator("#sign-form"))
    worker()

    chancery = Officer(visitor(), "chancery")
    chancery.assigns(case_id, str(Person.objects.get(login="executor").pk))

    clock("2026-11-03T10:00")
    executor = Officer(visitor(), "executor")
    executor.opens(case_id)
    expect(executor.page.locator("[data-closed=accept]")).to_be_visible()  # and why
    executor.acts("return")
    lacking = executor.page.locator("ul[aria-labelledby=lacks] li").filter(has_text="I-2")
    expect(lacking).to_have_count(2)  # of both data centres: all that lacks is named, nothing is picked
    executor.visitor.signs(executor.page.locator("#act-form"))
    executor.is_told_it_is_done()
    worker()

    aigerim.goes(address)
    expect(aigerim.page.locator("#complain")).to_be_visible()
    expect(aigerim.page.locator("form[action='/applications/'] input[name=copy_of]")).to_be_attached()
    papers = aigerim.page.locator(".documents__line")
    expect(papers).to_have_count(3)  # the letter beside the receipt and the filed form
    letter = papers.filter(has_text="DM-2026-000001/").locator("a.button[lang=kk]")
    assert "I-2" in text_of(aigerim.downloads(letter, tmp_path))
    assert Application.objects.get().status == "returned"
    assert Licence.objects.count() == 0
