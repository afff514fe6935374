"""The first date of a term, every change and its cause: derived from its row and the revisions, never stored."""

from datetime import date

import pytest
from django.utils.translation import override

from casework.deadlines import selectors, services
from casework.deadlines.explaining import explanations
from casework.deadlines.history import changes_of
from casework.deadlines.models import Outage, Term
from casework.deadlines.rules import Track
from foundation.accounts.models import Role
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, NotPermitted
from tests.casework.deadlines.term_people import FILED, almaty, make_person

pytestmark = pytest.mark.django_db
AT = almaty("2026-03-12 10:00")


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def people():
    return make_person("saule", Role.SUPERVISOR), make_person("marat", Role.HEAD)


def day_off(people, day: date, at=AT, kind="day_off") -> None:
    row = services.enter_exception(
        day=day, kind=kind, act_ru=f"Акт {day}", act_kk=f"{day} актісі", by=people[0], at=at
    )
    services.confirm_exception(exception_id=row.pk, by=people[1], at=at)


def open_all(case) -> None:
    services.open_terms_of_application(
        case=case, received_at=FILED, registered_on=FILED.date(), at=FILED, track=Track.NEW
    )


def dates(case) -> dict[str, list[str]]:
    terms = list(selectors.terms_of(case.pk))
    codes = {term.pk: term.code for term in terms}
    return {codes[pk]: [str(row.due_on) for row in rows] for pk, rows in changes_of(terms).items()}


def test_a_term_that_never_moved_has_its_first_date_only(case, people):
    open_all(case)
    assert dates(case) == {
        "completeness": ["2026-03-11"],
        "service": ["2026-04-02"],
        "hearing_notice": ["2026-03-30"],
    }
    day_off(people, date(2026, 8, 3))  # far behind
    assert dates(case)["service"] == ["2026-04-02"]


def test_every_change_with_its_act_also_of_what_hangs_on_the_service_term(case, people):
    open_all(case)
    services.meet_term(case=case, code="completeness", at=almaty("2026-03-11 12:00"))
    services.open_review(case=case, decided_on=date(2026, 3, 11), at=almaty("2026-03-11 12:00"))
    day_off(people, date(2026, 3, 27))
    day_off(people, date(2026, 8, 3), almaty("2026-03-13 10:00"))  # moves nothing
    day_off(people, date(2026, 3, 31), almaty("2026-03-16 10:00"))
    day_off(people, date(2026, 3, 27), almaty("2026-03-17 10:00"), kind="working_day")
    assert dates(case) == {
        "completeness": ["2026-03-11"],
        "service": ["2026-04-02", "2026-04-03", "2026-04-06", "2026-04-03"],
        "hearing_notice": ["2026-03-30", "2026-03-31", "2026-04-01", "2026-03-30"],
        "review": ["2026-04-02", "2026-04-03", "2026-04-06", "2026-04-03"],
    }
    terms = list(selectors.terms_of(case.pk))
    for term in terms:
        assert changes_of(terms)[term.pk][-1].due_on == term.due_on
    (service,) = [term for term in terms if term.code == "service"]
    changes = changes_of(terms)[service.pk]
    assert [change.revision for change in changes] == [1, 2, 4, 5]
    assert [change.at for change in changes[1:]] == [
        AT,
        almaty("2026-03-16 10:00"),
        almaty("2026-03-17 10:00"),
    ]
    said = [change.why for change in explanations(terms)[service.pk].changes]
    assert said[0] == "counted from 06.03.2026: registration (annex 3 to the Rules, row 4)"
    assert said[1] == "the calendar was revised: 27.03.2026 – day off (Акт 2026-03-27)"


def test_what_was_met_or_past_by_then_keeps_its_date(make_case, people):
    met, past = make_case(), make_case()
    for case in (met, past):
        open_all(case)
    day_off(people, date(2026, 3, 27))
    services.meet_term(case=met, code="service", at=almaty("2026-03-13 12:00"))
    day_off(people, date(2026, 3, 31), almaty("2026-03-16 10:00"))
    assert dates(met)["service"] == ["2026-04-02", "2026-04-03"]
    assert dates(past)["service"] == ["2026-04-02", "2026-04-03", "2026-04-06"]
    assert dates(past)["completeness"] == ["2026-03-11"]


def test_a_term_opened_after_the_revision_has_no_change(case, people):
    day_off(people, date(2026, 3, 27))
    open_all(case)
    assert dates(case)["service"] == ["2026-04-03"]


def test_an_unknown_cause_is_not_given_a_made_up_history(case, people):
    open_all(case)
    day_off(people, date(2026, 8, 3))
    Term.objects.filter(code="service").update(due_on=date(2026, 4, 20), calendar_revision=2)
    assert dates(case)["service"] == ["2026-04-20"]


