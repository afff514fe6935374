"""The queue: who sees it, what stands where, search, paging, assignment, and what it costs."""

import re
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Assignment, Case
from foundation.accounts.models import Party
from foundation.journal.models import Fact
from foundation.kernel.clock import ALMATY
from tests.casework.deadlines.term_people import the_body

DUE = {
    "overdue": "2026-11-20T18:30",
    "today": "2026-11-23T18:30",
    "week": "2026-11-27T18:30",
    "later": "2026-12-10T18:30",
}


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.fixture
def cases(play):
    """Sixty cases: four dues, three officers, six parties; and two that are ended."""
    parties = [
        Party.objects.create(
            kind=Party.Kind.ENTITY,
            number=f"2001400000{n:02}",
            name_ru=f"ТОО «Кен {n}»",
            name_kk=f"«Кен {n}» ЖШС",
        )
        for n in range(6)
    ]
    officers = [play.people["executor"], play.people["executor2"], None]
    made = []
    dues = [moment(text) for text in DUE.values()]
    for number in range(62):
        when = moment("2026-11-02T10:00") + timedelta(minutes=number)
        due = dues[number % 4]
        ended = number >= 60
        made.append(
            Case.objects.create(
                kind="application",
                form="1",
                sub_kind="I",
                party=parties[number % 6],
                body=the_body(),
                draft_no=f"D-2026-{number:06}",
                incoming_no=f"DM-2026-{number:06}",
                created_by=play.people["aigerim"],
                created_at=when,
                received_at=when,
                registered_at=when,
                registered_on=when.date(),
                executor=officers[number % 3],
                status_code="issued" if ended else "review",
                is_open=not ended,
                next_due_at=None if ended else due,
                next_due_code="" if ended else "service",
            )
        )
    return made


def shown(response) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', response.content.decode())


def counts(response) -> dict[str, str]:
    html = response.content.decode()
    return dict(re.findall(r'data-tab="(\w+)">[^<]*<span class="tabs__count">(\d+)', html))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chancery", 200), ("executor", 200), ("head", 200), ("supervisor", 200), ("auditor", 200),
        ("admin", 403), ("aigerim", 403),
    ],
)  # fmt: skip
def test_who_has_a_desk(signed_in, who, status):
    assert signed_in(who).get("/admin/desk/").status_code == status


def test_a_guest_signs_in_first(client, play):
    response = client.get("/admin/desk/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/sign-in/?next=/admin/desk/")


def test_tabs_hold_what_they_say(signed_in, cases):
    executor = signed_in("executor").get("/admin/desk/")
    assert counts(executor) == {
        "mine": "20", "unassigned": "20", "overdue": "5", "today": "5", "week": "10", "all": "20",
    }  # fmt: skip
    everybody = signed_in("executor").get("/admin/desk/?tab=overdue&whose=all")
    assert counts(everybody) == {
        "mine": "20", "unassigned": "20", "overdue": "15", "today": "15", "week": "30", "all": "60",
    }  # fmt: skip
    assert len(shown(everybody)) == 15
    assert counts(signed_in("head").get("/admin/desk/"))["signature"] == "0"


def test_each_role_begins_with_its_own(signed_in, cases):
    first = {}
    for who in ("executor", "chancery", "head", "auditor"):
        html = signed_in(who).get("/admin/desk/").content.decode()
        first[who] = re.search(r'aria-current="page" data-tab="(\w+)"', html)[1]
    assert first == {"executor": "mine", "chancery": "unassigned", "head": "signature", "auditor": "all"}


def test_what_is_due_first_stands_first_and_every_page_is_reached_once(signed_in, cases):
    client, url, seen, pages = signed_in("auditor"), "/admin/desk/?tab=all", [], 0
    while url:
        response = client.get(url)
        seen += shown(response)
        pages += 1
        following = re.search(r'rel="next" href="([^"]+)"', response.content.decode())
        url = following[1].replace("&amp;", "&") if following else ""
    open_ones = sorted((c for c in cases if c.is_open), key=lambda c: (c.next_due_at, c.pk))
    assert seen == [case.incoming_no for case in open_ones]
    assert pages == 3


def test_an_unreadable_place_is_the_beginning(signed_in, cases):
    client = signed_in("auditor")
    for cursor in ("x", "W10", "bnVsbA", "%00"):
        assert (
            shown(client.get(f"/admin/desk/?tab=all&cursor={cursor}"))[0]
            == shown(client.get("/admin/desk/?tab=all"))[0]
        )


def test_search_finds_by_number_bin_and_name_ended_ones_too(signed_in, cases):
    client = signed_in("executor")
    assert shown(client.get("/admin/desk/?q=dm-2026-000061")) == ["DM-2026-000061"]
    assert shown(client.get("/admin/desk/?q=D-2026-000007")) == ["DM-2026-000007"]
    assert len(shown(client.get("/admin/desk/?q=200140000003"))) == 10
    assert len(shown(client.get("/admin/desk/?q=кен 4"))) == 10
    nothing = client.get("/admin/desk/?q=%3Cscript%3E")
    assert "Nothing was found" in nothing.content.decode()
    assert "<script>" not in nothing.content.decode()


def test_the_chancery_gives_cases_away(signed_in, play, cases):
    chosen = [case for case in cases if case.executor_id is None][:3]
    response = signed_in("chancery").post(
        "/applications/assign/",
        {
            "case": [f"{case.pk}:{case.version}" for case in chosen],
            "executor": str(play.people["executor"].pk),
            "reason": "",
            "form": "desk.assign",
            "next": "/admin/desk/?tab=unassigned",
        },
        follow=True,
    )
    html = response.content.decode()
    assert "Write the reason" in html
    assert html.count("checked") == 3
    assert not Assignment.objects.exists()


def test_the_queue_costs_the_same_for_one_and_sixty(signed_in, cases):
    for who in ("executor", "chancery", "head"):
        client = signed_in(who)
        for query in ("?tab=all", "?tab=overdue&whose=all", "?q=кен"):
            client.get("/admin/desk/" + query)
            with CaptureQueriesContext(connection) as asked:
                assert len(shown(client.get("/admin/desk/" + query))) > 0
            assert len(asked) <= 15


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_no_inline_script_or_style(signed_in, cases, language):
    response = signed_in("chancery", language).get("/admin/desk/?tab=all")
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert f'<html lang="{language}">' in html
    title = {"kk": "Менің жұмыс үстелім", "ru": "Мой рабочий стол", "en": "My desk"}[language]
    assert f"<h1>{title}</h1>" in html


def test_looking_writes_nothing(signed_in, cases):
    signed_in("executor").get("/admin/desk/?tab=all")
    assert not Fact.objects.filter(stream__startswith="case:").exists()


def test_addresses_of_the_tabs_keep_the_question_out(signed_in, cases):
    html = signed_in("executor").get("/admin/desk/?q=кен").content.decode()
    for url in re.findall(r'<a href="([^"]+)"[^>]* data-tab', html):
        assert "q" not in parse_qs(urlsplit(url.replace("&amp;", "&")).query)
