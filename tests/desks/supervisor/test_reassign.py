"""Bulk reassignment with a reason: each case its own act, a refused one leaves the others alone."""

from typing import Any

import pytest

from applications.models import Application
from casework.cases.models import Assignment, Recusal
from foundation.journal.models import Fact
from tests.desks.supervisor.conftest import AT

pytestmark = pytest.mark.django_db
LIST = "/admin/dashboard/terms/"


@pytest.fixture
def three(make_case, people):
    cases = [make_case(executor=people["executor"]) for _number in range(3)]
    for case in cases:
        Application.objects.create(case=case, form="1", status="review", signatory=people["applicant"])
    return cases


def post(people, cases, **fields):
    return {
        "case": [f"{case.pk}:{case.version}" for case in cases],
        "executor": str(people["executor2"].pk),
        "reason": "Отпуск исполнителя",
        "form": "dashboard.reassign",
        "next": LIST,
        **fields,
    }


def test_given_with_the_reason(three, people, open_page):
    page = open_page("/applications/assign/", post=post(people, three[:2]), follow=True)
    assert "2 cases are given to the officer." in page.content.decode()
    assert page.redirect_chain[-1][0] == LIST
    for case in three:
        case.refresh_from_db()
    assert [case.executor_id for case in three] == [people["executor2"].pk] * 2 + [people["executor"].pk]
    rows = list(Assignment.objects.values_list("case_id", "assigned_by", "reason"))
    assert sorted(rows, key=str) == sorted(
        ((case.pk, people["supervisor"].pk, "Отпуск исполнителя") for case in three[:2]), key=str
    )


def test_without_reason_officer_or_case_nothing_is_done_and_nothing_typed_is_lost(three, people, open_page):
    missing: dict[str, Any]
    for missing in ({"reason": " "}, {"executor": ""}, {"case": []}):
        page = open_page("/applications/assign/", post=post(people, three, **missing), follow=True)
        assert "Nothing was reassigned." in page.content.decode()
    assert not Assignment.objects.exists()
    assert not Fact.objects.exists()
    assert page.context["kept_reason"] == "Отпуск исполнителя"
    assert page.context["kept_executor"] == str(people["executor2"].pk)


def test_one_refused_leaves_the_others_alone(three, people, open_page):
    Recusal.objects.create(
        case=three[0],
        officer=people["executor2"],
        ground="interest",
        reason="x",
        asked_by=people["executor2"],
        asked_at=AT,
        granted=True,
        decided_by=people["head"],
        decided_at=AT,
    )
    stale = f"{three[1].pk}:{three[1].version + 5}"
    asked = post(people, three, case=[f"{three[0].pk}:1", stale, f"{three[2].pk}:{three[2].version}"])
    html = open_page("/applications/assign/", post=asked, follow=True).content.decode()
    assert "This officer was recused from the case." in html
    assert "The case changed since you opened it" in html
    assert "1 case is given to the officer." in html
    for case in three:
        case.refresh_from_db()
    assert [case.executor_id == people["executor2"].pk for case in three] == [False, False, True]


@pytest.mark.parametrize("who", ["executor", "head", "auditor", "applicant"])
def test_only_who_assigns(three, people, open_page, who):
    open_page("/applications/assign/", who, post=post(people, three))
    assert not Assignment.objects.exists()
    assert not Fact.objects.exists()


def test_the_head_and_the_auditor_see_no_form(three, people, open_page):
    url = "/admin/dashboard/cases/"
    assert 'name="reason"' in open_page(url).content.decode()
    for who in ("head", "auditor"):
        assert 'name="reason"' not in open_page(url, who).content.decode()
