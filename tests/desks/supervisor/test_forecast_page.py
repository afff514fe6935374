"""The forecast page: the figures of the law tests on the screen, the drill down, and the file that says the same."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.deadlines.rules import ALMATY
from foundation.accounts.models import Role
from tests.desks.supervisor.conftest import add_term, half_past_six

pytestmark = pytest.mark.django_db
URL = "/admin/dashboard/forecast/"
AT = datetime(2026, 11, 2, 12, 30, tzinfo=ALMATY)
SEES = {Role.SUPERVISOR, Role.HEAD, Role.AUDITOR}


@pytest.fixture
def forecasted(make_case, people) -> dict[str, Case]:
    """The first officer needed 17 working days; each of the three has a case of 2 November, due on the 23rd."""
    closed = datetime(2026, 10, 27, 10, tzinfo=ALMATY)
    done = make_case(
        registered_on=date(2026, 10, 1), executor=people["executor"], is_open=False, closed_at=closed
    )
    add_term(done, "service", half_past_six("2026-10-23"), "breached", met_at=closed)
    owners = {"own": people["executor"], "other": people["executor2"], "nobody": None}
    cases = {}
    for name, officer in owners.items():
        cases[name] = make_case(registered_on=date(2026, 11, 2), executor=officer)
        add_term(cases[name], "service", half_past_six("2026-11-23"))
    return cases


@pytest.mark.parametrize("url", [URL, f"{URL[:-1]}.csv"])
@pytest.mark.parametrize("role", list(Role))
def test_by_role(open_page, url, role):
    assert open_page(url, str(role), at=AT).status_code == (200 if role in SEES else 403)


def test_situations_and_loads(forecasted, people, open_page):
    """As it is 17 days: 25 November, late; three officers for two: 11.3, so 12; one alone: 34."""
    context = open_page(URL, at=AT).context
    assert context["situations"] == [
        {"more": -1, "officers": 1, "breaches": 3},
        {"more": 0, "officers": 2, "breaches": 3},
        {"more": 1, "officers": 3, "breaches": 0},
    ]
    loads = {load.officer_id: (load.name, load.cases, load.now, load.breaches) for load in context["loads"]}
    assert loads == {
        people["executor"].pk: (people["executor"].short_name, 1, 1, (1, 1, 0)),
        people["executor2"].pk: (people["executor2"].short_name, 1, 1, (1, 1, 0)),
        None: ("", 1, 1, (1, 1, 0)),
    }


def test_the_working_of_a_case(forecasted, people, open_page):
    page = open_page(f"{URL}?executor={people['executor'].pk}", at=AT)
    (line,) = page.context["lines"]
    working = line["working"]
    assert (working.case.pk, working.own.days, working.own.of_body) == (forecasted["own"].pk, 17, False)
    assert (working.expected.ends_on, working.late, working.begun_again) == (date(2026, 11, 25), 2, False)
    html = page.content.decode()
    assert "02.11.2026 + 17 working days" in html
    assert "late by 2 working days" in html
    assert "the officer's only closed case" in html

    unassigned = open_page(f"{URL}?executor=none", at=AT)
    (line,) = unassigned.context["lines"]
    assert (line["working"].case.pk, line["working"].own.of_body) == (forecasted["nobody"].pk, True)
    assert "last closed case: nobody is assigned" in unassigned.content.decode()
    assert unassigned.content.decode().count("overloaded</span>") == 2  # people only


def test_one_officer_more(forecasted, open_page):
    assert "No case is expected to be late" in open_page(f"{URL}?more=1", at=AT).content.decode()
    page = open_page(f"{URL}?more=1&show=all", at=AT)
    assert {line["working"].expected.pace.days for line in page.context["lines"]} == {12}
    assert "17 × 2 / 3 → 12" in page.content.decode()
    assert "02.11.2026 + 12 working days" in page.content.decode()


def test_a_pace_that_is_over_ends_today(make_case, people, open_page):
    closed = datetime(2026, 10, 7, 10, tzinfo=ALMATY)
    done = make_case(
        registered_on=date(2026, 10, 1), executor=people["executor"], is_open=False, closed_at=closed
    )
    add_term(done, "service", half_past_six("2026-10-23"), "met", met_at=closed)
    case = make_case(registered_on=date(2026, 10, 19), executor=people["executor"])
    add_term(case, "service", half_past_six("2026-11-10"))
    page = open_page(f"{URL}?show=all", at=AT)
    (line,) = page.context["lines"]
    # four working days from the 19th were over on the 23rd
    assert (line["working"].expected.pace.days, line["working"].begun_again) == (4, True)
    assert line["working"].expected.ends_on == date(2026, 11, 2)
    assert "that is over, so today at the earliest" in page.content.decode()


def test_without_a_pace_it_says_so(make_case, people, open_page):
    add_term(make_case(registered_on=date(2026, 11, 2)), "service", half_past_six("2026-11-23"))
    page = open_page(URL, at=AT)
    assert page.context["lines"] == []
    assert "1 case is not in the forecast" in page.content.decode()


def test_the_only_officer_cannot_be_fewer(forecasted, people, open_page):
    people["executor2"].roles.update(valid_to=date(2026, 11, 1))
    page = open_page(f"{URL}?more=-1", at=AT)
    assert [one["more"] for one in page.context["situations"]] == [0, 1]
    assert page.context["asked"].more == 0


def test_the_file_says_the_same(forecasted, open_page):
    text = open_page(f"{URL[:-1]}.csv?more=1&show=all", at=AT).getvalue().decode("utf-8-sig").splitlines()
    assert len(text) == 4
    own = next(line for line in text if line.startswith(str(forecasted["own"])))
    assert own.split(";")[4:] == [
        "02.11.2026",
        "17",
        "1",
        "the officer's own",
        "12",
        "18.11.2026",
        "23.11.2026",
        "0",
    ]


def test_it_reads_and_writes_nothing(forecasted, open_page, browser):
    browser("supervisor")
    before = list(Term.objects.order_by("pk").values())
    with CaptureQueriesContext(connection) as queries:
        assert open_page(f"{URL}?show=all", at=AT).status_code == 200
    assert len(queries) <= 15, "\n".join(query["sql"][:150] for query in queries)
    assert list(Term.objects.order_by("pk").values()) == before
