"""The watch: each passed term once, dated by its due moment; two watches, a held case and a poisoned row."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from casework.cases.models import Case
from casework.deadlines import selectors, services, tasks
from casework.deadlines.models import Heartbeat, Term
from casework.deadlines.rules import Track
from casework.deadlines.services import watching
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time, machine_now
from tests.casework.deadlines.term_people import FILED, almaty

LATER = almaty("2026-04-20 10:00")


def open_all(case: Case) -> None:
    services.open_terms_of_application(
        case=case, received_at=FILED, registered_on=FILED.date(), at=FILED, track=Track.NEW
    )


@pytest.mark.django_db
def test_nothing_is_due_before_its_second(case: Case) -> None:
    open_all(case)
    assert services.watch(almaty("2026-03-11 18:30:00.999")).passed == 0
    assert Fact.objects.count() == 0
    report = services.watch(almaty("2026-03-11 18:30:01"))
    assert (report.breached, report.missed, report.passed) == (1, 0, 1)


@pytest.mark.django_db
def test_each_passed_term_is_recorded_once_by_its_due_moment_however_late_the_watch_runs(case: Case) -> None:
    open_all(case)
    services.open_hearing_terms(case=case, notified_on=FILED.date(), at=FILED)
    report = services.watch(LATER)
    assert (report.breached, report.missed, report.elapsed) == (2, 1, 2)
    assert services.watch(LATER).passed == 0
    facts = [(fact.kind, fact.payload["code"], fact.at) for fact in Fact.objects.order_by("seq")]
    assert facts == [
        ("term.breached", "completeness", almaty("2026-03-11 18:30")),
        ("term.elapsed", "hearing_objections", almaty("2026-03-12 00:00")),
        ("term.elapsed", "earliest_refusal", almaty("2026-03-12 00:00")),
        ("term.missed", "hearing_notice", almaty("2026-03-30 18:30")),
        ("term.breached", "service", almaty("2026-04-02 18:30")),
    ]
    assert all(term.passed_at == term.due_at for term in Term.objects.all())
    found = Case.objects.get(pk=case.pk)
    assert (found.next_due_code, found.next_due_at) == ("service", almaty("2026-04-02 18:30"))


@pytest.mark.django_db
def test_a_met_or_void_term_is_let_alone(case: Case) -> None:
    open_all(case)
    services.meet_term(case=case, code="completeness", at=FILED)
    services.void_term(case=case, code="hearing_notice", at=FILED)
    assert services.watch(LATER).passed == 1
    assert [fact.payload["code"] for fact in Fact.objects.all()] == ["service"]


@pytest.mark.django_db
def test_accepting_after_the_breach_keeps_it(case: Case) -> None:
    open_all(case)
    services.watch(almaty("2026-03-12 09:00"))
    services.meet_term(case=case, code="completeness", at=almaty("2026-03-12 10:00"))
    term = selectors.latest_term(case.pk, "completeness")
    assert term is not None
    assert (term.state, term.met_at) == ("breached", almaty("2026-03-12 10:00"))
    assert Case.objects.get(pk=case.pk).next_due_code == "hearing_notice"
    assert Fact.objects.count() == 1


@pytest.mark.django_db
def test_batches_go_on_past_the_first_thousand(
    make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "BATCH", 3)
    for _number in range(5):
        open_all(make_case())
    report = services.watch(LATER)
    assert (report.breached, report.missed) == (10, 5)
    assert Term.objects.filter(state="open").count() == 0


@pytest.mark.django_db
def test_a_poisoned_row_is_put_aside_and_shown_and_the_others_go_on(make_case: Callable[..., Case]) -> None:
    cases = [make_case() for _number in range(3)]
    for case in cases:
        open_all(case)
    poisoned = Term.objects.get(case=cases[1], code="service")
    Term.objects.filter(pk=poisoned.pk).update(code="unknown")
    report = services.watch(LATER)
    assert (report.breached, report.missed, report.faulty) == (4, 2, 3)
    assert {term.case_id for term in selectors.faulty_terms()} == {cases[1].pk}
    assert "UnknownTermError" in selectors.faulty_terms()[0].fault
    assert Fact.objects.filter(subject_id=cases[1].pk).count() == 0
    assert services.watch(LATER).passed == 0
    Term.objects.filter(pk=poisoned.pk).update(code="service")
    for term in selectors.faulty_terms():
        services.release_term(term.pk)
    assert services.watch(LATER).passed == 3


@pytest.mark.django_db
def test_a_tick_with_nothing_due_is_a_look_and_a_heartbeat(case: Case) -> None:
    open_all(case)
    services.watch(FILED)
    with CaptureQueriesContext(connection) as queries:
        services.watch(FILED)
    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) <= 5


@pytest.mark.django_db
def test_heartbeat_goes_by_the_machines_clock(db: None) -> None:
    assert selectors.watch_is_stale()
    with legal_time(almaty("2031-01-06 10:00")):
        assert tasks.watch() == 0
    assert not selectors.watch_is_stale()
    beat = selectors.heartbeat()
    assert beat is not None
    assert beat.looked_at == almaty("2031-01-06 10:00")
    Heartbeat.objects.update(beat_at=machine_now() - timedelta(minutes=6))
    assert selectors.watch_is_stale()


@pytest.mark.django_db(transaction=True)
def test_two_watches_at_once_do_no_harm(
    make_case: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "BATCH", 4)
    for _number in range(12):
        open_all(make_case())
    together = threading.Barrier(3)
    passed: list[int] = []

    def run() -> None:
        try:
            together.wait(timeout=10)
            passed.append(services.watch(LATER).passed)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    services.watch(LATER)  # what was held by another is left to the next round
    assert Term.objects.filter(state="open").count() == 0
    told = Counter(fact.payload["term"] for fact in Fact.objects.all())
    assert len(told) == 36
    assert set(told.values()) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_case_that_somebody_holds_is_left_to_the_next_round(make_case: Callable[..., Case]) -> None:
    held, free = make_case(), make_case()
    for case in (held, free):
        open_all(case)
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(services.watch(LATER).passed)
        finally:
            connection.close()

    with transaction.atomic():
        Case.objects.select_for_update().get(pk=held.pk)
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(timeout=30)
    assert found == [3]
    assert services.watch(LATER).passed == 3
