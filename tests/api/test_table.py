"""The whole table states x transitions x roles through the real door, from one place (quality.md, Tests).

Each state is played once for the module; every call is taken back by a savepoint. What is expected follows from
`ACTIONS`, from who everybody is, and from the few conditions of law that the played cases do not meet.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import override_settings

from applications import events, letters, services
from applications.api import bodies
from applications.statuses import ACTIONS, ENDED_BY_ACT, Actor, Status
from casework.cases.models import Case
from casework.decisions.api.bodies import SIGNED_EXAMPLE
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from sandbox.cast import PARTIES
from sandbox.demo_cases import ONE_CENTRE, Stage
from sandbox.gateway import SandboxGateway
from sandbox.play import GROUNDS, Play
from tests.api.conftest import FEE_I_2026, Program, moment, programs_of
from tests.applications.stages import UNTRUE

TODAY = moment("2026-11-20T00:00").date()
NOW = moment("2026-11-20T11:00")
OFFICERS = ("chancery", "executor", "executor2", "head", "supervisor", "auditor")
PEOPLE = ("aigerim", "bolat", "dana", "admin", *OFFICERS)
# executor is the assigned one; aigerim heads the applicant, bolat may draft for it, dana is a stranger
MAY: dict[Actor, frozenset[str]] = {
    Actor.APPLICANT: frozenset({"aigerim", "bolat"}),
    Actor.SIGNATORY: frozenset({"aigerim"}),
    Actor.EXECUTOR: frozenset({"executor"}),
    Actor.HEAD: frozenset({"head"}),
    Actor.ASSIGNER: frozenset({"chancery", "supervisor"}),
    Actor.SECRETARY: frozenset({"executor", "executor2", "chancery"}),
    Actor.PARTICIPANT: frozenset({"aigerim", "bolat", "executor", "executor2", "head"}),
}
# conditions of law that the played cases do not meet: (action, state) -> HTTP status and code
CLOSED: dict[tuple[str, Status], tuple[int, str]] = {
    ("return", Status.COMPLETENESS): (422, "PACKAGE_COMPLETE"),
    ("prepare_issue", Status.REVIEW): (422, "FINDINGS_MISSING"),
    ("prepare_issue", Status.HEARD): (422, "NOT_QUALIFIED"),
    ("postpone_hearing", Status.HEARING): (422, "NO_ORAL_HEARING"),
    ("sign_protocol", Status.HEARING): (422, "NO_ORAL_HEARING"),
    ("record_hearing", Status.HEARING): (422, "OBJECTIONS_OPEN"),
    **{
        ("agree_late_notice", state): (422, "NOTICE_IN_TIME")
        for state in (Status.REVIEW, Status.HEARING, Status.HEARD)
    },
    ("sign", Status.SIGNING): (409, "NOT_OPENED"),
    # nothing is prepared against the act that ended these; a court act comes with its scan
    **{
        (action, state): (422, "NOTHING_PREPARED")
        for action in ("sign", "open_signing", "send_back", "confirm_court_act")
        for state in ENDED_BY_ACT
    },
    **{("record_court_act", state): (422, "BAD_INPUT") for state in ENDED_BY_ACT},
    **{("decide_recusal", Status(code)): (409, "NO_RECUSAL") for code in ACTIONS["decide_recusal"].sources},
}
PARAMS: dict[str, dict[str, Any]] = {
    **bodies.PARAMS_EXAMPLES,
    "return": {},
    "notify_hearing": {"grounds": UNTRUE},
}
BODIES: dict[str, dict[str, Any]] = {
    **bodies.BODY_EXAMPLES,
    "assign": {"executor": "executor2", "reason": "Отпуск"},
    "prepare_refusal": {"grounds": GROUNDS},
}


class States:
    """One case in each state, and a program for everybody."""

    def __init__(self, play: Play) -> None:
        self.programs = programs_of(play.people)
        stage = Stage(play, TODAY)
        who = {"who": "aigerim", "executor": "executor"}
        self.cases: dict[Status, UUID] = {
            Status.DRAFT: self._draft(play),
            Status.SUBMITTED: stage.filed(-1, "19:00", who="aigerim"),
            Status.COMPLETENESS: stage.assigned(-1, **who),
            Status.RETURNED: stage.returned(-3, **who),
            Status.REVIEW: stage.accepted(-3, **who),
            Status.HEARING: stage.heard_of(-5, 0, **who),
            Status.HEARD: stage.heard(-9, -3, **who),
            Status.SIGNING: stage.prepared(-5, **who),
            Status.ISSUED: stage.issued(-7, **who),
            Status.REFUSED: stage.refused(-9, -5, **who),
            Status.WITHDRAWN: stage.withdrawn(-4, **who),
            Status.DISCONTINUED: stage.discontinued(-5, **who),
        }
        services.assign(
            self.cases[Status.SUBMITTED],
            executor_id=play.people["executor"].pk,
            person=play.people["chancery"],
            at=stage.on(-1, "19:30"),
            version=None,
        )

    @staticmethod
    def _draft(play: Play) -> UUID:
        draft = play.draft(NOW, centres=ONE_CENTRE)
        play.attach(draft, NOW)
        key: UUID = draft.pk
        return key


class SilentPlay(Play):
    """Papers that follow a step are not the subject here; the notice of the hearing is told, or nobody is refused."""

    @staticmethod
    def deliver() -> int:
        told = list(Fact.objects.filter(kind=events.HEARING_NOTIFIED))
        for fact in told:
            letters.write(fact)
        return len(told)

    def prepare_issue(self, application_id: UUID, at: Any, *, who: str = "executor") -> Any:
        services.look_up_payment(application_id, person=self.people[who], at=at)
        return super().prepare_issue(application_id, at, who=who)


@pytest.fixture(scope="module")
def states(django_db_setup: None, django_db_blocker: Any, gateway_server: SandboxGateway) -> Iterator[States]:
    gateway_server.control.mode("up")
    gateway_server.control.autopay(list(PARTIES), [FEE_I_2026])
    here = {"URL": gateway_server.url, "TOKEN": "sandbox-token"}
    with django_db_blocker.unblock(), taken_back():
        from django.conf import settings

        with override_settings(GATEWAY={**settings.GATEWAY, **here}):
            play = SilentPlay.begin()
            made = States(play)
        yield made


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards; acts that must not run inside a transaction may still do."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests do for durable blocks
    with block:
        yield
        transaction.set_rollback(True)


def expected(action: str, state: Status, login: str) -> tuple[int, str]:
    """What the door must answer, by the table."""
    sees = login in ("aigerim", "bolat") or (login in OFFICERS and state is not Status.DRAFT)
    if not sees:
        return 404, "NOT_FOUND"
    if login not in MAY[ACTIONS[action].actor]:
        return 403, "NOT_PERMITTED"
    if state not in ACTIONS[action].sources:
        return 422, "WRONG_STATE"
    if (action, state) in CLOSED:
        return CLOSED[action, state]
    return (201 if ACTIONS[action].signed else 200), ""


def ask(program: Program, case: UUID, action: str, version: int) -> tuple[int, str]:
    """The first thing a program does for an action: for the bytes to sign, or the act itself."""
    if ACTIONS[action].signed:
        body = {"action": action, "params": PARAMS[action]}
        answer = program.post(f"applications/{case}/sign-request/", body, version=version)
    else:
        path = f"applications/{case}/actions/{action}/"
        answer = program.post(path, BODIES[action], version=version)
    return answer.status_code, answer.json().get("code", "")


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(Status))
def test_every_action_of_every_person_in_every_state(states: States, state: Status):
    case = states.cases[state]
    stored = Case.objects.get(pk=case)
    assert stored.status_code == state
    facts = Fact.objects.filter(stream=stored.stream).count()
    wrong = {}
    with legal_time(NOW):
        for login in PEOPLE:
            for action in ACTIONS:
                wanted = expected(action, state, login)
                with taken_back() if wanted[0] < 400 else nullcontext():
                    answered = ask(states.programs[login], case, action, stored.version)
                if answered != wanted:
                    wrong[login, action] = (answered, wanted)
    assert wrong == {}
    # what was refused changed and recorded nothing
    now = Case.objects.get(pk=case)
    assert (now.status_code, now.version) == (stored.status_code, stored.version)
    assert Fact.objects.filter(stream=stored.stream).count() == facts


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(Status))
def test_the_list_of_actions_says_what_the_doors_do(states: States, state: Status):
    with legal_time(NOW):
        for login in PEOPLE:
            answer = states.programs[login].get(f"applications/{states.cases[state]}/")
            wanted = {action: expected(action, state, login) for action in ACTIONS}
            if answer.status_code == 404:
                assert {status for status, _code in wanted.values()} == {404}
                continue
            offered = {row["action"]: row for row in answer.json()["actions"]}
            assert set(offered) == {action for action, (status, _code) in wanted.items() if status != 403}
            for action, row in offered.items():
                status, code = wanted[action]
                if (
                    status == 409 or code == "BAD_INPUT"
                ):  # lacks a field, or waits for another step, which no list foresees
                    continue
                assert row["possible"] is (status in (200, 201)), (login, action)
                assert (row["code"] or "") == code, (login, action)
                assert row["citation"]
                if not row["possible"]:
                    assert row["reason"]
                    assert row["advice"]


@pytest.mark.django_db
def test_without_a_version_nobody_acts_and_with_an_old_one_nobody_does(states: States):
    case = states.cases[Status.REVIEW]
    version = Case.objects.get(pk=case).version
    with legal_time(NOW):
        for action in ACTIONS:
            program = states.programs[min(MAY[ACTIONS[action].actor])]
            path = f"applications/{case}/actions/{action}/"
            body = SIGNED_EXAMPLE if ACTIONS[action].signed else BODIES[action]
            missing = program.post(path, body, key=uuid4().hex)
            assert (missing.status_code, missing.json()["code"]) == (428, "IF_MATCH_REQUIRED"), action
            stale = program.post(path, body, key=uuid4().hex, version=version - 1)
            assert (stale.status_code, stale.json()["code"]) == (409, "STALE_VERSION"), action


@pytest.mark.django_db
def test_a_signed_act_in_the_wrong_state_is_refused_by_the_law_not_by_the_signature(states: States):
    case = states.cases[Status.REVIEW]
    with legal_time(NOW):
        for action, login in (("submit", "aigerim"), ("sign", "head"), ("return", "executor")):
            answer = states.programs[login].act(str(case), action, SIGNED_EXAMPLE)
            assert (answer.status_code, answer.json()["code"]) == (422, "WRONG_STATE"), action
            assert answer.json()["citation"]
