"""The way from an order on a licence to a complaint of it, at the people's own pages."""

import pytest
from django.urls import reverse

from foundation.accounts.models import Party
from foundation.kernel.clock import legal_time
from licenses.models import Proceeding
from sandbox.cast import COMPANY_BIN
from sandbox.proceedings import ASSESSED, SUSPENSION, Docket
from tests.applications.stages import moment
from tests.licenses.people import CENTRE, granted

pytestmark = pytest.mark.django_db


def on(text):
    return moment(f"2026-11-{text}")


@pytest.fixture
def licence(quiet):
    return granted(Party.objects.get(number=COMPANY_BIN), centres=[CENTRE])


@pytest.fixture
def heard(quiet, licence):
    docket = Docket(quiet)
    case = docket.begin(licence.number, "suspend", on("02T11:00"), who="executor", content=SUSPENSION)
    docket.signed(case, "notify_hearing", on("03T10:00"), who="executor")
    docket.act("record_hearing", case, on("06T09:30"), who="executor")
    return case


@pytest.fixture
def suspended(quiet, heard):
    docket = Docket(quiet)
    docket.act("prepare", heard, on("06T11:00"), who="executor", content={"grounds": ASSESSED})
    docket.decide(heard, on("06T12:00"))
    quiet.pass_time(on("06T12:10"))
    return heard


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def test_the_page_of_the_proceeding_leads_to_the_complaint(suspended, signed_in):
    here, new = (
        reverse("desks:proceeding", args=[suspended]),
        reverse("desks:complaint_new", args=[suspended]),
    )
    with legal_time(on("10T10:00")):
        holder = signed_in("aigerim")
        page = text(holder.get(here))
        assert f'href="{new}"' in page
        assert "Как обжаловать" in page
        assert "08.02.2027" in page  # three months from the delivery, the day after a weekend
        form = text(holder.get(new))
        assert "DM-2026-000001/ПРИ1" in form
        officer = text(signed_in("executor").get(reverse("desks:officer_proceeding", args=[suspended])))
        assert new not in officer


def test_a_proceeding_without_an_order_offers_no_complaint(heard, signed_in):
    with legal_time(on("06T10:00")):
        page = text(signed_in("aigerim").get(reverse("desks:proceeding", args=[heard])))
    assert reverse("desks:complaint_new", args=[heard]) not in page


def test_the_pages_name_the_complaint_and_the_cancellation(suspended, licence, complaints, signed_in):
    pk = complaints.draft(suspended, on("10T10:00")).pk
    own, office = (
        reverse("desks:proceeding", args=[suspended]),
        reverse("desks:officer_proceeding", args=[suspended]),
    )
    with legal_time(on("10T10:01")):
        assert reverse("desks:complaint", args=[pk]) in text(signed_in("aigerim").get(own))
        assert str(pk) not in text(signed_in("executor").get(office))  # a draft is nobody else's
    complaints.file(pk, on("10T10:05"))
    with legal_time(on("10T11:00")):
        page = text(signed_in("executor").get(office))
        assert reverse("desks:officer_complaint", args=[pk]) in page
        assert "приостановлен жалобой" in page
        holder = signed_in("aigerim")
        assert "приостановлен жалобой" in text(holder.get(reverse("desks:complaint", args=[pk])))
        stayed = "приостановление не исполняется ввиду жалобы: пока в силе"
        for address in (
            reverse("desks:licence", args=[licence.number]),
            reverse("licenses:card", args=[licence.number]),
            reverse("licenses:register"),
        ):
            assert stayed in text(holder.get(address)), address
    complaints.assign(pk, on("10T11:00"), to="executor2")
    complaints.satisfy(pk, on("11T10:00"))
    complaints.open_and_sign(pk, on("12T11:00"), who="head")
    with legal_time(on("12T12:00")):
        holder = signed_in("aigerim")
        page = text(holder.get(own))
        assert "Решение № DM-2026-000001/ПРИ1 не имеет силы с 12.11.2026" in page
        assert reverse("desks:complaint_new", args=[suspended]) not in page
        assert "приостановлен жалобой" not in page  # what fell is no longer stayed
        complaint = text(holder.get(reverse("desks:complaint", args=[pk])))
        assert "был приостановлен жалобой до её завершения" in complaint
        card = text(holder.get(reverse("licenses:card", args=[licence.number])))
        assert "приказ отменён" in card
        assert stayed not in card


def test_the_executor_gives_the_reason_on_the_form(heard, signed_in):
    """APPC 96(2): the form of a suspension asks for it; a form that names it in one language is told where."""
    desk = reverse("desks:officer_proceeding", args=[heard])
    said = {
        "months": "3",
        **ASSESSED[0],
        "back": f"{desk}acts/prepare/",
        "next": desk,
        "form": f"prepare:{heard}",
    }
    with legal_time(on("06T11:00")):
        officer = signed_in("executor")
        form = text(officer.get(f"{desk}acts/prepare/"))
        assert 'name="works_at_once_reason_kk"' in form
        assert "Почему приказ исполняется несмотря на жалобу" in form
        send = reverse("proceedings:action", args=[heard, "prepare"])
        officer.post(send, {**said, "works_at_once_reason_ru": "Угроза сети."})
        assert Proceeding.objects.get(pk=heard).status == "heard"
        assert "Угроза сети." in text(officer.get(f"{desk}acts/prepare/"))
        reason = {"works_at_once_reason_kk": "Желіге қауіп.", "works_at_once_reason_ru": "Угроза сети."}
        officer.post(send, {**said, **reason})
        proceeding = Proceeding.objects.get(pk=heard)
        assert proceeding.status == "signing"
        act = proceeding.case.acts.get(kind="suspension_order")
        assert act.content["works_at_once_reason"] == {"kk": "Желіге қауіп.", "ru": "Угроза сети."}
