"""An officer's terms in a calendar program: by a secret address, without names, gone with the address or the office."""

import pytest
from django.conf import settings
from django.test import Client

from casework.cases.models import Absence
from casework.deadlines.selectors import outstanding_terms
from desks.models import CalendarFeed
from desks.officer.selectors.feed import terms_in_calendar
from foundation.accounts.models import Person, RoleHolding
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from tests.desks.officer.conftest import NOW

pytestmark = pytest.mark.django_db
PAGE = "/admin/desk/calendar/"


@pytest.fixture
def case(played, play):
    return played[0]


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def address_of(client: Client) -> str:
    page = client.post(f"{PAGE}make/")
    return str(page.context["address"]).removeprefix(settings.PUBLIC_URL)


def test_every_term_of_the_officer_and_no_name(case, play, signed_in):
    executor = signed_in("executor")
    assert "address" not in executor.get(PAGE).context
    address = address_of(executor)
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "sessionid" not in answer.cookies
    lines = unfolded(answer.content)
    owed = list(outstanding_terms(NOW, executor_id=play.people["executor"].pk))
    assert lines.count("BEGIN:VEVENT") == len(owed) > 0
    for term in owed:
        assert f"DTSTART;VALUE=DATE:{term.due_on:%Y%m%d}" in lines
        assert any(line.startswith("URL:") and str(term.case_id) in line for line in lines)
    for party in {term.case.party for term in owed}:
        assert party.name_ru not in answer.content.decode()
        assert party.number not in answer.content.decode()
    again = Client().get(address, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_address_ends_the_old_and_an_ended_one_answers_no_more(case, signed_in):
    executor = signed_in("executor")
    first, second = address_of(executor), address_of(executor)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    secret = second.split("/")[-1].removesuffix(".ics")
    assert secret not in CalendarFeed.objects.get().secret_sha256
    assert secret not in executor.get(PAGE).content.decode()  # shown once
    signed_in("head").post(f"{PAGE}end/")
    assert Client().get(second).status_code == 200  # somebody else's
    executor.post(f"{PAGE}end/")
    assert Client().get(second).status_code == 404
    kinds = (
        Fact.objects.filter(kind__startswith="calendar_feed.").order_by("pk").values_list("kind", flat=True)
    )
    assert list(kinds) == ["calendar_feed.made", "calendar_feed.made", "calendar_feed.ended"]


def test_who_works_here_no_more_reads_no_more(case, play, signed_in):
    address = address_of(signed_in("executor"))
    RoleHolding.objects.filter(person=play.people["executor"]).update(valid_to=NOW.date())
    with legal_time(NOW.replace(day=24)):
        assert Client().get(address).status_code == 404
    Person.objects.filter(pk=play.people["executor"].pk).update(is_active=False)
    assert Client().get(address).status_code == 404
    assert Client().get("/calendars/guess.ics").status_code == 404


def test_who_stands_in_reads_the_terms_of_who_is_away(case, play):
    away, substitute = play.people["executor"], play.people["executor2"]
    before = terms_in_calendar(substitute, NOW)
    Absence.objects.create(
        officer=away,
        substitute=substitute,
        first_day=NOW.date(),
        last_day=NOW.date(),
        order="№ 1",
        entered_by=away,
    )
    assert before.count(b"BEGIN:VEVENT") == 0
    assert terms_in_calendar(substitute, NOW).count(b"BEGIN:VEVENT") == terms_in_calendar(away, NOW).count(
        b"BEGIN:VEVENT"
    )


def test_an_applicant_has_no_such_page(case, signed_in):
    assert signed_in("aigerim").post(f"{PAGE}make/").status_code in (302, 403)
    assert not CalendarFeed.objects.exists()
