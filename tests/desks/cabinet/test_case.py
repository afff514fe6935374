"""A filed application in the cabinet: filing by the page, hearing, withdrawal, licence, messages, what is shown when."""

import base64
import re
from datetime import datetime

import pytest

from applications.models import Application
from casework.decisions.models import Hearing
from casework.notices.models import Notice
from foundation.kernel.clock import ALMATY, legal_time
from licenses.models import Licence
from sandbox.cast import key_of
from sandbox.eds import sign
from tests.desks.cabinet.test_wizard import INLINE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


def signed(client, application, action: str, login: str, moment, **said):
    """What sign-form.js does: ask for the bytes, sign them, post the form with the CMS."""
    asked = client.post(
        f"/api/v1/applications/{application.pk}/sign-request/",
        {"action": action, **said},
        content_type="application/json",
    )
    assert asked.status_code == 201, asked.content.decode()
    cms = sign(key_of(login), base64.b64decode(asked.json()["data_b64"]), at=moment)
    page = f"/cabinet/applications/{application.pk}/"
    return client.post(
        f"/applications/{application.pk}/actions/{action}/",
        {"sign_request": asked.json()["id"], "cms": cms, "next": page, "back": page, **said},
    )


def fresh(application) -> Application:
    return Application.objects.select_related("case").get(pk=application.pk)


@pytest.fixture
def filed(play, now):
    draft = play.draft(now)
    play.attach(draft, now)
    play.file(draft.pk, now)
    play.deliver()
    return draft


@pytest.fixture
def heard(play):
    """A hearing notified on Wednesday 11 November at ten."""
    with legal_time(at("2026-11-02T10:00")):
        draft = play.draft(at("2026-11-02T10:00"))
        play.attach(draft, at("2026-11-02T10:00"))
        play.file(draft.pk, at("2026-11-02T11:00"))
        play.deliver()
        play.assign(draft.pk, at("2026-11-02T12:00"))
        play.accept(draft.pk, at("2026-11-03T10:00"))
        play.find(draft.pk, at("2026-11-04T10:00"), not_met=("I-1",))
        play.notify_hearing(draft.pk, at("2026-11-11T10:00"))
        play.deliver()
    return draft


def test_the_form_is_signed_and_filed_by_the_pages(signed_in, play, now):
    draft = play.draft(now)
    play.attach(draft, now)
    aigerim = signed_in("aigerim")
    page = aigerim.get(f"/cabinet/applications/{draft.pk}/sign/").content.decode()
    assert f'data-sign-request-url="/api/v1/applications/{draft.pk}/sign-request/"' in page
    assert f'data-if-match="{fresh(draft).case.version}"' in page
    done = signed(aigerim, draft, "submit", "aigerim", now)
    assert done["Location"] == f"/cabinet/applications/{draft.pk}/"
    assert fresh(draft).status == "completeness"
    shown = aigerim.get(done["Location"]).content.decode()
    assert "Completeness is being checked" in shown
    assert fresh(draft).case.incoming_no in shown
    assert aigerim.get(f"/cabinet/applications/{draft.pk}/sign/")["Location"] == done["Location"]


def test_a_replayed_signature_is_refused_in_words(signed_in, filed):
    aigerim = signed_in("aigerim")
    page = f"/cabinet/applications/{filed.pk}/"
    answer = aigerim.post(
        f"/applications/{filed.pk}/actions/submit/",
        {"sign_request": str(filed.pk), "cms": "x", "next": "/", "back": page},
        follow=True,
    )
    assert answer.redirect_chain[-1][0] == page
    assert b"notice--error" in answer.content
    assert fresh(filed).status == "completeness"


def test_the_pages_of_a_case_open_in_few_queries_with_nothing_inline(
    signed_in, filed, django_assert_max_num_queries
):
    case = f"/cabinet/applications/{filed.pk}/"
    for language in ("kk", "ru", "en"):
        aigerim = signed_in("aigerim", language)
        for page in ("/cabinet/", case, f"{case}filed/", f"{case}withdraw/", "/cabinet/messages/"):
            aigerim.get(page)
            with django_assert_max_num_queries(15):
                response = aigerim.get(page)
            assert response.status_code == 200
            assert not INLINE.search(response.content), page


