"""The case page: each tab for each role, steps that follow the offers, what it costs, three languages."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications import services
from applications.models import Application, Evidence
from applications.permissions import Situation, offers
from applications.statuses import Outcome, Status
from casework.cases.models import Case, WorkingNote
from casework.cases.services import ask_recusal
from casework.decisions.services import acts
from casework.documents.models import StoredFile
from foundation.journal.models import Fact
from tests.desks.officer.conftest import NOW, OFFICERS, page

TABS = ("", "evidence/", "documents/", "history/")


@pytest.fixture
def case(played, play):
    return played


def html_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def set_status(case_id, status, outcome="") -> None:
    """Put a case into a state without playing it there: only what is shown is under test."""
    Application.objects.filter(pk=case_id).update(status=status, prepared_outcome=outcome, came_from="review")
    Case.objects.filter(pk=case_id).update(status_code=status)


def buttons(html: str) -> tuple[set[str], set[str]]:
    return set(re.findall(r'data-action="(\w+)"', html)), set(re.findall(r'data-closed="(\w+)"', html))


def test_pages_by_role(case, signed_in, play):
    pk, _other = case
    for who in OFFICERS:
        for tab in TABS:
            assert signed_in(who).get(page(pk, tab)).status_code == 200
    for who in ("aigerim", "admin"):
        for tab in (*TABS, "acts/accept/", "acts/sign/"):
            assert signed_in(who).get(page(pk, tab)).status_code == 403
    draft = play.draft(NOW)
    for tab in (*TABS, "acts/accept/", "acts/sign/"):
        assert signed_in("executor").get(page(draft.pk, tab)).status_code == 404
        assert signed_in("executor").get(page(uuid.uuid4(), tab)).status_code == 404
    assert signed_in("executor").get(page(pk, "acts/nothing/")).status_code == 404
    assert signed_in("executor").get(page(pk, "acts/withdraw/")).status_code == 403
    assert signed_in("executor2").get(page(pk, "acts/prepare_issue/")).status_code == 403
    assert signed_in("executor").get(page(pk, "evidence/?piece=" + str(uuid.uuid4()))).status_code == 404
    assert Fact.objects.filter(kind="application.prepared").count() == 0


def test_buttons_follow_the_offers(case, signed_in, play):
    pk, _other = case
    for status in (Status.COMPLETENESS, Status.REVIEW, Status.HEARING, Status.HEARD, Status.ISSUED):
        set_status(pk, status)
        for who in OFFICERS:
            application = play.fresh(pk)
            said = {o.action.name: o.possible for o in offers(Situation(application, play.people[who], NOW))}
            said.pop("decide_recusal", None)  # shown only where one was asked for
            said.pop("open_signing", None)  # one page and one button with “sign”
            possible, closed = buttons(html_of(signed_in(who).get(page(pk))))
            assert possible == {name for name, open_now in said.items() if open_now}, (status, who)
            assert closed == {name for name, open_now in said.items() if not open_now}, (status, who)


def test_who_prepared_it_is_offered_no_signature(case, signed_in, play):
    pk, _other = case
    stored = play.fresh(pk)
    acts.prepare_act(
        case=stored.case, kind="licence", prepared_by=play.people["head2"], at=NOW, content={}, four_eyes=True
    )
    play.find(pk, NOW)
    set_status(pk, Status.SIGNING, Outcome.ISSUE)
    services.look_up_payment(pk, person=None, at=NOW)
    assert "sign" in buttons(html_of(signed_in("head").get(page(pk))))[0]
    possible, closed = buttons(html_of(signed_in("head2").get(page(pk))))
    assert ("sign" in possible, "sign" in closed) == (False, True)
    assert "Open for signature" in html_of(signed_in("head").get(page(pk, "acts/sign/")))
    mine = html_of(signed_in("head2").get(page(pk, "acts/sign/")))
    assert "actions/open_signing/" not in mine
    assert "actions/sign/" not in mine


def test_the_first_tab_says_what_stands_in_the_case(case, signed_in):
    pk, other = case
    html = html_of(signed_in("executor").get(page(pk)))
    number = Case.objects.get(pk=other).incoming_no
    assert html.count(f">{number}</a>") == 3  # same party, same address, same files
    papers = Evidence.objects.filter(application_id=other, requirement="I-1")
    StoredFile.objects.filter(pk__in=papers.values("file_id")).update(sha256="0" * 64)
    html = html_of(signed_in("executor").get(page(pk)))
    assert html.count(f">{number}</a>") == 4  # and a document of the same number in other bytes
    assert "There is no finding yet on: I-4." in html
    assert "8650000" in re.sub(r"\s", "", html)
    assert 'class="is-counted"' in html
    assert 'class="is-off"' in html


def test_evidence_stands_beside_its_finding(case, signed_in, play):
    pk, _other = case
    html = html_of(signed_in("executor").get(page(pk, "evidence/")))
    open_piece = play.fresh(pk).evidence.get(requirement="I-4")
    assert f'src="/files/{open_piece.file_id}/preview/' in html
    assert f"/evidence/{open_piece.pk}/finding/" in html
    found = play.fresh(pk).evidence.get(requirement="I-1")
    html = html_of(signed_in("executor").get(page(pk, f"evidence/?piece={found.pk}")))
    assert "В документе нет нужных сведений." in html
    reader = html_of(signed_in("auditor").get(page(pk, "evidence/")))
    assert "/finding/" not in reader


def test_documents_and_journal(case, signed_in):
    pk, _other = case
    html = html_of(signed_in("auditor").get(page(pk, "documents/")))
    assert html.count("?preview") == 4  # receipt and filed form, Kazakh and Russian
    assert "/signatures/1/cms/" in html
    html = html_of(signed_in("auditor").get(page(pk, "history/")))
    assert html.count('class="timeline__when"') == Fact.objects.filter(stream=f"case:{pk}").count()
    assert "Тестова Айгерім Қуатқызы" in html


def test_every_page_costs_at_most_fifteen_questions(case, signed_in, play):
    pk, _other = case
    pages = [*TABS, "acts/prepare_issue/", "acts/notify_hearing/", "acts/discontinue/", "acts/ask_recusal/"]
    for who in ("executor", "head", "auditor", "chancery"):
        client = signed_in(who)
        for tab in pages:
            client.get(page(pk, tab))
            with CaptureQueriesContext(connection) as asked:
                client.get(page(pk, tab))
            assert len(asked) <= 15, (who, tab, len(asked))
    stored = play.fresh(pk)
    acts.prepare_act(
        case=stored.case,
        kind="licence",
        prepared_by=play.people["executor"],
        at=NOW,
        content={},
        four_eyes=True,
    )
    play.find(pk, NOW)
    set_status(pk, Status.SIGNING, Outcome.ISSUE)
    for tab in ("", "acts/sign/"):
        client = signed_in("head")
        client.get(page(pk, tab))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(pk, tab))
        assert len(asked) <= 15, (tab, len(asked))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_inline_script_or_style(case, signed_in, language):
    pk, _other = case
    for tab in (*TABS, "acts/prepare_issue/", "acts/notify_hearing/", "acts/discontinue/"):
        response = signed_in("executor", language).get(page(pk, tab))
        html = html_of(response)
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html), tab
        assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html)), tab
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert f'<html lang="{language}">' in html
        if language != "en":
            for word in (
                "Completeness",
                "Clock",
                "Executor:",
                "Lawful steps",
                "Back to the case",
                "Facts in",
            ):
                assert word not in html, (tab, word)


def test_notes_are_kept_for_colleagues_only(case, signed_in):
    pk, _other = case
    url = f"/applications/{pk}/notes/"
    said = {"text": "Позвонить в акимат.", "form": f"note:{pk}", "back": page(pk), "next": page(pk)}
    assert "Позвонить в акимат." in html_of(signed_in("executor2").post(url, said, follow=True))
    assert "field__error" in html_of(signed_in("head").post(url, {**said, "text": " "}, follow=True))
    for who in ("auditor", "aigerim"):
        signed_in(who).post(url, said)
    assert WorkingNote.objects.count() == 1
    assert "Позвонить" not in signed_in("aigerim").get(f"/cabinet/applications/{pk}/").content.decode()


def test_a_recusal_is_shown_and_decided_by_a_head(case, signed_in, play):
    pk, _other = case
    assert "decide_recusal" not in buttons(html_of(signed_in("head").get(page(pk))))[0]
    executor = play.people["executor"]
    ask_recusal(play.fresh(pk).case, officer=executor, ground="relative", reason="Брат.", by=executor, at=NOW)
    assert "decide_recusal" in buttons(html_of(signed_in("head").get(page(pk))))[0]
    html = html_of(signed_in("head").get(page(pk, "acts/decide_recusal/")))
    assert "Брат." in html
