"""Each act: it works and writes one fact; wrong state, wrong person, an old version, done twice change nothing at all."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.db.models import Max

from applications import events
from applications.statuses import ACTIONS, Actor, Status
from casework.cases.models import Case
from foundation.journal.models import Fact
from foundation.kernel.refusals import Conflict, LawRefusal, NotPermitted, Refusal, StaleVersion
from sandbox.play import Play
from tests.applications.stages import (
    ACTOR,
    SIGNED,
    Stages,
    answer,
    in_each_state,
    moment,
    nothing_changes,
    perform,
    request,
)

pytestmark = pytest.mark.django_db
NOW = moment("2026-11-03T12:00")
HEARING, HEARD = moment("2026-11-06T11:00"), moment("2026-11-10T10:00")
SIGNING = moment("2026-11-06T10:00")


@pytest.fixture(scope="module")
def cases(module_play: Play) -> Iterator[dict[Status, UUID]]:
    yield in_each_state(module_play)


@pytest.fixture
def play(module_play: Play, gateway) -> Play:
    return module_play


# action → the state it is done from, when, the state it leads to, the one fact of it
DONE: dict[str, tuple[Status, str, Status, str]] = {
    "submit": (Status.DRAFT, "2026-11-02T11:30", Status.COMPLETENESS, events.SUBMITTED),
    "withdraw": (Status.REVIEW, "2026-11-05T22:00", Status.WITHDRAWN, events.WITHDRAWN),
    "assign": (Status.REVIEW, "2026-11-05T10:00", Status.REVIEW, events.ASSIGNED),
    "ask_recusal": (Status.REVIEW, "2026-11-05T10:00", Status.REVIEW, events.RECUSAL_ASKED),
    "accept": (Status.COMPLETENESS, "2026-11-03T10:00", Status.REVIEW, events.ACCEPTED),
    "prepare_issue": (Status.REVIEW, "2026-11-05T10:00", Status.SIGNING, events.PREPARED),
    "notify_hearing": (Status.REVIEW, "2026-11-05T10:00", Status.HEARING, events.HEARING_NOTIFIED),
    "request_oral": (Status.HEARING, "2026-11-06T10:00", Status.HEARING, events.ORAL_REQUESTED),
    "waive_hearing": (Status.HEARING, "2026-11-06T10:00", Status.HEARING, events.HEARING_WAIVED),
    "answer_hearing": (Status.HEARING, "2026-11-06T10:00", Status.HEARING, events.HEARING_ANSWERED),
    "agree_late_notice": (Status.REVIEW, "2026-11-19T10:00", Status.REVIEW, events.LATE_NOTICE_AGREED),
    "record_hearing": (Status.HEARING, "2026-11-10T09:30", Status.HEARD, events.HEARING_RECORDED),
    "prepare_refusal": (Status.HEARD, "2026-11-10T11:00", Status.SIGNING, events.PREPARED),
    "discontinue": (Status.REVIEW, "2026-11-05T10:00", Status.SIGNING, events.PREPARED),
    "send_back": (Status.SIGNING, "2026-11-06T10:00", Status.REVIEW, events.SENT_BACK),
    "open_signing": (Status.SIGNING, "2026-11-06T10:00", Status.SIGNING, events.OPENED),
    "cancel_refusal": (Status.REFUSED, "2026-11-12T10:00", Status.REFUSED, events.PREPARED),
}


def own_facts(after: int) -> list[str]:
    found = Fact.objects.filter(pk__gt=after, kind__startswith="application.").order_by("pk")
    return list(found.values_list("kind", flat=True))


@pytest.mark.parametrize("action", DONE)
def test_it_works_and_writes_one_fact(cases, play, action):
    state, when, leads_to, fact = DONE[action]
    case = cases[state]
    if action == "prepare_issue":
        from applications import services

        services.look_up_payment(case, person=play.people["executor"], at=moment(when))
    before = Case.objects.get(pk=case)
    last = Fact.objects.aggregate(last=Max("pk"))["last"]
    perform(play, action, case, moment(when))
    after = Case.objects.get(pk=case)
    assert (after.status_code, play.fresh(case).status) == (leads_to, leads_to)
    assert after.version > before.version
    # filing in office hours is two acts in one transaction: filed and registered
    wanted = [fact, events.REGISTERED] if action == "submit" else [fact]
    assert own_facts(last) == wanted
    told = Fact.objects.filter(kind=fact, subject_id=case).order_by("pk").last()
    assert told is not None
    assert (told.actor_id, told.at) == (play.people[ACTOR[action]].pk, moment(when))


@pytest.mark.parametrize("action", ACTIONS)
def test_from_any_other_state_it_is_refused_with_its_paragraph(cases, play, action):
    wrong = [state for state in Status if state not in ACTIONS[action].sources]
    assert wrong
    with nothing_changes():
        for state in wrong:
            with pytest.raises(Refusal) as refused:
                perform(play, action, cases[state], NOW)
            if isinstance(refused.value, NotPermitted):  # nobody is the executor of a draft
                assert state is Status.DRAFT
                assert ACTIONS[action].actor is Actor.EXECUTOR
                continue
            assert refused.value.code == "WRONG_STATE", state
            assert str(refused.value.citation) == str(ACTIONS[action].citation)
            assert refused.value.advice


STRANGERS = {
    Actor.APPLICANT: ("dana", "executor", "head", "admin"),
    Actor.SIGNATORY: ("bolat", "dana", "executor", "head", "admin"),
    Actor.EXECUTOR: ("executor2", "head", "supervisor", "aigerim", "dana", "auditor", "admin"),
    Actor.HEAD: ("executor", "supervisor", "chancery", "aigerim", "auditor", "admin"),
    Actor.ASSIGNER: ("executor", "head", "aigerim", "auditor", "admin"),
    Actor.SECRETARY: ("head", "supervisor", "aigerim", "auditor", "admin"),
    Actor.PARTICIPANT: ("dana", "auditor", "admin"),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_for_anybody_else_it_is_not_permitted(cases, play, action):
    case = cases[ACTIONS[action].sources[-1]]
    with nothing_changes():
        for login in STRANGERS[ACTIONS[action].actor]:
            with pytest.raises(NotPermitted):
                perform(play, action, case, NOW, login)


@pytest.mark.parametrize("action", sorted(set(DONE) - {"open_signing"}))
def test_who_read_an_older_version_changes_nothing(cases, play, action):
    state, when, _to, _fact = DONE[action]
    case = cases[state]
    seen = Case.objects.get(pk=case).version - 1
    asked = request(play, action, case, moment(when)) if action in SIGNED else None
    with nothing_changes(), pytest.raises(StaleVersion) as refused:
        if asked is not None:
            answer(play, asked, moment(when), version=seen)
        else:
            perform(play, action, case, moment(when), version=seen)
    assert refused.value.extra["current_version"] == seen + 1


ONCE = {
    "accept": "WRONG_STATE",
    "prepare_issue": "WRONG_STATE",
    "record_hearing": "WRONG_STATE",
    "prepare_refusal": "WRONG_STATE",
    "discontinue": "WRONG_STATE",
    "send_back": "WRONG_STATE",
    "ask_recusal": "RECUSAL_PENDING",
}


@pytest.mark.parametrize(("action", "code"), ONCE.items())
def test_done_twice_it_is_refused_the_second_time(cases, play, action, code):
    state, when, _to, _fact = DONE[action]
    if action == "prepare_issue":
        from applications import services

        services.look_up_payment(cases[state], person=play.people["executor"], at=moment(when))
    perform(play, action, cases[state], moment(when))
    with nothing_changes(), pytest.raises(Refusal) as refused:
        perform(play, action, cases[state], moment(when))
    assert refused.value.code == code


@pytest.mark.parametrize("action", sorted(set(SIGNED) & set(DONE)))
def test_a_sign_request_serves_once(cases, play, action):
    state, when, _to, _fact = DONE[action]
    asked = request(play, action, cases[state], moment(when))
    answer(play, asked, moment(when))
    with nothing_changes(), pytest.raises(Conflict) as refused:
        answer(play, asked, moment(when))
    assert (refused.value.status, refused.value.code) == (409, "CHALLENGE_USED")


@pytest.mark.parametrize("action", sorted(set(SIGNED) & set(DONE)))
def test_a_sign_request_dies_after_ten_minutes(cases, play, action):
    state, when, _to, _fact = DONE[action]
    asked = request(play, action, cases[state], moment(when))
    last = asked.expires_at
    assert (last - moment(when)).total_seconds() == 600
    with nothing_changes(), pytest.raises(Conflict) as refused:
        answer(play, asked, last)
    assert (refused.value.status, refused.value.code) == (409, "CHALLENGE_EXPIRED")


def test_somebody_elses_request_serves_nobody(cases, play):
    at = moment("2026-11-05T10:00")
    asked = request(play, "notify_hearing", cases[Status.REVIEW], at)
    with nothing_changes(), pytest.raises(NotPermitted):
        answer(play, asked, at, "executor2")


def test_the_key_of_another_person_signs_nothing(cases, play):
    at = moment("2026-11-05T10:00")
    asked = request(play, "notify_hearing", cases[Status.REVIEW], at)
    with nothing_changes(), pytest.raises(Refusal) as refused:
        answer(play, asked, at, "executor", key="executor2")
    assert (refused.value.status, refused.value.code) == (403, "SIGNER_MISMATCH")


def test_a_request_made_for_one_act_or_case_does_not_serve_another(cases, play):
    from applications import services
    from sandbox.cast import key_of
    from sandbox.eds import sign

    at = moment("2026-11-05T10:00")
    asked = request(play, "withdraw", cases[Status.REVIEW], at)
    cms = sign(key_of("aigerim"), bytes(asked.manifest), at=at)
    facts = {
        "sign_request": asked.pk,
        "cms": cms,
        "person": play.people["aigerim"],
        "at": at,
        "version": None,
    }
    with nothing_changes():
        with pytest.raises(Refusal) as other_case:
            services.withdraw(cases[Status.HEARING], **facts)
        with pytest.raises(Refusal) as other_act:
            services.answer_hearing(cases[Status.REVIEW], **facts)
    assert (other_case.value.status, other_act.value.status) == (404, 404)


def test_bytes_asked_for_before_the_case_changed_are_dead(cases, play):
    """design.md, Signing: after any change 409 and the bytes are made anew."""
    at = moment("2026-11-05T10:00")
    asked = request(play, "notify_hearing", cases[Status.REVIEW], at)
    perform(play, "assign", cases[Status.REVIEW], at, executor="executor")
    with nothing_changes(), pytest.raises(Conflict) as refused:
        answer(play, asked, moment("2026-11-05T10:03"))
    assert (refused.value.status, refused.value.code) == (409, "CHALLENGE_EXPIRED")


def test_an_officer_who_represents_the_applicant_does_nothing_on_the_case(cases, play):
    """APPC 67(1): nobody acts on a case of a party they represent."""
    from foundation.accounts.models import Representation

    case = cases[Status.REVIEW]
    party = Case.objects.get(pk=case).party
    Representation.objects.create(
        person=play.people["executor"],
        party=party,
        basis="power",
        scope="draft",
        since=moment("2026-01-01T00:00"),
    )
    with nothing_changes():
        for action in ("notify_hearing", "discontinue"):
            with pytest.raises(LawRefusal) as refused:
                perform(play, action, case, moment("2026-11-05T10:00"))
            assert refused.value.code == "RECUSED"


def test_every_act_of_the_table_is_tried_somewhere():
    elsewhere = {"decide_recusal", "return", "postpone_hearing", "sign_protocol", "sign"}
    elsewhere |= {"record_court_act", "confirm_court_act"}  # test_reconsidering.py
    assert set(DONE) | elsewhere == set(ACTIONS)
    assert set(ACTOR) == set(ACTIONS)
    assert Stages
