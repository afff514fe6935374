"""The pages of proceedings: what they offer to whom, and their forms without a script."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import Party
from foundation.kernel.clock import legal_time
from licenses.models import Proceeding
from licenses.proceedings.statuses import BY_LICENSEE
from licenses.services import suspend_licence
from licenses.statuses import Basis
from sandbox.cast import COMPANY_BIN
from sandbox.play import Play
from sandbox.proceedings import ASSESSED, SUSPENSION, Docket
from tests.applications.conftest import without_layout
from tests.licenses.people import CENTRE, granted, moment

__all__ = ["without_layout"]
pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, FRIDAY = (
    moment("2026-11-02 11:00"),
    moment("2026-11-03 10:00"),
    moment("2026-11-06 11:00"),
)


@pytest.fixture
def docket(db, without_layout) -> Docket:
    return Docket(Play.begin())


@pytest.fixture
def licence(docket):
    return granted(Party.objects.get(number=COMPANY_BIN), centres=[CENTRE, CENTRE])


@pytest.fixture
def visitors(docket, settings):
    settings.SECOND_FACTOR_REQUIRED = False

    def visitor(login):
        client = Client(headers={"Accept-Language": "ru"})
        client.force_login(docket.play.people[login])
        return client

    return visitor


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_an_executor_opens_a_suspension_from_the_list(docket, licence, visitors):
    with legal_time(MONDAY):
        officer = visitors("executor")
        here = reverse("desks:proceedings")
        assert "Открыть дело" in text(officer.get(here))
        said = {"number": licence.number, "kind": "suspend", "annexes": "", "back": here, "next": here}
        answer = officer.post(reverse("proceedings:begin"), said)
        row = Proceeding.objects.get()
        assert (row.status, answer.url) == ("opened", f"{here}{row.pk}/")
        page = text(officer.get(answer.url))
        assert 'data-action="notify_hearing"' in page
        assert "DM-2026-000001" in text(officer.get(here))
        form = text(officer.get(f"{answer.url}acts/notify_hearing/"))
        assert "цифровой майнер нарушил требования законодательства" in form
        assert visitors("aigerim").get(answer.url).status_code in (302, 403)


def test_the_pages_of_every_step_of_a_suspension_open(docket, licence, visitors):
    case = docket.begin(licence.number, "suspend", MONDAY, who="executor", content=SUSPENSION)
    docket.signed(case, "notify_hearing", TUESDAY, who="executor")
    with legal_time(TUESDAY):
        own = reverse("desks:proceeding", args=[case])
        page = text(visitors("aigerim").get(own))
        assert "Актом проверки от 12 октября 2026 года № 15" in page
        for action in ("answer_hearing", "request_oral", "waive_hearing"):
            assert f'data-action="{action}"' in page
        assert "data-eds-sign" in text(visitors("aigerim").get(f"{own}acts/answer_hearing/"))
    docket.act("record_hearing", case, FRIDAY, who="executor")
    desk = reverse("desks:officer_proceeding", args=[case])
    said = {"months": "3", **ASSESSED[0], "back": desk, "next": desk}
    with legal_time(FRIDAY):
        officer = visitors("executor")
        assert "Оценка ответа" in text(officer.get(f"{desk}acts/prepare/"))
        officer.post(reverse("proceedings:action", args=[case, "prepare"]), said)
        assert Proceeding.objects.get(pk=case).status == "signing"
        head = visitors("head")
        assert "Сначала откройте решение" in text(head.get(f"{desk}acts/sign/"))
        head.post(reverse("proceedings:action", args=[case, "open_signing"]), {"back": desk, "next": desk})
        assert "DM-2026-000001/ПРИ1" in text(head.get(f"{desk}acts/sign/"))


def test_a_licensee_begins_a_request_from_the_licence(docket, licence, visitors):
    with legal_time(MONDAY):
        own = visitors("aigerim")
        here = reverse("desks:licence_proceedings", args=[licence.number])
        assert "приостановление по заявлению" in text(own.get(here)).lower()
        said = {"number": licence.number, "kind": "suspend_on_request", "annexes": ["002"]}
        answer = own.post(
            reverse("proceedings:begin"), {**said, "back": here, "next": "/cabinet/proceedings/"}
        )
        row = Proceeding.objects.get()
        assert answer.url == reverse("desks:proceeding", args=[row.pk])
        assert 'data-action="submit"' in text(own.get(answer.url))
        assert 'name="months"' in text(own.get(f"{answer.url}acts/submit/"))
        refused = {**said, "kind": "resume_on_request", "form": "begin"}
        own.post(reverse("proceedings:begin"), {**refused, "back": here, "next": "/cabinet/proceedings/"})
        assert "недоступно" in text(own.get(here))
        assert visitors("dana").get(here).status_code == 404
        assert visitors("dana").get(answer.url).status_code == 404


def test_a_changed_pool_is_told_from_the_cabinet_and_shown_by_its_dates(docket, licence, visitors):
    at = moment("2026-11-06 11:00")
    with legal_time(at):
        owner, officer = visitors("aigerim"), visitors("executor")
        here = reverse("desks:licence_proceedings", args=[licence.number])
        assert 'value="pool_notice"' in text(owner.get(here))
        said = {
            "number": licence.number,
            "kind": "pool_notice",
            "back": here,
            "next": "/cabinet/proceedings/",
        }
        owner.post(reverse("proceedings:begin"), said)
        case = Proceeding.objects.get().pk
        docket.attach(case, at, who="aigerim", title="Договор с пулом")
        form = text(owner.get(reverse("desks:proceeding_act", args=[case, "submit"])))
        assert all(f'name="{name}"' in form for name in ("pool_name", "pool_bin", "changed_on"))
        pool = {"pool_name": "ТОО «Другой пул»", "pool_bin": "160240000008", "changed_on": "2026-11-02"}
        docket.signed(case, "submit", at, who="aigerim", **pool)
        addresses = (here, reverse("desks:proceeding", args=[case]))
        of_officer = (reverse("desks:proceedings"), reverse("desks:officer_proceeding", args=[case]))
        pages = [text(owner.get(url)) for url in addresses] + [text(officer.get(url)) for url in of_officer]
    for page in pages:
        assert "ТОО «Другой пул»" in page
        assert "с опозданием: срок 04.11.2026" in page
        assert "нет в списке аккредитованных пулов" in page


def test_a_correction_is_asked_for_prepared_and_shown_beside_what_stands(docket, licence, visitors):
    with legal_time(MONDAY):
        own, officer = visitors("aigerim"), visitors("executor")
        here = reverse("desks:licence_proceedings", args=[licence.number])
        assert 'value="correct"' in text(own.get(here))
        assert 'value="correct"' in text(officer.get(reverse("desks:proceedings")))
        said = {"number": licence.number, "kind": "correct", "back": here, "next": "/cabinet/proceedings/"}
        page = own.post(reverse("proceedings:begin"), said).url
        case = Proceeding.objects.get().pk
        form = text(own.get(f"{page}acts/submit/"))
        assert licence.editions.get().holder_ru in form
        assert 'name="correct-002-address_ru"' in form
        assert "correct-002-address_ru" in form.split('data-sign-fields="')[1].split('"')[0].split()
        name = {"field": "holder_ru", "reads": "ТОО «Верное имя»"}
        docket.signed(case, "submit", MONDAY, who="aigerim", corrections=[name])
        docket.assign(case, MONDAY)
        desk = reverse("desks:officer_proceeding", args=[case])
        for shown in (text(own.get(page)), text(officer.get(desk))):
            assert licence.editions.get().holder_ru in shown
            assert "ТОО «Верное имя»" in shown
        form = text(officer.get(f"{desk}acts/prepare/"))
        assert "ТОО «Верное имя»</textarea>" in form
        door = reverse("proceedings:action", args=[case, "prepare"])
        typed = {"form": f"prepare:{case}", "back": f"{desk}acts/prepare/", "next": desk}
        assert officer.post(door, {**typed, "correct-licence-holder_ru": ""}).url == typed["back"]
        assert "Напишите, как должно быть." in text(officer.get(typed["back"]))
        assert Proceeding.objects.get(pk=case).status == "registered"
        mended = {"correct-licence-holder_ru": "ТОО «Верное имя»", "correct-licence-holder_kk": "«Дұрыс» ЖШС"}
        assert officer.post(door, {**typed, **mended}).url == desk
        assert "«Дұрыс» ЖШС" in text(visitors("head").get(desk))
    docket.decide(case, TUESDAY)
    docket.play.deliver()
    with legal_time(TUESDAY):
        assert "«Дұрыс» ЖШС" in text(own.get(page))
        card = text(
            Client(headers={"Accept-Language": "ru"}).get(reverse("licenses:card", args=[licence.number]))
        )
        assert "исправление ошибки (статья 44" in card
        assert "заменена редакцией 2" in card


def test_the_form_of_a_correction_of_an_ended_licence_says_why_it_is_closed(docket, licence, visitors):
    case = docket.begin(licence.number, "correct", MONDAY, who="aigerim")
    with legal_time(moment("2029-03-05 11:00")):
        page = text(visitors("aigerim").get(reverse("desks:proceeding_act", args=[case, "submit"])))
    assert "correct-licence-holder_ru" not in page


def test_the_api_begins_the_notice_once(licence, visitors):
    owner, address = visitors("aigerim"), f"/api/v1/licenses/{licence.number}/actions/notify_pool_change/"
    said = {"pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002", "changed_on": "2026-11-02"}
    key = {"Idempotency-Key": "8b7f1f4e-4d0e-4d5e-9a51-0c1f0a5b7c11"}
    with legal_time(TUESDAY):
        made, again = (
            owner.post(address, said, content_type="application/json", headers=key) for _time in range(2)
        )
        strange = visitors("dana").post(address, said, content_type="application/json", headers=key)
    assert (made.status_code, made.json()["kind"], made.json()["content"]) == (201, "pool_notice", said)
    assert again.json()["id"] == made.json()["id"]
    assert Proceeding.objects.count() == 1
    assert strange.status_code == 404


def test_the_licensee_sees_what_can_be_asked_for_today_and_why_not_the_rest(docket, licence, visitors):
    """DA 9, PL 35, 45: by the state of the licence, and of a single annex."""
    here, asked = reverse("desks:licence_proceedings", args=[licence.number]), "data-request="

    def offered(page):
        kinds = {str(kind) for kind in BY_LICENSEE}
        possible = {kind for kind in kinds if f'{asked}"{kind}"' in page}
        closed = {kind for kind in kinds if f'data-closed-request="{kind}"' in page}
        assert possible | closed == kinds
        assert not possible & closed
        return possible

    in_force = {"suspend_on_request", "terminate_on_request", "pool_notice", "correct"} & set(BY_LICENSEE)
    with legal_time(MONDAY):
        page = text(visitors("aigerim").get(here))
        assert offered(page) == in_force
        assert "Срок ответа со дня регистрации: 15 рабочих дней." in page
        assert f"Состояние {licence.number}: действует." in page
        suspend_licence(
            licence_id=licence.pk,
            annexes=["002"],
            basis=Basis.SUSPEND_ON_REQUEST,
            since=MONDAY.date(),
            months=1,
            act_id=uuid4(),
            actor_id=docket.play.people["head"].pk,
            at=MONDAY,
        )
    with legal_time(TUESDAY):
        page = text(visitors("aigerim").get(here))
        assert offered(page) == in_force | {"resume_on_request"}
        [form] = re.findall(r'data-request="resume_on_request".*?</form>', page, re.DOTALL)
        assert re.findall(r'name="annexes" value="(\d+)"( checked)?', form) == [("002", " checked")]


def test_the_chancery_sees_loads_and_whom_the_portal_proposes(docket, licence, visitors):
    """Rules 6, APPC 67: as for applications and complaints."""
    case = docket.begin(licence.number, "terminate_on_request", MONDAY, who="aigerim")
    docket.signed(case, "submit", MONDAY, who="aigerim", reason="Закрыто.")
    opened = docket.begin(licence.number, "suspend", MONDAY, who="executor")
    assert Proceeding.objects.get(pk=opened).case.executor == docket.play.people["executor"]
    with legal_time(MONDAY):
        page = text(visitors("chancery").get(reverse("desks:officer_proceeding_act", args=[case, "assign"])))
        own = text(visitors("aigerim").get(reverse("desks:licence_proceedings", args=[licence.number])))
    busy, free = (docket.play.people[login].full_name for login in ("executor", "executor2"))
    [asked] = re.findall(r'data-request="terminate_on_request".*?</form>', own, re.DOTALL)
    assert str(Proceeding.objects.get(pk=case).case) in asked
    assert "<button" not in asked  # one at a time on the same target
    assert "Закрыто." not in page  # the licensee's reason is not the chancery's
    assert f"{busy}, открытых дел: 1" in page
    assert f"Предлагается: {free}" in page
