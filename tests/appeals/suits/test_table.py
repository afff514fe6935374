"""The whole table states x actions x roles of a suit through the real door (Rules 23).

One refusal is sued over; each state is reached inside a savepoint and every call is taken back by another. What is
expected follows from `ACTIONS`, from who everybody is, and from the few conditions of law that the played suit meets.
"""

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from appeals.models import Suit
from appeals.suits.api import bodies
from appeals.suits.api.acting import COMMANDS
from appeals.suits.statuses import ACTIONS, Status
from casework.decisions.statuses import Actor
from foundation.kernel.clock import legal_time
from sandbox.suits import Suits
from tests.api.conftest import Program, programs_of
from tests.applications.conftest import module_play
from tests.applications.stages import QuietPlay, Stages, everything, moment, taken_back

__all__ = ["module_play"]

pytestmark = pytest.mark.django_db
OFFICERS = ("chancery", "executor", "executor2", "head", "supervisor", "auditor", "reviewer")
PEOPLE = ("aigerim", "bolat", "dana", "admin", *OFFICERS, "superior", "quality")
MAY: dict[Actor, frozenset[str]] = {
    Actor.ASSIGNER: frozenset({"chancery", "supervisor"}),
    Actor.HEAD: frozenset({"head"}),
    Actor.EXECUTOR: frozenset({"executor"}),
    Actor.REVIEWER: frozenset({"superior"}),  # the head of the superior body
    Actor.PARTICIPANT: frozenset({"aigerim", "bolat", "executor", "executor2", "head"}),
}
SEE = frozenset({"aigerim", "bolat", *OFFICERS, "superior"})
# conditions of law that the played suit does not meet
CLOSED: dict[str, tuple[int, str]] = {
    "sign": (409, "NOT_OPENED"),
    "decide_recusal": (409, "NO_RECUSAL"),
    "prepare_response": (422, "BAD_INPUT"),  # its example names a scan that is not there
    "record_court_act": (422, "BAD_INPUT"),
}


def on(text: str) -> datetime:
    return moment(f"2026-11-{text}")


class Played:
    """A suit over a refusal, and a program for everybody."""

    def __init__(self, play: QuietPlay) -> None:
        refused = Stages(play).refused()
        play.pass_time(on("10T12:10"))
        self.suits = Suits(play)
        self.programs = programs_of(play.people)
        self.pk: UUID = self.suits.record(refused, on("12T10:00")).pk


@pytest.fixture(scope="module")
def played(module_play: QuietPlay) -> Played:
    return Played(module_play)


def expected(login: str, action: str, state: Status) -> tuple[int, str]:
    if login not in SEE:
        return 404, "NOT_FOUND"
    if login not in MAY[ACTIONS[action].actor]:
        return 403, "NOT_PERMITTED"
    if state not in ACTIONS[action].sources:
        return 422, "WRONG_STATE"
    return CLOSED.get(action) or ((201 if ACTIONS[action].signed else 200), "")


def ask(program: Program, suit: Suit, action: str) -> tuple[int, str]:
    """The first thing a program does for an action: for the bytes to sign, or the act itself."""
    path, version = f"suits/{suit.pk}/", suit.case.version
    if ACTIONS[action].signed:
        body = {"action": action, "params": bodies.PARAMS_EXAMPLES[action]}
        answer = program.post(f"{path}sign-request/", body, version=version)
    else:
        said: dict[str, Any] = dict(bodies.BODY_EXAMPLES[action])
        if action == "assign":
            said["executor"] = "executor2"
        answer = program.post(f"{path}actions/{action}/", said, version=version)
    return answer.status_code, answer.json().get("code", "")


def test_every_action_of_every_person_in_every_state(played: Played):
    wrong: dict[Any, Any] = {}
    visited: list[Status] = []

    def here(state: Status, at: datetime) -> None:
        suit = Suit.objects.select_related("case").get(pk=played.pk)
        assert suit.status == state
        visited.append(state)
        before = everything()
        with legal_time(at):
            for login in PEOPLE:
                listed = played.programs[login].get(f"suits/{suit.pk}/")
                offered = {row["action"] for row in listed.json().get("actions", ())}
                for action in ACTIONS:
                    wanted = expected(login, action, state)
                    if (action in offered) is not (wanted[0] not in (403, 404)):
                        wrong[state, login, action, "list"] = wanted
                    with taken_back() if wanted[0] < 400 else nullcontext():
                        answered = ask(played.programs[login], suit, action)
                    if answered != wanted:
                        wrong[state, login, action] = (answered, wanted)
        assert everything() == before  # what was refused changed and recorded nothing

    suits, pk = played.suits, played.pk
    with taken_back():
        here(Status.RECORDED, on("12T10:10"))
        suits.give_position(pk, on("12T10:20"))
        suits.prepare_response(pk, on("12T10:30"))
        here(Status.SIGNING, on("12T10:40"))
        suits.open_and_sign(pk, on("12T11:00"))
        here(Status.ANSWERED, on("12T11:10"))
        suits.record_court_act(pk, on("18T10:00"), "dismissed", in_force_on="2026-11-18")
        suits.open_and_sign(pk, on("18T11:00"))
        here(Status.DECIDED, on("18T11:10"))
    assert wrong == {}
    assert set(visited) == set(Status)


def test_every_action_has_its_door_and_its_example() -> None:
    assert set(COMMANDS) == set(ACTIONS)
    assert set(bodies.PARAMS_EXAMPLES) == {name for name, action in ACTIONS.items() if action.signed}
    assert set(ACTIONS) - set(bodies.PARAMS_EXAMPLES) <= set(bodies.BODY_EXAMPLES)