def test_an_earlier_term_of_the_same_kind_stands_before(case):
    open_all(case)
    services.open_hearing_terms(case=case, notified_on=date(2026, 3, 12), at=AT)
    services.open_hearing_terms(case=case, notified_on=date(2026, 3, 16), at=almaty("2026-03-16 11:00"))
    terms = list(selectors.terms_of(case.pk))
    (newest,) = [term for term in terms if term.code == "hearing_objections" and term.state == "open"]
    changes = explanations(terms)[newest.pk].changes
    assert [(str(row.due_on), row.at) for row in changes] == [
        ("2026-03-16", AT),
        ("2026-03-16", almaty("2026-03-16 11:00")),
        ("2026-03-18", almaty("2026-03-16 11:00")),
    ]
    assert "lost its object" in changes[1].why


def test_days_are_numbered_up_to_the_length(case):
    open_all(case)
    terms = list(selectors.terms_of(case.pk))
    (service,) = [term for term in terms if term.code == "service"]
    numbers = [day.number for day in explanations(terms)[service.pk].days if day.counted]
    assert numbers == list(range(1, 16))


# --- outages -----------------------------------------------------------------------------------
OUTAGE = {"what_ru": "Подписание", "what_kk": "Қол қою"}
BEGAN, ENDED = almaty("2026-03-10 09:00"), almaty("2026-03-10 14:00")


def record(people, began=BEGAN, ended=ENDED, at=AT) -> Outage:
    return services.record_outage(began_at=began, ended_at=ended, by=people[0], at=at, **OUTAGE)


def outages_of(case) -> dict[str, int]:
    terms = list(selectors.terms_of(case.pk))
    return {term.code: len(explanations(terms)[term.pk].outages) for term in terms}


def test_an_outage_stands_beside_the_terms_that_ran_once_a_second_person_confirmed_it(case, people):
    open_all(case)
    services.open_hearing_terms(case=case, notified_on=date(2026, 3, 12), at=AT)
    before = list(Term.objects.values_list("pk", "due_at"))
    row = record(people)
    assert set(outages_of(case).values()) == {0}
    services.confirm_outage(outage_id=row.pk, by=people[1], at=AT)
    assert outages_of(case) == {
        "completeness": 1,
        "service": 1,
        "hearing_notice": 1,
        "hearing_objections": 0,
        "earliest_refusal": 0,
    }
    assert list(Term.objects.values_list("pk", "due_at")) == before
    assert list(Fact.objects.filter(stream="outages").order_by("seq").values_list("kind", flat=True)) == [
        "outage.recorded",
        "outage.confirmed",
    ]


def test_two_people_and_an_end_are_needed(people):
    row = record(people, ended=None)
    with pytest.raises(Conflict, match="no end yet"):
        services.confirm_outage(outage_id=row.pk, by=people[1], at=AT)
    services.end_outage(outage_id=row.pk, ended_at=ENDED, by=people[0], at=AT)
    with pytest.raises(Conflict):
        services.end_outage(outage_id=row.pk, ended_at=ENDED, by=people[0], at=AT)
    with pytest.raises(NotPermitted, match="yourself"):
        services.confirm_outage(outage_id=row.pk, by=people[0], at=AT)
    executor = make_person("bolat", Role.EXECUTOR)
    for refused in (
        lambda: services.confirm_outage(outage_id=row.pk, by=executor, at=AT),
        lambda: services.record_outage(began_at=BEGAN, ended_at=ENDED, by=executor, at=AT, **OUTAGE),
        lambda: services.end_outage(outage_id=row.pk, ended_at=ENDED, by=executor, at=AT),
    ):
        with pytest.raises(NotPermitted):
            refused()
    services.confirm_outage(outage_id=row.pk, by=people[1], at=AT)
    with pytest.raises(Conflict, match="confirmed already"):
        services.confirm_outage(outage_id=row.pk, by=people[1], at=AT)
    assert Outage.objects.count() == 1
    assert Fact.objects.filter(stream="outages").count() == 3


@pytest.mark.parametrize(
    ("began", "ended", "field"),
    [
        (almaty("2026-03-12 10:01"), None, "began_at"),
        (BEGAN, BEGAN, "ended_at"),
        (BEGAN, almaty("2026-03-12 10:01"), "ended_at"),
    ],
)
def test_times_that_cannot_be(people, began, ended, field):
    with pytest.raises(BadInput) as caught:
        record(people, began, ended)
    assert set(caught.value.fields) == {field}
    assert not Outage.objects.exists()
    assert not Fact.objects.exists()
