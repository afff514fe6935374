"""The dashboards' numbers equal a plain count."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Case
from casework.deadlines import selectors, services
from casework.deadlines.models import Term
from casework.deadlines.rules import Track
from foundation.accounts.models import Role
from tests.casework.deadlines.term_people import FILED, almaty, make_person

pytestmark = pytest.mark.django_db
AT = almaty("2026-03-11 10:00")  # a Wednesday
RECEIVED = almaty("2026-03-05 12:00")


@pytest.fixture
def cases(make_case: Callable[..., Case]) -> dict[str, Case]:
    bolat = make_person("bolat", Role.EXECUTOR)
    registered = {
        "overdue": date(2026, 3, 5),
        "today": date(2026, 3, 6),
        "tomorrow": date(2026, 3, 10),
        "week": date(2026, 3, 11),
        "later": date(2026, 3, 16),
    }
    found = {}
    for name, day in registered.items():
        case = make_case(executor=bolat if name != "later" else None, form="9" if name == "later" else "1")
        services.open_terms_of_application(
            case=case, received_at=RECEIVED, registered_on=day, at=FILED, track=Track.REISSUE
        )
        found[name] = case
    return found


def test_buckets(cases: dict[str, Case]) -> None:
    services.meet_term(case=cases["today"], code="completeness", at=FILED)
    services.watch(AT)
    found = {
        name: sorted(
            (str(t.case.form), t.code, t.due_on.isoformat()) for t in selectors.outstanding_terms(AT, name)
        )
        for name in selectors.BUCKETS
    }
    assert found == {
        "overdue": [("1", "service", "2026-03-10")],
        "today": [
            ("1", "completeness", "2026-03-11"),
            ("1", "service", "2026-03-11"),
        ],
        "tomorrow": [("1", "completeness", "2026-03-12"), ("1", "service", "2026-03-12")],
        "week": [("1", "service", "2026-03-13")],
        "later": [("9", "completeness", "2026-03-17"), ("9", "service", "2026-03-18")],
    }


def test_counts_are_one_query_and_equal_the_lists(cases: dict[str, Case]) -> None:
    services.watch(AT)
    selectors.current_calendar()
    with CaptureQueriesContext(connection) as queries:
        board = selectors.dashboard_counts(AT)
    assert len(queries) <= 2
    bolat = cases["today"].executor_id
    for bucket in selectors.BUCKETS:
        assert board.total(bucket=bucket) == selectors.outstanding_terms(AT, bucket).count()
        assert (
            board.total(bucket=bucket, executor_id=bolat)
            == selectors.outstanding_terms(AT, bucket, bolat).count()
        )
    assert board.total() == 8
    assert board.total(form="9") == 2
    assert board.total(code="completeness", executor_id=bolat) == 2
    assert selectors.dashboard_counts(AT, [bolat]).total() == 6  # type: ignore[list-item]


def test_what_the_terms_copy_of_their_case_follows_it(cases: dict[str, Case]) -> None:
    """Whatever way a case is written: the dashboard counts by the copies, without a join."""
    case, other = cases["today"], make_person("other", Role.EXECUTOR)

    def copies() -> set[tuple[object, ...]]:
        return set(Term.objects.filter(case=case).values_list("executor_id", "form", "case_open"))

    assert copies() == {(case.executor_id, "1", True)}
    Case.objects.filter(pk=case.pk).update(executor=other, form="10")
    assert copies() == {(other.pk, "10", True)}
    before = selectors.dashboard_counts(AT).total()
    Case.objects.filter(pk=case.pk).update(is_open=False)
    assert copies() == {(other.pk, "10", False)}
    assert selectors.dashboard_counts(AT).total() == before - 2
    assert not Term.objects.filter(case=cases["later"]).exclude(executor=None, form="9").exists()


def test_after_half_past_six_what_was_due_today_is_overdue(cases: dict[str, Case]) -> None:
    evening = almaty("2026-03-11 18:30:01")
    assert selectors.outstanding_terms(evening, "today").count() == 0
    assert selectors.overdue(evening).count() == 5


def test_on_a_friday_tomorrow_is_the_next_working_day(cases: dict[str, Case]) -> None:
    assert selectors.spans(almaty("2026-03-20 10:00")).tomorrow == date(2026, 3, 26)  # Nauryz lies between
    assert selectors.outstanding_terms(almaty("2026-03-13 10:00"), "tomorrow").count() == 0
    assert selectors.outstanding_terms(almaty("2026-03-16 10:00"), "week").count() == 1
