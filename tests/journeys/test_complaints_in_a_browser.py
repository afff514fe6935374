"""Refused, complained of, and a licence after all: by the provider's favourable act, and by remand and a new hearing."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import expect

from appeals.models import Complaint
from applications.models import Application
from casework.decisions.models import Act, Cancellation
from foundation.accounts.models import Person
from licenses.models import Licence
from sandbox.complaints import CONTENTS, POSITION, SATISFACTION
from sandbox.play import Play
from tests.applications.stages import Stages
from tests.journeys.complaining import NOTICE, Desk, begins
from tests.journeys.people import Officer, Visitor
from tests.journeys.printed import text_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Come = Callable[..., Visitor]
FACTS = {
    "facts_kk": "Құжатта мекенжай көрсетілмеген (I-1).",
    "facts_ru": "В документе не указан адрес (I-1).",
}
ASSESSMENT = {
    "assessment_kk": "Жауап құжатпен расталмаған (I-1).",
    "assessment_ru": "Ответ не подтверждён документом (I-1).",
}
REMANDED = {
    "outcome": "remanded",
    "reasons_kk": "Өтініш берушінің жауабы бағаланбаған.",
    "reasons_ru": "Ответ заявителя не получил оценки.",
    "heard_kk": "Екі тарап тыңдалды.",
    "heard_ru": "Обе стороны заслушаны.",
}
ANSWER = "Адрес указан на втором листе документа."


def id_of(login: str) -> str:
    return str(Person.objects.get(login=login).pk)


def saved(who: Visitor, address: str, folder: Path) -> dict[str, str]:
    """The words of every document on a page, by the name of its file."""
    who.goes(address)
    links = who.page.locator(".documents__line a.button")
    expect(links.first).to_be_visible()
    folder.mkdir(exist_ok=True)
    return {path.name: text_of(path) for path in [who.downloads(link, folder) for link in links.all()]}


def one(papers: dict[str, str], *parts: str) -> str:
    matching = [text for name, text in papers.items() if all(part in name for part in parts)]
    assert len(matching) == 1, sorted(papers)
    [text] = matching
    return text


def refuse(
    visitor: Come, worker: Callable[[], int], clock: Callable[[str], None], case_id: str, aigerim: Visitor
) -> None:
    """Notice, answer, hearing closed, refusal prepared, signed: each at its own screen (Rules 10)."""
    clock("2026-11-05T10:00")
    executor = Officer(visitor(), "executor")
    executor.opens(case_id)
    executor.acts("notify_hearing")
    ground = executor.page.locator(
        "[data-ground]", has=executor.page.locator("[data-ground-code][value='3']")
    )
    expect(ground.locator("[data-ground-code]")).to_be_checked()  # by the finding on I-1
    for name, text in FACTS.items():
        ground.locator(f"[data-ground-text={name}]").fill(text)
    ground.locator("[data-ground-page]").first.fill("1")
    executor.visitor.signs(executor.page.locator("#act-form"))
    executor.is_told_it_is_done()
    worker()

    clock("2026-11-06T11:00")
    aigerim.goes(f"/cabinet/applications/{case_id}/hearing/")
    aigerim.page.locator("textarea[name=text]").fill(ANSWER)
    aigerim.page.locator("form[data-sign-action=answer_hearing] button.button--primary").click()
    expect(aigerim.page.locator("section[aria-labelledby=given]")).to_contain_text(ANSWER)
    worker()

    clock("2026-11-10T10:00")
    executor.opens(case_id)
    executor.acts("record_hearing")
    executor.is_told_it_is_done()
    executor.acts("prepare_refusal")
    ground = executor.page.locator("[data-ground]")
    expect(ground).to_have_count(1)  # grounds of the notice only
    expect(ground.locator("blockquote")).to_contain_text(ANSWER)
    for name, text in ASSESSMENT.items():
        ground.locator(f"textarea[name$={name}]").fill(text)
    executor.visitor.presses(
        executor.page.locator("#act-form button.button--primary, #act-form button.button--danger")
    )
    executor.is_told_it_is_done()
    clock("2026-11-10T12:00")
    Officer(visitor(), "head").signs_the_licence(case_id, papers=2)  # Form 8 in two languages
    worker()


def test_the_provider_gives_in_and_the_licence_follows(
    visitor: Come, worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    case_id = str(Stages(Play.begin()).examined(not_met=("I-1",)))
    aigerim = visitor("kk")
    aigerim.signs_in("aigerim")
    refuse(visitor, worker, clock, case_id, aigerim)
    refusal = Act.objects.get(case_id=case_id, kind="refusal", state="signed")

    clock("2026-11-11T10:00")
    complaint_id = begins(aigerim, case_id, "superior", CONTENTS)
    worker()
    complaint = Complaint.objects.select_related("case").get(pk=UUID(complaint_id))
    Desk(visitor(), "chancery").gives(complaint_id, id_of("executor2"))
    clock("2026-11-12T10:00")
    Desk(visitor(), "executor2").does(complaint_id, "satisfy", SATISFACTION)
    Desk(visitor(), "head").signs_what_was_prepared(complaint_id)
    worker()

    licence = Licence.objects.get(case_id=UUID(case_id))
    cancelled = Cancellation.objects.get()
    assert (cancelled.act, cancelled.number) == (refusal, complaint.case.incoming_no)
    papers = saved(aigerim, f"/cabinet/complaints/{complaint_id}/", tmp_path / "complaint")
    for language in ("kk", "ru"):
        answer = one(papers, "complaint_answer", language)
        assert refusal.number in answer
        assert str(complaint.case.incoming_no) in answer
    papers = saved(aigerim, f"/cabinet/applications/{case_id}/", tmp_path / "case")
    assert refusal.number in one(papers, "refusal_form_8", "ru")  # stays in the file
    assert licence.number in one(papers, "licence_form_4", "kk")
    stranger = visitor("ru")
    stranger.goes("/register/")
    expect(stranger.page.locator("tbody a.mono")).to_have_text(licence.number)


def test_the_superior_body_remands_and_another_person_decides(
    visitor: Come, worker: Callable[[], int], clock: Callable[[str], None], tmp_path: Path
) -> None:
    clock("2026-11-10T12:10")
    case_id = str(Stages(Play.begin()).refused())
    worker()
    refusal = Act.objects.get(case_id=case_id, kind="refusal", state="signed")
    clock("2026-11-11T10:00")
    aigerim = visitor("ru")
    aigerim.signs_in("aigerim")
    complaint_id = begins(aigerim, case_id, "superior", CONTENTS)
    worker()

    chancery = Desk(visitor(), "chancery")
    chancery.does(complaint_id, "forward", POSITION)
    Desk(visitor(), "head2").signs_what_was_prepared(complaint_id)
    worker()
    clock("2026-11-13T10:00")
    chancery.gives(complaint_id, id_of("superior"))
    reviewer = Desk(visitor(), "superior")
    reviewer.does(complaint_id, "notify_hearing", NOTICE)
    worker()

    clock("2026-11-16T11:00")
    aigerim.goes(f"/cabinet/complaints/{complaint_id}/acts/answer_hearing/")
    aigerim.page.locator("textarea[name=text]").fill(ANSWER)
    aigerim.signs(aigerim.page.locator("form[action$='/actions/answer_hearing/']"))
    clock("2026-11-19T10:00")
    reviewer.does(complaint_id, "record_hearing")
    reviewer.does(complaint_id, "prepare_decision", REMANDED)
    reviewer.signs_what_was_prepared(complaint_id)
    worker()
    complaint = Complaint.objects.select_related("case").get(pk=UUID(complaint_id))
    assert complaint.status == "remanded"
    assert Application.objects.get(pk=UUID(case_id)).status == "review"

    clock("2026-11-20T10:00")
    chancery.assigns(case_id, id_of("executor2"))
    executor = Officer(visitor(), "executor2")
    executor.opens(case_id)
    executor.finds_all("Документ соответствует требованию.")  # anew: the earlier findings no longer count
    executor.opens(case_id)
    executor.visitor.presses(
        executor.page.locator("form[action$='/payment/'] button")
    )  # the refusal had set the payment free
    executor.acts("prepare_issue")
    executor.page.locator("[name=no_court_act_note]").fill("По банку судебных актов запретов не найдено.")
    executor.visitor.presses(executor.page.locator("#act-form button.button--primary"))
    executor.is_told_it_is_done()
    Officer(visitor(), "head2").signs_the_licence(case_id, papers=4)
    worker()

    licence = Licence.objects.get(case_id=UUID(case_id))
    papers = saved(aigerim, f"/cabinet/complaints/{complaint_id}/", tmp_path / "complaint")
    for language in ("kk", "ru"):
        assert refusal.number in one(papers, "complaint_answer", language)
        assert refusal.number in one(papers, "complaint_forwarding", language)
    papers = saved(aigerim, f"/cabinet/applications/{case_id}/", tmp_path / "case")
    assert refusal.number in one(papers, "refusal_form_8", "ru")
    assert licence.number in one(papers, "licence_form_4", "ru")
