"""The page of breaches: the officer explains, the others read, and see who was told when."""

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from casework.deadlines import services
from casework.deadlines.models import BreachExplanation
from casework.notices.models import Notice
from casework.notices.services import mark_read
from foundation.kernel.clock import legal_time
from tests.casework.deadlines.term_people import almaty
from tests.desks.supervisor.conftest import AT, add_term, half_past_six

pytestmark = pytest.mark.django_db
PAGE = "/admin/breaches/"


@pytest.fixture
def broken(make_case, people):
    case = make_case(executor=people["executor"])
    add_term(case, "service", half_past_six("2026-03-10"))
    services.watch(almaty("2026-03-10 18:31"))
    return BreachExplanation.objects.get()


def test_asked_for_given_and_read_with_who_was_told(open_page, people, broken):
    page = open_page(PAGE, "executor").content.decode()
    assert "Give the explanation" in page
    assert "told on 10.03.2026 18:31, not read" in page
    url = f"/calendar/breaches/{broken.term_id}/explain/"
    refused = open_page(url, "executor", post={"text": " ", "next": PAGE}, follow=True).content.decode()
    assert "Write what happened, in at most 4000 characters." in refused
    assert open_page(url, "executor2", post={"text": "x", "next": PAGE}).status_code == 403
    broken.refresh_from_db()
    assert broken.given_at is None
    open_page(url, "executor", post={"text": "The register did not answer", "next": PAGE})
    notice = Notice.objects.get(person=people["head"])
    mark_read(person=people["head"], notice_id=notice.pk, at=AT)
    page = open_page(f"{PAGE}?show=given", "supervisor").content.decode()
    assert "The register did not answer" in page
    assert "read on 11.03.2026 12:00" in page
    assert "Nothing to explain" in open_page(PAGE, "supervisor").content.decode()


@pytest.mark.parametrize(
    ("who", "status", "seen"),
    [
        ("supervisor", 200, True),
        ("head", 200, True),
        ("auditor", 200, True),
        ("executor2", 200, False),
        ("applicant", 403, False),
    ],
)
def test_who_sees_what(open_page, broken, who, status, seen):
    page = open_page(PAGE, who)
    assert page.status_code == status
    assert (str(broken.term.case) in page.content.decode()) is seen
    assert "Give the explanation" not in page.content.decode()


def test_the_same_by_the_api(people, broken):
    def call(who, path, data=None):
        client = Client(
            headers={"authorization": f"Token {Token.objects.get_or_create(user=people[who])[0].key}"}
        )
        with legal_time(AT):
            if data is None:
                return client.get(path)
            return client.post(path, data, content_type="application/json")

    url = f"/api/v1/breaches/{broken.term_id}/explanation/"
    assert [row["text"] for row in call("supervisor", "/api/v1/breaches/").json()] == [""]
    assert call("executor2", "/api/v1/breaches/").json() == []
    assert call("applicant", "/api/v1/breaches/").status_code == 403
    assert call("executor2", url, {"text": "x"}).status_code == 403
    assert call("executor", url, {"text": ""}).status_code == 422
    given = call("executor", url, {"text": "Ill"}).json()
    assert (given["text"], given["code"], given["given_at"]) == (
        "Ill",
        "service",
        "2026-03-11T12:00:00+05:00",
    )
    assert sorted(row["step"] for row in given["told"]) == [
        "tell_executor",
        "tell_head",
        "tell_supervisor",
        "tell_supervisor",  # there are two
    ]
    assert call("executor", url, {"text": "Other"}).status_code == 409
