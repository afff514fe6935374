"""The ladder: each step once, told to whom it concerns, one message a person however long the watch was silent."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from casework.cases.models import Absence, Case
from casework.deadlines import breaches, rules, selectors, services
from casework.deadlines.models import BreachExplanation, LadderStep, Telling, Term
from casework.deadlines.rules import Track
from casework.deadlines.shipped import shipped_calendar
from casework.notices.models import Message, Notice
from foundation.accounts.models import Person
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, NotPermitted
from tests.casework.deadlines.term_people import FILED, almaty, make_person

LATER = almaty("2026-04-20 10:00")


@pytest.fixture
def officers(db: None) -> dict[str, Person]:
    roles = {"executor": "executor", "executor2": "executor", "supervisor": "supervisor", "head": "head"}
    return {login: make_person(login, role) for login, role in roles.items()}


@pytest.fixture
def filed(make_case: Callable[..., Case], officers: dict[str, Person]) -> Callable[..., Case]:
    """A case registered on Friday 6 March 2026: completeness by the 11th, service by 2 April."""

    def make(executor: str | None = "executor", track: Track = Track.NEW) -> Case:
        case = make_case(executor=officers[executor] if executor else None)
        services.open_terms_of_application(
            case=case, received_at=FILED, registered_on=FILED.date(), at=FILED, track=track
        )
        return case

    return make


def taken(case: Case, code: str) -> list[tuple[str, str]]:
    rows = LadderStep.objects.filter(term__case=case, term__code=code, overtaken=False).order_by(
        "due_at", "pk"
    )
    return [(f"{rules.to_almaty(row.due_at):%m-%d %H:%M}", row.step) for row in rows]


@pytest.mark.parametrize(
    ("code", "track", "start", "expected"),
    [
        (
            "service",
            Track.NEW,
            date(2026, 3, 6),
            ["2026-03-19 half", "2026-03-31 two_days", "2026-04-01 one_day", "2026-04-02 last_morning"],
        ),
        ("completeness", Track.NEW, date(2026, 3, 6), ["2026-03-10 one_day", "2026-03-11 last_morning"]),
        ("completeness", Track.REISSUE, date(2026, 3, 6), ["2026-03-10 last_morning"]),
        (
            "hearing_notice",
            Track.NEW,
            date(2026, 4, 2),
            ["2026-03-26 two_days", "2026-03-27 one_day", "2026-03-30 last_morning"],
        ),
        ("hearing_objections", Track.ANY, date(2026, 3, 6), []),
    ],
)
def test_the_steps_follow_from_the_row(code: str, track: Track, start: date, expected: list[str]) -> None:
    rule, calendar = rules.rule_for(code, track), shipped_calendar()
    found = rules.rungs(rule, start, rules.compute(rule, start, calendar), calendar)
    assert [f"{rung.at:%Y-%m-%d} {rung.step}" for rung in found] == expected
    assert all(f"{rung.at:%H:%M}" == "09:00" for rung in found)


def test_each_step_at_its_moment_and_once(filed: Callable[..., Case]) -> None:
    case = filed()
    expected = [
        ("03-19 08:59", 0, None),
        ("03-19 09:00", 1, "half"),
        ("03-19 09:01", 0, "half"),
        ("03-31 09:00", 1, "two_days"),
        ("04-01 12:00", 1, "one_day"),
        ("04-02 18:30", 1, "last_morning"),
    ]
    services.watch(almaty("2026-03-12 10:00"))
    services.void_term(case=case, code="hearing_notice", at=FILED)
    for when, warned, last in expected:
        report = services.watch(almaty(f"2026-{when}"))
        assert (when, report.warned, report.messages) == (when, warned, warned)
        assert [step for _due, step in taken(case, "service")][-1:] == ([last] if last else [])
    assert services.watch(almaty("2026-04-02 18:30:01")).messages == 3  # executor, supervisor, head
    assert [step for _due, step in taken(case, "service")][4:] == [
        "tell_supervisor",
        "tell_head",
        "tell_executor",
    ]
    assert services.watch(LATER).messages == 0
    told = Counter(Telling.objects.filter(step__term__code="service").values_list("person__login", flat=True))
    assert told == {"executor": 5, "supervisor": 1, "head": 1}


def test_a_watch_that_comes_late_warns_by_the_nearest_step_only(filed: Callable[..., Case]) -> None:
    case = filed()
    assert services.watch(almaty("2026-04-01 09:30")).messages == 3
    steps = LadderStep.objects.filter(term__case=case, term__code="service").order_by("due_at")
    assert [(step.step, step.overtaken) for step in steps] == [
        ("half", True),
        ("two_days", True),
        ("one_day", False),
    ]
    assert Notice.objects.filter(person__login="executor").count() == 1  # with the breaches before it


def test_the_database_refuses_a_step_taken_twice(filed: Callable[..., Case]) -> None:
    filed()
    services.watch(almaty("2026-03-10 09:00"))
    step = LadderStep.objects.get()
    twice = LadderStep(term=step.term, step=step.step, due_at=step.due_at, taken_at=step.taken_at)
    with pytest.raises(IntegrityError, match="deadlines_each_step_once"), transaction.atomic():
        twice.save()


def test_ten_days_of_silence_are_one_message_a_person_and_each_breach_its_own_fact(
    filed: Callable[..., Case],
) -> None:
    cases = [filed("executor" if number % 2 else "executor2") for number in range(40)]
    report = services.watch(LATER)
    assert (report.breached, report.missed, report.messages) == (80, 40, 4)
    assert Counter(Notice.objects.values_list("person__login", flat=True)) == {
        "executor": 1,
        "executor2": 1,
        "supervisor": 1,
        "head": 1,
    }
    digest = Message.objects.get(notices__person__login="supervisor")
    assert digest.case_id is None
    assert "и ещё 10, все – " in digest.text_ru
    assert "DM-" in digest.text_kk
    assert "Нарушение закона, остаётся навсегда" in digest.text_ru  # the consequence by the rulebook
    facts = Fact.objects.filter(kind="term.breached")
    assert len({fact.payload["term"] for fact in facts}) == facts.count() == 80
    assert {fact.at for fact in facts} == {almaty("2026-03-11 18:30"), almaty("2026-04-02 18:30")}
    assert not Telling.objects.filter(notice=None).exists()
    assert services.watch(LATER).messages == 0
    assert BreachExplanation.objects.filter(term__case__in=cases).count() == 80


def test_what_was_owed_when_the_watch_was_killed_is_told_by_the_next(
    filed: Callable[..., Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    filed()

    def killed(_at: Any) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("casework.deadlines.services.watching.tell_owed", killed)
        with pytest.raises(KeyboardInterrupt):
            services.watch(LATER)
    assert Notice.objects.count() == 0
    assert Telling.objects.filter(notice=None).count() > 0
    assert services.watch(LATER).messages == 3
    assert Notice.objects.count() == 3


def test_a_poisoned_row_is_put_aside_and_the_others_are_warned(filed: Callable[..., Case]) -> None:
    bad, good = filed(), filed()
    Term.objects.filter(case=bad, code="completeness").update(code="unknown")
    services.watch(almaty("2026-03-10 09:00"))
    assert [step for _due, step in taken(good, "completeness")] == ["one_day"]
    assert "UnknownTermError" in selectors.faulty_terms().get(case=bad).fault


def test_who_stands_in_is_warned_too_and_of_a_case_nobody_has_the_supervisors(
    filed: Callable[..., Case], officers: dict[str, Person]
) -> None:
    Absence.objects.create(
        officer=officers["executor"],
        substitute=officers["executor2"],
        first_day=date(2026, 3, 9),
        last_day=date(2026, 3, 10),
        order="№ 7",
    )
    mine, nobodys = filed(), filed(None)
    services.watch(almaty("2026-03-10 09:00"))

    def told(case: Case) -> list[str]:
        return sorted(Telling.objects.filter(step__term__case=case).values_list("person__login", flat=True))

    assert (told(mine), told(nobodys)) == (["executor", "executor2"], ["supervisor"])
    services.watch(almaty("2026-03-11 09:00"))
    assert told(mine) == ["executor", "executor", "executor2"]


def test_the_message_of_one_case_stands_in_the_case(filed: Callable[..., Case]) -> None:
    case = filed()
    services.watch(almaty("2026-03-10 09:00"))
    message = Message.objects.get()
    assert (message.case_id, message.kind) == (case.pk, "term_warning")
    assert message.text_ru.splitlines()[:2] == [
        "Подходит срок: проверка полноты документов (п. 7 Правил (приказ № 169/НҚ))",
        f"№ {case.incoming_no} – до 18:30 11.03.2026, осталось рабочих дней: 1",
    ]


def test_the_explanation_of_a_breach_is_asked_for_given_once_and_kept(
    filed: Callable[..., Case], officers: dict[str, Person]
) -> None:
    case = filed()
    services.watch(almaty("2026-03-12 09:00"))
    term = selectors.latest_term(case.pk, "completeness")
    assert term is not None
    assert breaches.owed_explanations(officers["executor"], LATER).get().term == term
    with pytest.raises(NotPermitted):
        services.explain_breach(term_id=term.pk, text="Я", by=officers["executor2"], at=LATER)
    with pytest.raises(BadInput):
        services.explain_breach(term_id=term.pk, text="  ", by=officers["executor"], at=LATER)
    assert breaches.owed_explanations(None, LATER).count() == 1
    assert not Fact.objects.filter(kind="term.explained").exists()
    services.explain_breach(term_id=term.pk, text=" Болел ", by=officers["executor"], at=LATER)
    with pytest.raises(Conflict):
        services.explain_breach(term_id=term.pk, text="Иначе", by=officers["executor"], at=LATER)
    row = breaches.given_explanations(None, LATER).get()
    assert (row.text, row.given_by, row.given_at) == ("Болел", officers["executor"], LATER)
    fact = Fact.objects.get(kind="term.explained")
    assert fact.payload == {"term": term.pk, "code": "completeness"}
    assert b"\xd0\x91\xd0\xbe\xd0\xbb" not in bytes(fact.canonical)  # people's words are not chained


def test_a_moved_term_is_warned_by_its_new_date(filed: Callable[..., Case]) -> None:
    case = filed()
    supervisor, second = make_person("s1", "supervisor"), make_person("s2", "supervisor")
    row = services.enter_exception(
        day=date(2026, 3, 12), kind="day_off", act_ru="Акт", act_kk="Акт", by=supervisor, at=FILED
    )
    services.confirm_exception(exception_id=row.pk, by=second, at=FILED)
    term = selectors.latest_term(case.pk, "service")
    assert term is not None
    assert (str(term.due_on), term.next_step_at) == ("2026-04-03", almaty("2026-03-20 09:00"))
