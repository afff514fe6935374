"""Forms 2, 9 and 10 as people do them: filed in the cabinet, decided at the desk, printed, checked by what is printed."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from foundation.kernel.clock import legal_now
from licenses.models import Licence
from sandbox.four_forms import NAMES, held
from sandbox.play import Play
from tests.journeys.people import Visitor, Wizard, decide
from tests.journeys.printed import read_back, text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Come = Callable[..., Visitor]
HOST = "«Сандбокс Майнинг» ЖШС"


def papers_of(who: Visitor, case: str, folder: Path, lines: int) -> dict[str, Path]:
    """Every document of a case as it is downloaded, by its name."""
    who.goes(f"/cabinet/applications/{case}/")
    links = who.page.locator(".documents__line a.button")
    expect(links).to_have_count(lines)
    folder.mkdir(exist_ok=True)
    saved = [who.downloads(link, folder) for link in links.all()]
    assert {path.read_bytes()[:5] for path in saved} == {b"%PDF-"}
    return {path.name: path for path in saved}


def one(papers: dict[str, Path], *parts: str) -> Path:
    [path] = [path for name, path in papers.items() if all(part in name for part in parts)]
    return path


def answer_to(stranger: Visitor, paper: Path) -> str:
    """What the public check says of the code printed on a document."""
    printed = urlsplit(read_back(paper))
    stranger.goes(f"{printed.path}?{printed.query}")
    return str(stranger.page.locator("[data-answer]").get_attribute("data-answer"))


def test_form_2_becomes_a_licence_of_form_5(
    visitor: Come, worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    host = held(Play.begin(), "I", legal_now().date())
    dana = visitor("ru")
    dana.signs_in("dana")
    wizard = Wizard(dana)
    address = wizard.begins("2")
    wizard.continues_to("request")
    wizard.says_what_is_asked()
    wizard.continues_to("centres")
    wizard.names_a_place()
    wizard.names_the_host(HOST, host.number)
    wizard.continues_to("evidence")
    wizard.attaches_all(("II-1", "II-2"), tmp_path)
    wizard.files(address)
    worker()
    case = address.rstrip("/").rsplit("/", 1)[1]
    decide(visitor, clock, case, papers=4)  # Form 5 and Form 7
    worker()

    papers = papers_of(dana, case, tmp_path / "papers", lines=8)
    licence = Licence.objects.get(sub_kind="II")
    annex = text_of(one(papers, "annex_form_7", "kk"))
    assert host.number in annex
    assert "Теміртау" in annex
    assert host.number in text_of(one(papers, "application_form_2", "ru"))
    printed = one(papers, "licence_form_5", "ru")
    assert licence.number in text_of(printed)
    assert answer_to(visitor("kk"), printed) == "in_force"


@pytest.mark.parametrize(("form", "who", "sub_kind"), [("9", "aigerim", "I"), ("10", "dana", "II")])
def test_a_re_issue_supersedes_the_edition_before(
    visitor: Come,
    worker: Callable[[], int],
    clock: Callable[[str], None],
    tmp_path: Path,
    form: str,
    who: str,
    sub_kind: str,
) -> None:
    licence = held(Play.begin(), sub_kind, legal_now().date())
    Play.deliver()
    holder = visitor("kk")
    holder.signs_in(who)
    earlier = papers_of(holder, str(licence.case_id), tmp_path / "earlier", lines=8)
    wizard = Wizard(holder)
    address = wizard.begins_a_re_issue(licence.number, form)
    wizard.continues_to("request")
    wizard.wants_re_issued("licence", "001")
    wizard.continues_to("grounds")
    wizard.states(f"{form}.1", changed_on="2026-10-30", **NAMES[form])
    wizard.passes("centres", "evidence")
    wizard.attaches_all(("R-1",), tmp_path)
    wizard.files(address)
    worker()
    case = address.rstrip("/").rsplit("/", 1)[1]
    decide(visitor, clock, case, papers=4)  # the licence and its annex
    worker()

    papers = papers_of(holder, case, tmp_path / "papers", lines=8)
    paper = "licence_form_4" if sub_kind == "I" else "licence_form_5"
    renewed = Licence.objects.get(pk=licence.pk)
    assert (renewed.edition, renewed.number, renewed.expires_on) == (2, licence.number, licence.expires_on)
    for language in ("kk", "ru"):
        assert NAMES[form][f"name_{language}"] in text_of(one(papers, paper, language)).replace("\r\n", " ")
    assert NAMES[form]["name_ru"] in text_of(one(papers, f"application_form_{form}", "ru")).replace(
        "\r\n", " "
    )
    stranger = visitor("kk")
    assert answer_to(stranger, one(papers, paper, "kk")) == "in_force"
    assert answer_to(stranger, one(earlier, paper, "kk")) == "superseded"
    expect(stranger.page.locator("main")).to_contain_text("2")
