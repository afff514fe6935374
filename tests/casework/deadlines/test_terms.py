"""Terms of a case: opened, met, breached, void; what the case shows as due next."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from casework.cases.models import Case
from casework.deadlines import selectors, services
from casework.deadlines.api import filing_terms
from casework.deadlines.models import Term
from casework.deadlines.rules import Track
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import term_name
from foundation.journal.models import Fact
from foundation.rulebook import fixtures
from foundation.rulebook.services import confirm, propose
from tests.casework.deadlines.term_people import FILED, almaty, explained

pytestmark = pytest.mark.django_db
REGISTERED = date(2026, 3, 6)
BOOK = fixtures.book()


def open_all(case: Case, track: Track = Track.NEW) -> None:
    services.open_terms_of_application(
        case=case, received_at=FILED, registered_on=REGISTERED, at=FILED, track=track
    )


def state(case: Case) -> dict[str, str]:
    return {term.code: str(term.state) for term in selectors.terms_of(case.pk)}


def test_registration_opens_completeness_service_and_hearing_notice(case: Case) -> None:
    open_all(case)
    found = {
        term.code: (term.start.isoformat(), term.due_on.isoformat()) for term in selectors.terms_of(case.pk)
    }
    assert found == {
        "completeness": ("2026-03-06", "2026-03-11"),
        "service": ("2026-03-06", "2026-04-02"),
        "hearing_notice": ("2026-04-02", "2026-03-30"),
    }
    case = Case.objects.get(pk=case.pk)
    assert (case.next_due_at, case.next_due_code) == (almaty("2026-03-11 18:30"), "completeness")


def test_a_reissue_has_two_terms_and_the_long_way_three(make_case: Any) -> None:
    short, long = make_case(form="9"), make_case(form="9")
    open_all(short, Track.REISSUE)
    open_all(long, Track.LONG)
    assert {t.code: t.due_on.isoformat() for t in selectors.terms_of(short.pk)} == {
        "completeness": "2026-03-10",
        "service": "2026-03-11",
    }
    assert {t.code: t.due_on.isoformat() for t in selectors.terms_of(long.pk)} == {
        "completeness": "2026-03-11",
        "service": "2026-04-02",
        "hearing_notice": "2026-03-30",
    }
    assert services.open_review(case=short, decided_on=REGISTERED, at=FILED) is None


def test_acceptance_in_time_meets_completeness_and_opens_review_under_the_cap(case: Case) -> None:
    open_all(case)
    at = almaty("2026-03-11 18:30:00.7")
    services.meet_term(case=case, code="completeness", at=at)
    review = services.open_review(case=case, decided_on=at.date(), at=at)
    assert review is not None
    assert (review.due_on, review.not_after) == (date(2026, 4, 2), date(2026, 4, 2))
    met = selectors.latest_term(case.pk, "completeness")
    assert met is not None
    assert (met.state, met.met_at, met.passed_at) == (TermState.MET, at, None)
    assert Case.objects.get(pk=case.pk).next_due_code == "hearing_notice"
    assert Fact.objects.count() == 0


def test_done_late_stays_a_breach_with_the_day_it_was_done(case: Case) -> None:
    open_all(case)
    at = almaty("2026-04-02 18:30:01")
    services.meet_term(case=case, code="service", at=at)
    term = selectors.latest_term(case.pk, "service")
    assert term is not None
    assert (term.state, term.met_at) == (TermState.BREACHED, at)
    assert term.passed_at == term.due_at == almaty("2026-04-02 18:30")
    fact = Fact.objects.get()
    assert (fact.kind, fact.stream, fact.at) == (
        "term.breached",
        f"case:{case.pk}",
        almaty("2026-04-02 18:30"),
    )
    assert fact.payload == {
        "term": term.pk,
        "code": "service",
        "state": "breached",
        "due_on": "2026-04-02",
        "due_at": "2026-04-02T18:30:00+05:00",
    }
    assert services.meet_term(case=case, code="service", at=at) is None


def test_a_second_running_term_of_a_code_is_refused_by_the_database(case: Case) -> None:
    open_all(case)
    with pytest.raises(IntegrityError, match="deadlines_one_open_term"), transaction.atomic():
        services.open_term(case=case, code="completeness", start=REGISTERED, at=FILED)
    assert Term.objects.filter(code="completeness").count() == 1


def test_registration_before_the_day_of_receipt_is_refused_and_opens_nothing(case: Case) -> None:
    with pytest.raises(ValueError, match="before"):
        services.open_terms_of_application(
            case=case, received_at=FILED, registered_on=date(2026, 3, 5), at=FILED, track=Track.NEW
        )
    assert state(case) == {}


def test_hearing_terms_and_a_new_notice_that_replaces_the_first(case: Case) -> None:
    open_all(case)
    services.open_hearing_terms(case=case, notified_on=date(2026, 3, 16), at=FILED)
    services.open_hearing_terms(case=case, notified_on=date(2026, 3, 30), at=FILED)
    assert {
        t.code: t.due_on.isoformat() for t in selectors.terms_of(case.pk) if t.state == TermState.OPEN
    } == {
        "completeness": "2026-03-11",
        "service": "2026-04-02",
        "hearing_notice": "2026-03-30",
        "hearing_objections": "2026-04-01",
        "earliest_refusal": "2026-04-02",
    }
    objections = selectors.open_term_of(case.pk, "hearing_objections")
    refusal = selectors.open_term_of(case.pk, "earliest_refusal")
    assert objections is not None
    assert refusal is not None
    assert objections.due_at == almaty("2026-04-02 00:00")
    assert refusal.due_at == almaty("2026-04-02 00:00")
    assert Term.objects.filter(state=TermState.VOID).count() == 2


def test_prepared_to_issue_the_notice_is_void_and_the_end_voids_the_rest(case: Case) -> None:
    open_all(case)
    services.void_term(case=case, code="hearing_notice", at=FILED)
    services.meet_term(case=case, code="service", at=FILED)
    services.void_open_terms(case=case, at=FILED)
    assert state(case) == {"completeness": "void", "service": "met", "hearing_notice": "void"}
    assert Case.objects.get(pk=case.pk).next_due_at is None


def test_reopening_starts_a_new_service_term_and_the_old_breach_stays(case: Case) -> None:
    open_all(case)
    services.meet_term(case=case, code="service", at=almaty("2026-04-10 12:00"))
    services.open_terms_after_reopening(
        case=case, reopened_on=date(2026, 4, 20), at=almaty("2026-04-20 10:00")
    )
    service = [
        (str(t.state), t.due_on.isoformat()) for t in selectors.terms_of(case.pk) if t.code == "service"
    ]
    assert service == [("breached", "2026-04-02"), ("open", "2026-05-14")]
    notice = selectors.open_term_of(case.pk, "hearing_notice")
    assert notice is not None
    assert notice.due_on == date(2026, 5, 8)


def test_a_filing_in_time_awaits_nothing_and_one_after_hours_the_next_morning(make_case: Any) -> None:
    fields: dict[str, Any] = {
        "incoming_no": None,
        "registered_at": None,
        "registered_on": None,
        "received_at": None,
    }
    for received, due in [
        ("2026-03-06 18:30:00.9", None),
        ("2026-03-06 18:30:01", "2026-03-10 09:00"),
        ("2026-03-07 10:00", "2026-03-10 09:00"),
        ("2025-01-03 10:00", "2025-01-05 09:00"),
        ("2025-01-04 20:00", "2025-01-05 09:00"),
    ]:
        case = make_case(**fields)
        at = almaty(received)
        term = services.await_registration(case=case, received_at=at, at=at, track=Track.NEW)
        assert (term and term.due_at) == (almaty(due) if due else None)
        if term:
            assert explained(term).days[-1].date == term.due_on
            assert case.next_due_at is None


def test_registering_meets_the_awaited_registration_however_late_the_job_runs(case: Case) -> None:
    evening = almaty("2026-03-06 19:00")
    services.await_registration(case=case, received_at=evening, at=evening, track=Track.NEW)
    services.watch(almaty("2026-03-17 11:00"))
    assert state(case) == {"registration": "due"}
    assert [fact.kind for fact in Fact.objects.all()] == ["term.due"]
    services.open_terms_of_application(
        case=case, received_at=evening, registered_on=date(2026, 3, 10), at=almaty("2026-03-17 11:00")
    )
    assert state(case)["registration"] == "met"
    assert selectors.latest_term(case.pk, "completeness").due_on == date(2026, 3, 12)  # type: ignore[union-attr]


def test_explanation_is_derived_from_the_row(case: Case) -> None:
    open_all(case)
    term = selectors.open_term_of(case.pk, "service")
    assert term is not None
    days = explained(term).days
    assert sum(day.counted for day in days) == 15
    assert days[-1].date == term.due_on
    assert selectors.working_days_left(term, FILED) == 15
    assert not selectors.is_past(term, almaty("2026-04-02 18:30:00.9"))
    assert selectors.is_past(term, almaty("2026-04-02 18:30:01"))


def test_changes_are_handed_to_the_fact_of_the_act_once(case: Case) -> None:
    open_all(case)
    services.void_term(case=case, code="hearing_notice", at=FILED)
    changes = services.changes_of(case)
    assert [(change["code"], change["change"]) for change in changes] == [
        ("completeness", "opened"),
        ("service", "opened"),
        ("hearing_notice", "opened"),
        ("hearing_notice", "void"),
    ]
    assert changes[1] == {
        "term": selectors.open_term_of(case.pk, "service").pk,  # type: ignore[union-attr]
        "code": "service",
        "change": "opened",
        "track": "new",
        "start": "2026-03-06",
        "n": 15,
        "unit": "working_days",
        "not_after": None,
        "revision": 1,
        "due_on": "2026-04-02",
    }
    assert services.changes_of(case) == []


def test_the_row_in_force_at_registration_sets_the_length(make_case: Callable[..., Case]) -> None:
    """A successor of a row, confirmed by a second person, rules what is registered from its first day on."""
    held = BOOK.pack(FILED.date()).term("service")
    values = {**asdict(held), "valid_from": date(2026, 3, 10), "n": 10, "citation": "Rules 8"}
    proposed = propose(table="terms", values=values, actor_id=uuid4(), at=FILED)
    confirm(table="terms", row_id=proposed.pk, actor_id=uuid4(), at=FILED)
    before = services.open_term(case=make_case(), code="service", start=FILED.date(), at=FILED, track="new")
    later = make_case(registered_on=date(2026, 3, 10))
    after = services.open_term(case=later, code="service", start=date(2026, 3, 10), at=FILED, track="new")
    assert (before.n, str(before.due_on)) == (15, "2026-04-02")
    assert (after.n, str(after.due_on)) == (10, "2026-03-27")
    assert selectors.rule_of(before).sources == (("Annex 3", "4"),)
    assert selectors.rule_of(after).sources == (("Rules", "8"),)
    # whoever asks before filing is told the same
    asked = filing_terms(almaty("2026-03-10 12:00"), "1")
    assert (asked["service"], asked["hearing_notice"]) == (date(2026, 3, 27), date(2026, 3, 19))
    assert asked["result_due_at"] == almaty("2026-03-27 18:30")
    assert filing_terms(FILED, "1")["service"] == date(2026, 4, 2)


def test_names_in_the_rows_are_those_of_the_screens() -> None:
    for row in BOOK.pack(FILED.date()).terms():
        for language in ("kk", "ru"):
            with override(language):
                assert row.text(language) == term_name(row.term)
