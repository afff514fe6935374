"""The watch under strain: silent for ten days over 10,000 terms, two beats at once for an hour, the broker emptied."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import redis
from django.conf import settings
from django.db import connection

from casework.cases.models import Case
from casework.deadlines import services
from casework.deadlines.models import LadderStep, Telling, Term
from casework.deadlines.rules import Track, officer_due_at
from casework.notices.models import Notice
from foundation.journal.models import Delivery, Fact
from foundation.journal.services import deliver_open
from foundation.kernel.clock import legal_time
from tests.casework.deadlines.term_people import FILED, almaty, make_person


def open_all(case: Case) -> None:
    services.open_terms_of_application(
        case=case, received_at=FILED, registered_on=FILED.date(), at=FILED, track=Track.NEW
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_ten_days_missed_with_ten_thousand_open_terms(make_case: Callable[..., Case]) -> None:
    officers = [make_person(f"officer{number}", "executor") for number in range(20)]
    for role in ("supervisor", "head"):
        make_person(role, role)
    sample = make_case()
    names = [field.attname for field in Case._meta.concrete_fields if field.attname not in {"id", "draft_no"}]
    kept = {name: getattr(sample, name) for name in names}
    cases = Case.objects.bulk_create(
        Case(
            **kept
            | {
                "draft_no": f"D-x{number}",
                "incoming_no": f"DM-x{number}",
                "executor_id": officers[number % 20].pk,
            }
        )
        for number in range(10_000)
    )
    first = date(2026, 4, 6)
    Term.objects.bulk_create(
        Term(
            case=case,
            code="service",
            track="new",
            start=FILED.date(),
            n=15,
            unit="working_days",
            calendar_revision=1,
            due_on=first + timedelta(days=number % 5),
            due_at=officer_due_at(first + timedelta(days=number % 5)),
            opened_at=FILED,
        )
        for number, case in enumerate(cases)
    )
    dates = dict(Term.objects.values_list("pk", "due_at"))
    report = services.watch(almaty("2026-04-16 09:00"))
    assert (report.breached, report.messages) == (10_000, 22)
    assert set(Counter(Notice.objects.values_list("person__login", flat=True)).values()) == {1}
    facts = Fact.objects.filter(kind="term.breached").values_list("at", "canonical")
    assert len(facts) == 10_000
    assert {moment for moment, _text in facts} == set(dates.values())
    assert dict(Term.objects.values_list("pk", "due_at")) == dates
    assert services.watch(almaty("2026-04-16 09:01")).messages == 0


@pytest.mark.django_db(transaction=True)
def test_two_beats_for_an_hour_take_each_step_once(make_case: Callable[..., Case]) -> None:
    executor, head = make_person("executor", "executor"), make_person("head", "head")
    cases = [make_case(executor=executor) for _number in range(6)]
    for case in cases:
        open_all(case)
    # from 18:00 to 19:00 of the last day of completeness, and once at 09:00 of it
    moments = [
        almaty("2026-03-11 09:00"),
        *(almaty("2026-03-11 18:00") + timedelta(minutes=n) for n in range(61)),
    ]
    together = threading.Barrier(2)

    def beat() -> None:
        try:
            for moment in moments:
                together.wait(timeout=30)
                services.watch(moment)
        finally:
            connection.close()

    threads = [threading.Thread(target=beat) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert Counter(LadderStep.objects.values_list("step", flat=True)) == {
        "one_day": 6,  # overtaken by the last morning, which the watch met first
        "last_morning": 6,
        "tell_supervisor": 6,
        "tell_executor": 6,
    }
    assert Fact.objects.filter(kind="term.breached").count() == 6
    assert not Telling.objects.filter(notice=None).exists()
    assert Counter(Telling.objects.values_list("person__login", flat=True)) == {"executor": 12}
    assert Notice.objects.filter(person=executor).count() == 2
    assert not Notice.objects.filter(person=head).exists()


@pytest.mark.django_db(transaction=True)
def test_the_broker_emptied_at_any_time_loses_nothing(make_case: Callable[..., Case]) -> None:
    make_person("head", "head")
    case = make_case(executor=make_person("executor", "executor"))
    open_all(case)
    broker = redis.Redis.from_url(settings.REDIS_URL)
    later = almaty("2026-04-20 10:00")
    with legal_time(later):
        services.watch(almaty("2026-03-11 09:00"))
        broker.flushdb()
        services.watch(later)
        broker.flushdb()
        assert Delivery.objects.filter(state=Delivery.OPEN).exists()
        while deliver_open():
            broker.flushdb()
        services.watch(later)
    mails = Delivery.objects.filter(handler="casework.notices.handlers.mail_message")
    assert set(mails.values_list("state", flat=True)) == {Delivery.DONE}
    assert Fact.objects.filter(kind__in=["term.breached", "term.missed"]).count() == 3
    assert Counter(Notice.objects.values_list("person__login", flat=True)) == {"executor": 2, "head": 1}
