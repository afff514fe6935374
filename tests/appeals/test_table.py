"""The whole table states x actions x roles x bodies of a complaint through the real door (process.md, Complaints).

One refusal is complained of three times, before each body; each state is reached inside a savepoint and every call is
taken back by another. What is expected follows from `ACTIONS`, from who everybody is, and from the few conditions of
law that the played complaints do not meet. The list of actions is read by everybody in every state before every body.
Posted is every action that its person may try; those that are another's step, and all of an ended complaint, are posted
in turn, so that each of them is posted by each person before each body at least once.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from appeals.api import bodies
from appeals.models import Complaint
from appeals.statuses import ACTIONS, OUTCOMES, TERMINAL, Addressee, Status
from casework.decisions.statuses import Actor
from foundation.kernel.clock import legal_time
from sandbox.complaints import Complaints
from tests.api.conftest import Program, programs_of
from tests.applications.conftest import module_play
from tests.applications.stages import QuietPlay, Stages, everything, moment, taken_back

__all__ = ["module_play"]

OF_PROVIDER = ("chancery", "executor", "executor2", "head", "supervisor", "auditor", "reviewer")
PEOPLE = ("aigerim", "bolat", "dana", "admin", *OF_PROVIDER, "superior", "quality")
# who considers the complaint of each body; executor2 works on it at the provider, executor made the refusal
REVIEWER = {Addressee.PROVIDER: "reviewer", Addressee.SUPERIOR: "superior", Addressee.QUALITY: "quality"}
MAY: dict[Actor, frozenset[str]] = {
    Actor.APPLICANT: frozenset({"aigerim", "bolat"}),
    Actor.SIGNATORY: frozenset({"aigerim"}),
    Actor.ASSIGNER: frozenset({"chancery", "supervisor"}),
    Actor.CHANCERY: frozenset({"chancery"}),
    Actor.HEAD: frozenset({"head"}),
    Actor.PARTICIPANT: frozenset(
        {"aigerim", "bolat", "executor", "executor2", "head", "reviewer", "superior", "quality"}
    ),
}
S = Status


def on(text: str) -> datetime:
    return moment(f"2026-11-{text}")


@dataclass
class Walk:
    """A complaint before one body, taken through every state; what follows from a state is taken back again."""

    complaints: Complaints
    addressee: Addressee
    pk: UUID
    visit: Callable[[UUID, datetime], None]
    visited: list[tuple[str, str]] = field(default_factory=list)

    def here(self, state: Status, at: datetime, prepared: str = "") -> None:
        """Everybody tries everything."""
        stored = Complaint.objects.values_list("status", "prepared").get(pk=self.pk)
        assert stored[0] == state
        assert not prepared or stored[1] == prepared
        self.visited.append((str(state), prepared))
        self.visit(self.pk, at)

    def through_all(self) -> None:
        c, pk = self.complaints, self.pk
        self.here(S.DRAFT, on("11T10:30"))
        with taken_back():
            c.file(pk, on("11T19:05"))
            self.here(S.RECEIVED, on("11T19:10"))
        c.file(pk, on("11T10:40"))
        with taken_back():
            c.withdraw(pk, on("11T11:00"))
            self.here(S.WITHDRAWN, on("11T11:10"))
        with taken_back():
            self.at_provider()
        if self.addressee is not Addressee.PROVIDER:
            c.forward(pk, on("11T11:00"))
            self.here(S.SIGNING, on("11T11:10"), "forward")
            c.open_and_sign(pk, on("11T11:10"), who="head")
            self.here(S.FORWARDED, on("11T11:20"))
        c.assign(pk, on("11T12:00"), to=REVIEWER[self.addressee])
        self.before_reviewer(REVIEWER[self.addressee])

    def at_provider(self) -> None:
        self.complaints.assign(self.pk, on("11T11:00"), to="executor2")
        self.here(S.REGISTERED, on("11T11:10"))
        self.complaints.satisfy(self.pk, on("11T11:20"))
        self.here(S.SIGNING, on("11T11:30"), "satisfy")
        self.complaints.open_and_sign(self.pk, on("11T11:30"), who="head")
        self.here(S.SATISFIED, on("11T11:40"))

    def before_reviewer(self, who: str) -> None:
        c, pk = self.complaints, self.pk
        self.here(S.CONSIDERED, on("11T12:10"))
        with taken_back():
            c.leave(pk, on("12T10:00"), who=who)
            self.here(S.LEFT, on("12T10:10"))
        c.notify(pk, on("12T10:00"), who=who)
        self.here(S.HEARING, on("12T10:10"))
        c.record_hearing(pk, on("17T10:00"), who=who)
        self.here(S.HEARD, on("17T10:10"))
        for outcome in OUTCOMES:
            with taken_back():
                c.decide(pk, on("17T10:20"), who=who, outcome=outcome)
                if outcome is S.DISMISSED:
                    self.here(S.SIGNING, on("17T10:30"), "decide")
                c.open_and_sign(pk, on("17T10:30"), who=who)
                self.here(outcome, on("17T10:40"))


def sees(login: str, addressee: Addressee, state: Status, body: str) -> bool:
    if login in ("aigerim", "bolat"):
        return True
    if state is S.DRAFT:
        return False
    return login in OF_PROVIDER or (login == REVIEWER[addressee] and body == addressee)


def may(login: str, action: str, complaint: Complaint) -> bool:
    """Whether the step belongs to the person, whatever the law says of the moment."""
    actor, officer = ACTIONS[action].actor, complaint.case.executor
    assigned = officer.login if officer else ""
    who = REVIEWER[Addressee(complaint.addressee)]
    reviews = login == who == assigned
    match actor:
        case Actor.EXECUTOR:
            return login == assigned == "executor2"
        case Actor.REVIEWER:
            return reviews
        case Actor.SIGNER:
            if complaint.status == S.SIGNING and complaint.prepared == "decide":
                return reviews
            return login == "head" or reviews
        case Actor.SECRETARY:
            ours = complaint.addressee == Addressee.PROVIDER
            return login in (("executor", "executor2", "chancery", "reviewer") if ours else (who,))
    return login in MAY[actor]


class Played:
    """One refusal complained of three times, each before another body, and a program for everybody."""

    def __init__(self, play: QuietPlay) -> None:
        refused = Stages(play).refused()
        play.pass_time(on("10T12:10"))
        self.complaints = Complaints(play)
        self.programs = programs_of(play.people)
        self.ids: dict[Addressee, UUID] = {
            addressee: self.complaints.draft(refused, on("11T10:00"), addressee=addressee).pk
            for addressee in Addressee
        }


@pytest.fixture(scope="module")
def played(module_play: QuietPlay) -> Played:
    return Played(module_play)


# conditions of law that the played complaints do not meet, whatever the body
CLOSED: dict[str, tuple[int, str]] = {
    "postpone_hearing": (422, "NO_ORAL_HEARING"),
    "sign_protocol": (422, "NO_ORAL_HEARING"),
    "record_hearing": (422, "OBJECTIONS_OPEN"),
    "sign": (409, "NOT_OPENED"),
    "decide_recusal": (409, "NO_RECUSAL"),
    "record_outcome": (422, "DECIDES_HERE"),
}


def closed(action: str, complaint: Complaint) -> tuple[int, str] | None:
    """What the law has against it here, where state and person would do."""
    of_this_one = {
        ("forward", Addressee.PROVIDER): (422, "NOT_FORWARDED"),
        ("extend", Addressee.SUPERIOR): (422, "NO_EXTENSION"),
    }
    if action == "prepare_decision" and complaint.status == S.CONSIDERED:
        return 422, "NOT_HEARD"
    return CLOSED.get(action) or of_this_one.get((action, Addressee(complaint.addressee)))


def expected(login: str, action: str, complaint: Complaint) -> tuple[int, str]:
    state = Status(complaint.status)
    if not sees(login, Addressee(complaint.addressee), state, complaint.case.body_id):
        return 404, "NOT_FOUND"
    if not may(login, action, complaint):
        return 403, "NOT_PERMITTED"
    if action == "sign_protocol" and login == "executor":  # prepared the refusal
        return 422, "OWN_ACT"
    if state not in ACTIONS[action].sources:
        return 422, "WRONG_STATE"
    if action == "decide_recusal" and state in (
        S.CONSIDERED,
        S.HEARING,
        S.HEARD,
    ):  # the head signed the refusal
        return 422, "OWN_ACT"
    return closed(action, complaint) or ((201 if ACTIONS[action].signed else 200), "")


def said(action: str, complaint: Complaint) -> dict[str, Any]:
    """What goes with an action; an officer is named who may work on the complaint now."""
    body = dict(bodies.BODY_EXAMPLES[action])
    if action == "assign":
        now_at_provider = complaint.status == S.REGISTERED
        body["executor"] = "executor2" if now_at_provider else REVIEWER[Addressee(complaint.addressee)]
    if action == "prepare_decision":
        body["outcome"] = "dismissed"
    return body


def ask(program: Program, complaint: Complaint, action: str) -> tuple[int, str]:
    """The first thing a program does for an action: for the bytes to sign, or the act itself."""
    path, version = f"complaints/{complaint.pk}/", complaint.case.version
    if ACTIONS[action].signed:
        body = {"action": action, "params": bodies.PARAMS_EXAMPLES[action]}
        answer = program.post(f"{path}sign-request/", body, version=version)
    else:
        answer = program.post(f"{path}actions/{action}/", said(action, complaint), version=version)
    return answer.status_code, answer.json().get("code", "")


TURNS = 9


@pytest.mark.django_db
@pytest.mark.parametrize(
    "addressee",
    [
        Addressee.SUPERIOR,  # passes every state there is
        pytest.param(Addressee.PROVIDER, marks=pytest.mark.slow),
        pytest.param(Addressee.QUALITY, marks=pytest.mark.slow),
    ],
)
def test_every_action_of_every_person_in_every_state_before_every_body(played: Played, addressee: Addressee):
    wrong: dict[Any, Any] = {}

    def tried(pk: UUID, at: datetime) -> None:
        complaint = Complaint.objects.select_related("case__executor").get(pk=pk)
        before = everything()
        with legal_time(at):
            for login in PEOPLE:
                wanted = {action: expected(login, action, complaint) for action in ACTIONS}
                amiss = listed_wrong(played.programs[login], complaint, wanted)
                for action in posted(login, complaint, len(walk.visited), wanted):
                    with taken_back() if wanted[action][0] < 400 else nullcontext():
                        answered = ask(played.programs[login], complaint, action)
                    if answered != wanted[action]:
                        amiss[login, action] = (answered, wanted[action])
                wrong.update({(walk.visited[-1], *key): found for key, found in amiss.items()})
        assert everything() == before  # what was refused changed and recorded nothing

    walk = Walk(played.complaints, addressee, played.ids[addressee], tried)
    with taken_back():
        walk.through_all()
    assert wrong == {}
    states, waiting = set(S), {"satisfy", "forward", "decide"}
    if addressee is Addressee.PROVIDER:
        states, waiting = states - {S.FORWARDED}, waiting - {"forward"}
    assert {state for state, _what in walk.visited} == states
    assert {what for state, what in walk.visited if state == S.SIGNING} == waiting
    assert len(walk.visited) >= TURNS  # each person has posted each action at least once


def posted(login: str, complaint: Complaint, turn: int, wanted: dict[str, tuple[int, str]]) -> Iterator[str]:
    """What this person tries in this state: their own steps of an open complaint, and some of the rest in turn."""
    over = complaint.status in TERMINAL
    for place, action in enumerate(ACTIONS):
        in_turn = (place + PEOPLE.index(login) + turn) % TURNS == 0
        if in_turn or (not over and wanted[action][0] not in (403, 404)):
            yield action


def listed_wrong(
    program: Program, complaint: Complaint, wanted: dict[str, tuple[int, str]]
) -> dict[tuple[str, str], Any]:
    """Where the list of actions says otherwise than the doors do."""
    answer = program.get(f"complaints/{complaint.pk}/")
    if answer.status_code == 404:
        return {(program.login, "list"): 404} if {code for code, _why in wanted.values()} != {404} else {}
    offered = {row["action"]: row for row in answer.json()["actions"]}
    wrong = {}
    for action, (status, code) in wanted.items():
        row = offered.get(action)
        if row is None or status == 403:
            if (row is None) is not (status == 403):
                wrong[program.login, f"list: {action}"] = (row, status)
        elif (
            status != 409
            and code != "NOT_HEARD"
            and (row["possible"], row["code"] or "") != (status < 400, code)
        ):
            wrong[program.login, f"list: {action}"] = (row["code"], code)
    return wrong