def test_the_cabinet_begins_with_what_waits_for_the_applicant(signed_in, heard):
    with legal_time(at("2026-11-12T15:00")):
        page = signed_in("aigerim").get("/cabinet/").content.decode()
        assert "Waiting for your answer" in page
        assert f'href="/cabinet/applications/{heard.pk}/hearing/"' in page
        assert "Under way" not in page
    with legal_time(at("2026-11-16T15:00")):  # the two days to answer are over
        page = signed_in("aigerim").get("/cabinet/").content.decode()
        assert "Waiting for your answer" not in page
        assert "Under way" in page


def test_every_day_of_the_terms_is_explained(signed_in, filed):
    page = signed_in("aigerim").get(f"/cabinet/applications/{filed.pk}/").content.decode()
    assert "Completeness of the documents" in page
    assert re.search(r"Sat 28\.11\.2026</strong> · not counted<br><span>weekend", page)
    assert re.search(r"Tue 24\.11\.2026</strong> · day 1<br><span>working day", page)


def test_the_hearing_is_answered_within_the_term(signed_in, heard, django_assert_max_num_queries):
    moment = at("2026-11-12T15:00")
    with legal_time(moment):
        aigerim = signed_in("aigerim")
        page = aigerim.get(f"/cabinet/applications/{heard.pk}/hearing/").content.decode()
        assert "В правоустанавливающем документе" in page
        assert "Fri 13.11.2026" in page  # the last day, until 24:00
        assert "until 24:00" in page
        for address in ("hearing/", ""):
            with django_assert_max_num_queries(15):
                aigerim.get(f"/cabinet/applications/{heard.pk}/{address}")
        signed(
            aigerim,
            heard,
            "answer_hearing",
            "aigerim",
            moment,
            text="Адрес указан в приложении.",
            final="true",
        )
    hearing = Hearing.objects.get()
    assert (hearing.answer, hearing.answer_final) == ("Адрес указан в приложении.", True)


def test_a_refused_answer_stays_in_the_form(signed_in, heard):
    with legal_time(at("2026-11-12T15:00")):
        aigerim = signed_in("aigerim")
        page = f"/cabinet/applications/{heard.pk}/hearing/"
        aigerim.post(
            f"/applications/{heard.pk}/actions/answer_hearing/",
            {
                "form": f"answer_hearing:{heard.pk}",
                "text": "Мои возражения",
                "final": "true",
                "sign_request": str(heard.pk),
                "cms": "broken",
                "back": page,
                "next": page,
            },
        )
        shown = aigerim.get(page).content.decode()
    assert "Мои возражения" in shown
    assert Hearing.objects.get().answer == ""


def test_oral_hearing_and_waiver_are_posted_by_who_may(signed_in, heard):
    with legal_time(at("2026-11-12T15:00")):
        bolat = signed_in("bolat")
        page = f"/cabinet/applications/{heard.pk}/hearing/"
        bolat.post(f"/applications/{heard.pk}/actions/waive_hearing/", {"back": page, "next": page})
        assert Hearing.objects.get().waived_at is None
        bolat.post(f"/applications/{heard.pk}/actions/request_oral/", {"back": page, "next": page})
    assert Hearing.objects.get().oral_requested_at is not None


def test_an_application_is_withdrawn_with_a_signature(signed_in, filed, now):
    aigerim = signed_in("aigerim")
    signed(aigerim, filed, "withdraw", "aigerim", now, reason="Изменились планы")
    assert fresh(filed).status == "withdrawn"
    assert b"Withdrawn by you" in aigerim.get(f"/cabinet/applications/{filed.pk}/").content


