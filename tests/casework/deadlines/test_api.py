"""The public calculator and the calendar, as programs see them."""

from typing import Any

import pytest
from rest_framework.test import APIRequestFactory

from casework.deadlines.api import DaysView, TermsView

pytestmark = pytest.mark.django_db


def ask(view: Any, **query: str) -> Any:
    return view.as_view()(APIRequestFactory().get("/api/v1/calendar/", query))


def test_terms_of_a_filing() -> None:
    answer = ask(TermsView, received="2026-03-06T12:00:00+05:00", form="1").data
    assert str(answer["registered_on"]) == "2026-03-06"
    assert str(answer["completeness"]) == "2026-03-11"
    assert str(answer["service"]) == "2026-04-02"
    assert str(answer["hearing_notice"]) == "2026-03-30"
    assert answer["result_due_at"].isoformat() == "2026-04-02T18:30:00+05:00"
    assert [term["code"] for term in answer["terms"]] == ["completeness", "service", "hearing_notice"]
    assert sum(day["counted"] for day in answer["terms"][1]["days"]) == 15
    assert answer["calendar_revision"] == 1


@pytest.mark.parametrize(
    ("query", "service", "notice"),
    [
        ({"received": "2026-03-06T18:31"}, "2026-04-03", "2026-03-31"),
        (
            {"received": "2026-03-06T12:00:00 05:00"},
            "2026-04-02",
            "2026-03-30",
        ),  # a plus sign lost on the way
        ({"received": "2026-03-06T12:00", "form": "9"}, "2026-03-11", None),
        ({"received": "2026-03-06T12:00", "form": "10", "long": "1"}, "2026-04-02", "2026-03-30"),
    ],
)
def test_forms_and_ways(query: dict[str, str], service: str, notice: str | None) -> None:
    answer = ask(TermsView, **query).data
    assert str(answer["service"]) == service
    assert (answer["hearing_notice"] and str(answer["hearing_notice"])) == notice


@pytest.mark.parametrize(
    ("view", "query", "field"),
    [
        (TermsView, {}, "received"),
        (TermsView, {"received": "soon"}, "received"),
        (TermsView, {"received": "1999-01-01T10:00"}, "received"),
        (TermsView, {"received": "9999-12-31T23:59:59+00:00"}, "received"),
        (TermsView, {"received": "2026-03-06T12:00", "form": "3"}, "form"),
        (DaysView, {"from": "2026-01-01"}, "to"),
        (DaysView, {"from": "2026-01-02", "to": "2026-01-01"}, "to"),
        (DaysView, {"from": "2020-01-01", "to": "2040-01-01"}, "to"),
        (DaysView, {"from": "2041-01-01", "to": "2041-01-02"}, "from"),
    ],
)
def test_bad_questions_are_answered_as_problems(view: Any, query: dict[str, str], field: str) -> None:
    answer = ask(view, **query)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert answer.data["code"] == "BAD_INPUT"
    assert list(answer.data["errors"]) == [field]


def test_days_of_a_span() -> None:
    answer = ask(DaysView, **{"from": "2026-03-06", "to": "2026-03-10"}).data
    assert answer["working_days"] == 2
    assert [(str(day["date"]), day["working"], day["kind"]) for day in answer["days"]] == [
        ("2026-03-06", True, "working"),
        ("2026-03-07", False, "weekend"),
        ("2026-03-08", False, "holiday"),
        ("2026-03-09", False, "substitute"),
        ("2026-03-10", True, "working"),
    ]