def test_what_was_signed_after_hours_is_shown_at_nine_of_its_day(signed_in, play):
    with legal_time(at("2026-11-02T10:00")):
        draft = play.draft(at("2026-11-02T10:00"))
        play.attach(draft, at("2026-11-02T10:00"), leave_out=("I-2",))
        play.file(draft.pk, at("2026-11-02T11:00"))
        play.deliver()
        play.assign(draft.pk, at("2026-11-02T12:00"))
        play.refuse_further(draft.pk, at("2026-11-03T19:00"))
        play.deliver()
    aigerim = signed_in("aigerim")
    with legal_time(at("2026-11-03T20:00")):
        page = aigerim.get(f"/cabinet/applications/{draft.pk}/").content.decode()
        assert "Completeness is being checked" in page
        assert "Further consideration" not in page.split('id="messages-title"')[0]
        assert "Further consideration is refused" not in aigerim.get("/cabinet/").content.decode()
    with legal_time(at("2026-11-04T09:00")):
        page = aigerim.get(f"/cabinet/applications/{draft.pk}/").content.decode()
        assert "Further consideration is refused" in page
        assert "How to complain" in page


def test_a_licence_has_its_page(signed_in, play, django_assert_max_num_queries):
    with legal_time(at("2026-11-02T10:00")):
        draft = play.draft(at("2026-11-02T10:00"))
        play.attach(draft, at("2026-11-02T10:00"))
        play.file(draft.pk, at("2026-11-02T11:00"))
        play.deliver()
        play.assign(draft.pk, at("2026-11-02T12:00"))
        play.accept(draft.pk, at("2026-11-03T10:00"))
        play.find(draft.pk, at("2026-11-04T10:00"))
        play.prepare_issue(draft.pk, at("2026-11-05T10:00"))
        play.open_signing(draft.pk, at("2026-11-06T10:00"))
        play.sign(draft.pk, at("2026-11-06T10:05"))
        play.deliver()
    number = Licence.objects.get().number
    with legal_time(at("2026-11-09T10:00")):
        aigerim = signed_in("aigerim")
        case = aigerim.get(f"/cabinet/applications/{draft.pk}/").content.decode()
        assert f'href="/cabinet/licences/{number}/"' in case
        titles = re.findall(r'documents__title">([^<]+)<', case)
        first_words = [title.split()[0] for title in titles]
        assert first_words == ["Лицензия", "Приложение", "Приложение", "Заявление", "Расписка"]
        with django_assert_max_num_queries(15):
            response = aigerim.get(f"/cabinet/licences/{number}/")
        page = response.content.decode()
        assert number in page
        assert "<svg" in page
        assert f"/check/?number={number}" in page
        assert not INLINE.search(response.content)
        pdf = re.search(r'href="(/documents/[0-9a-f-]+/)"', page)
        cms = re.search(r'href="(/documents/[0-9a-f-]+/signatures/1/cms/)"', page)
        assert pdf is not None
        assert cms is not None
        assert aigerim.get(pdf[1]).content.startswith(b"%PDF")
        assert aigerim.get(cms[1])["Content-Type"] == "application/pkcs7-signature"
        dana = signed_in("dana")
        assert dana.get(f"/cabinet/licences/{number}/").status_code == 404
        assert dana.get(pdf[1]).status_code == 404


def test_opening_a_message_is_recorded_once(signed_in, filed, play):
    aigerim = signed_in("aigerim")
    notice = Notice.objects.filter(person=play.people["aigerim"]).earliest("pk")
    page = f"/cabinet/messages/{notice.pk}/"
    answer = aigerim.post(f"/notices/{notice.pk}/read/", {"next": page})
    assert answer["Location"] == page
    assert Notice.objects.get(pk=notice.pk).read_at is not None
    assert b"Proof of delivery" in aigerim.get(page).content
    bolat = signed_in("bolat")
    assert bolat.get(page).status_code == 404
    others = Notice.objects.filter(person=play.people["bolat"]).earliest("pk")
    aigerim.post(f"/notices/{others.pk}/read/", {"next": "https://elsewhere.example/"})
    assert Notice.objects.get(pk=others.pk).read_at is None


def test_an_empty_cabinet_says_what_to_do_next(signed_in, play):
    page = signed_in("marat").get("/cabinet/").content.decode()
    assert "No application has been filed yet" in page
    assert "Begin" in page


def test_a_guest_is_asked_to_sign_in(client, db):
    some = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    for page in ("/cabinet/", f"/cabinet/applications/{some}/", f"/documents/{some}/"):
        assert client.get(page)["Location"].startswith("/accounts/sign-in/")
