"""The whole table kinds x states x steps x people of the proceedings through the real door (process.md; api.md).

Each kind is walked through every state it has inside a savepoint; every call is taken back by another. What is
expected follows from `ACTIONS_OF`, from who everybody is, and from the few conditions of law that the walked
proceedings do not meet. The list of actions is read by everybody in every state. Posted is every step that its person
may try; those that are another's, all of an ended proceeding and the steps of other kinds are posted in turn.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from casework.decisions.statuses import Actor
from foundation.accounts.models import Party
from foundation.kernel.clock import legal_time
from licenses.models import Licence, Proceeding
from licenses.proceedings.api import bodies
from licenses.proceedings.services import note_ended_suspensions
from licenses.proceedings.statuses import (
    ACTIONS,
    ACTIONS_OF,
    BY_EXECUTOR,
    BY_LICENSEE,
    HEARING_KINDS,
    RECEIVED,
    TERMINAL,
    Kind,
    Status,
)
from licenses.services import suspend_licence, terminate_licence
from sandbox.cast import COMPANY_BIN
from sandbox.proceedings import ASSESSED, NOT_CURED, SUSPENSION, Docket
from tests.api.conftest import Program, programs_of
from tests.applications.conftest import gateway_server, module_play, without_layout
from tests.applications.stages import QuietPlay, everything, moment, taken_back
from tests.licenses.people import CENTRE, granted

__all__ = ["gateway_server", "module_play", "without_layout"]

S, K = Status, Kind
OFFICERS = ("chancery", "executor", "executor2", "head", "supervisor", "auditor", "reviewer")
# marat holds another licence, dana none; superior and quality sit in other bodies
PEOPLE = ("aigerim", "bolat", "marat", "dana", "admin", *OFFICERS, "superior", "quality")
MAY: dict[Actor, frozenset[str]] = {
    Actor.APPLICANT: frozenset({"aigerim", "bolat"}),
    Actor.SIGNATORY: frozenset({"aigerim"}),
    Actor.ASSIGNER: frozenset({"chancery", "supervisor"}),
    Actor.SECRETARY: frozenset({"executor", "executor2", "chancery"}),
    Actor.HEAD: frozenset({"head"}),
    Actor.PARTICIPANT: frozenset({"aigerim", "bolat", "executor", "executor2", "head"}),
}
# conditions of law that the walked proceedings do not meet
CLOSED: dict[str, tuple[int, str]] = {
    "postpone_hearing": (422, "NO_ORAL_HEARING"),
    "sign_protocol": (422, "NO_ORAL_HEARING"),
    "record_hearing": (422, "OBJECTIONS_OPEN"),
    "agree_late_notice": (422, "NOTICE_IN_TIME"),
    "sign": (409, "NOT_OPENED"),
    "decide_recusal": (409, "NO_RECUSAL"),
}
EVENT = {
    "grounds": [
        {"code": "6", "facts_kk": "Дара кәсіпкер қайтыс болды.", "facts_ru": "Смерть предпринимателя."}
    ]
}
ERRORS = {"corrections": [{"field": "holder_ru", "reads": "ТОО «Верное имя»"}]}
PREPARED: dict[Kind, dict[str, Any]] = {
    K.TERMINATE_BY_EVENT: EVENT,
    K.SUSPEND: {"grounds": ASSESSED},
    K.CORRECT: ERRORS,
}
SUSPENDED_BY = {
    K.RESUME_AFTER_CURE: "suspend",
    K.RESUME_ON_REQUEST: "suspend_on_request",
    K.GO_TO_COURT: "suspend",
}


def on(text: str) -> datetime:
    return moment(f"2026-11-{text}")


@dataclass
class Walk:
    """A proceeding of one kind through every state it has; what follows from a state is taken back again."""

    docket: Docket
    licence: Licence
    kind: Kind
    visit: Callable[[UUID, datetime], None]
    visited: list[tuple[str, str]] = field(default_factory=list)

    def here(self, case: UUID, state: Status, at: datetime) -> None:
        """Everybody tries everything."""
        row = Proceeding.objects.get(pk=case)
        assert row.status == state
        self.visited.append((str(state), row.prepared_outcome if state is S.SIGNING else ""))
        self.visit(case, at)

    def through_all(self) -> None:
        suspended_by = SUSPENDED_BY.get(self.kind)
        if suspended_by:
            suspended(self.licence, suspended_by)
        if self.kind in BY_LICENSEE and self.kind in BY_EXECUTOR:
            with taken_back():
                self.asked_for()
            self.opened(
                self.docket.begin(self.licence.number, str(self.kind), on("02T11:00"), who="executor")
            )
        elif self.kind in BY_LICENSEE:
            self.asked_for()
        elif self.kind is K.GO_TO_COURT:
            note_ended_suspensions(at=on("02T10:00"))
            self.docket.play.deliver()
            case = Proceeding.objects.get(kind=self.kind).pk
            self.docket.assign(case, on("02T10:20"))
            self.docket.attach(case, on("02T10:30"), who="executor", title="Иск")
            self.opened(case)
        else:
            case = self.docket.begin(self.licence.number, str(self.kind), on("02T11:00"), who="executor")
            self.docket.attach(case, on("02T11:00"), who="executor", title="Основание")
            self.opened(case)

    def asked_for(self) -> None:
        docket, case = self.docket, self._draft()
        self.here(case, S.DRAFT, on("02T11:10"))
        with taken_back():
            self._file(case, on("02T19:05"))
            self.here(case, S.SUBMITTED, on("02T19:10"))
        self._file(case, on("02T11:20"))
        docket.assign(case, on("02T11:30"))
        self.here(case, S.REGISTERED, on("02T11:40"))
        with taken_back():
            docket.signed(case, "withdraw", on("02T12:00"), who="aigerim", reason="Передумали.")
            self.here(case, S.WITHDRAWN, on("02T12:10"))
        self.void(case)
        with taken_back():
            docket.act("prepare", case, on("03T10:00"), who="executor")
            self.decided(case, S.DONE)
        if "prepare_refusal" in ACTIONS_OF[self.kind]:
            if self.kind in HEARING_KINDS:
                self.heard(case, NOT_CURED)
            docket.act(
                "prepare_refusal", case, on("06T10:00"), who="executor", content={"grounds": NOT_CURED}
            )
            self.decided(case, S.REFUSED)

    def opened(self, case: UUID) -> None:
        docket, act = self.docket, partial(self.docket.act, who="executor")
        self.here(case, S.OPENED, on("02T11:40"))
        self.void(case)
        if "drop" in ACTIONS_OF[self.kind]:
            with taken_back():
                act("drop", case, on("02T12:00"), reason="Основание отпало.")
                self.here(case, S.DROPPED, on("02T12:10"))
        match self.kind:
            case K.SUSPEND:
                self.heard(case, SUSPENSION["grounds"], months=SUSPENSION["months"])
                act("prepare", case, on("06T10:00"), content={"grounds": ASSESSED})
            case K.TERMINATE_BY_EVENT | K.CORRECT:
                act("prepare", case, on("03T10:00"), content=PREPARED[self.kind])
            case K.GO_TO_COURT:
                act("file_suit", case, on("03T10:00"), **suit(case))
            case _:
                act("record_court_act", case, on("03T10:00"), **court_act(case))
        if self.kind is K.COURT_ACT:
            self.here(case, S.SIGNING, on("06T10:10"))
            docket.signed(case, "confirm_court_act", on("06T11:00"), who="head")
            self.here(case, S.DONE, on("06T11:10"))
        else:
            self.decided(case, S.DONE)

    def heard(self, case: UUID, grounds: list[dict[str, Any]], **said: Any) -> None:
        self.docket.signed(case, "notify_hearing", on("03T10:00"), who="executor", grounds=grounds, **said)
        self.docket.play.deliver()  # the objection term stands in the notice
        self.here(case, S.HEARING, on("03T10:10"))
        self.docket.act("record_hearing", case, on("06T09:30"), who="executor")
        self.here(case, S.HEARD, on("06T09:40"))

    def decided(self, case: UUID, ended: Status) -> None:
        self.here(case, S.SIGNING, on("06T10:10"))
        self.docket.decide(case, on("06T11:00"))
        self.here(case, ended, on("06T11:10"))

    def void(self, case: UUID) -> None:
        with taken_back():
            terminate_licence(
                licence_id=self.licence.pk,
                since=on("02T00:00").date(),
                basis="terminate_by_event",
                act_id=uuid4(),
                actor_id=uuid4(),
                at=on("02T12:00"),
            )
            self.docket.play.deliver()
            self.here(case, S.VOID, on("02T12:10"))

    def _draft(self) -> UUID:
        case = self.docket.begin(self.licence.number, str(self.kind), on("02T11:00"), who="aigerim")
        if self.kind is K.RESUME_AFTER_CURE:
            self.docket.attach(case, on("02T11:00"), who="aigerim", title="Договор с пулом")
        return case

    def _file(self, case: UUID, at: datetime) -> None:
        named = ERRORS if self.kind is K.CORRECT else {"months": 2}
        self.docket.signed(case, "submit", at, who="aigerim", reason="Ремонт подстанции.", **named)


def suspended(licence: Licence, basis: str) -> None:
    """Since 1 August, so that its three months are over by now: a suit is due, a cure may still be applied for."""
    suspend_licence(
        licence_id=licence.pk,
        since=moment("2026-08-01T00:00").date(),
        months=3,
        basis=basis,
        act_id=uuid4(),
        actor_id=uuid4(),
        at=moment("2026-08-01T12:00"),
    )


def scan_of(case: UUID) -> str:
    return str(
        Proceeding.objects.get(pk=case).case.files.order_by("created_at").values_list("pk", flat=True)[0]
    )


def suit(case: UUID, **scan: str) -> dict[str, Any]:
    named = scan or {"scan": scan_of(case)}
    return {"court": "СМАС города Астаны", "date": "2026-11-02", "number": "7194-26", **named}


def court_act(case: UUID, **scan: str) -> dict[str, Any]:
    named = scan or {"scan": scan_of(case)}
    said = {"outcome": "revoked", "court": "СМАС города Астаны", "number": "7194-26"}
    return {**said, "in_force_on": "2026-10-20", **named}


class Played:
    """Two licences of two licensees, and a program for everybody."""

    def __init__(self, play: QuietPlay) -> None:
        self.docket = Docket(play)
        self.programs = programs_of(play.people)
        self.licence = granted(Party.objects.get(number=COMPANY_BIN), centres=[CENTRE, CENTRE])
        granted(Party.objects.get(representations__person__login="marat"))


@pytest.fixture(scope="module")
def played(module_play: QuietPlay) -> Played:
    return Played(module_play)


def expected(login: str, action: str, row: Proceeding) -> tuple[int, str]:
    """What the door must answer, by the tables."""
    kind, state, officer = Kind(row.kind), Status(row.status), row.case.executor
    if login not in ("aigerim", "bolat") and (
        login not in OFFICERS or state is S.DRAFT or not row.case.received_at
    ):
        return 404, "NOT_FOUND"
    if action not in ACTIONS_OF[kind]:  # the door of signatures names the actions that are signed
        by_decision = action in ("sign", "confirm_court_act") or not ACTIONS[action].signed
        return 422, "NOT_OF_THIS_KIND" if by_decision else "BAD_INPUT"
    found = ACTIONS_OF[kind][action]
    assigned = officer.login if officer else ""
    if not (login == assigned if found.actor is Actor.EXECUTOR else login in MAY[found.actor]):
        return 403, "NOT_PERMITTED"
    if state not in found.sources:
        return 422, "WRONG_STATE"
    if action == "withdraw" and not row.by_licensee:
        return 422, "NOT_YOUR_REQUEST"
    return CLOSED.get(action) or ((201 if found.signed else 200), "")


def said(action: str, row: Proceeding) -> dict[str, Any]:
    """What goes with an action that is not signed."""
    match action:
        case "assign":
            return {"executor": "executor2", "reason": "Отпуск"}
        case "prepare" if row.kind in PREPARED:
            return PREPARED[Kind(row.kind)]
        case "prepare_refusal":
            return {"grounds": NOT_CURED}
        case "file_suit" if row.kind == K.GO_TO_COURT:
            return suit(row.pk, scan_id=scan_of(row.pk))
        case "record_court_act" if row.kind == K.COURT_ACT:
            return court_act(row.pk, scan_id=scan_of(row.pk))
    return bodies.BODY_EXAMPLES[action]


def asked_params(action: str, row: Proceeding) -> dict[str, Any]:
    """What goes with an action that is signed: before a refusal the grounds have no codes of a suspension."""
    if action == "notify_hearing" and row.kind != K.SUSPEND:
        return {"grounds": NOT_CURED}
    if action == "submit" and row.kind == K.CORRECT:
        return ERRORS
    return bodies.PARAMS_EXAMPLES[action]


def ask(program: Program, row: Proceeding, action: str) -> tuple[int, str]:
    """The first thing a program does for an action: for the bytes to sign, or the act itself."""
    path, version = f"proceedings/{row.pk}/", row.case.version
    if ACTIONS[action].signed:
        params = asked_params(action, row)
        answer = program.post(f"{path}sign-request/", {"action": action, "params": params}, version=version)
    else:
        answer = program.post(f"{path}actions/{action}/", said(action, row), version=version)
    return answer.status_code, answer.json().get("code", "")


def posted(login: str, row: Proceeding, turn: int, wanted: dict[str, tuple[int, str]]) -> Iterator[str]:
    """What this person tries in this state: their own steps of an open proceeding, and some of the rest in turn."""
    for place, action in enumerate(ACTIONS):
        in_turn = (place + PEOPLE.index(login) + turn) % TURNS == 0
        own = wanted[action][0] not in (403, 404) and action in ACTIONS_OF[Kind(row.kind)]
        if in_turn or (own and row.status not in TERMINAL):
            yield action


def listed_wrong(program: Program, row: Proceeding, wanted: dict[str, tuple[int, str]]) -> dict[Any, Any]:
    """Where the list of actions says otherwise than the doors do."""
    answer = program.get(f"proceedings/{row.pk}/")
    if answer.status_code == 404:
        return (
            {} if {status for status, _code in wanted.values()} == {404} else {(program.login, "list"): 404}
        )
    offered = {one["action"]: one for one in answer.json()["actions"]}
    shown = {action for action in ACTIONS_OF[Kind(row.kind)] if wanted[action][0] != 403}
    wrong: dict[Any, Any] = {}
    if set(offered) != shown:
        wrong[program.login, "list"] = set(offered) ^ shown
    for action in shown & set(offered):
        one, (status, code) = offered[action], wanted[action]
        # that another step comes first is known only at the door
        if status != 409 and (one["possible"], one["code"] or "") != (status < 400, code):
            wrong[program.login, f"list: {action}"] = (one["code"], code)
        if not one["possible"] and not (one["citation"] and one["reason"] and one["advice"]):
            wrong[program.login, f"words: {action}"] = one
    return wrong


TURNS = 7
QUICK = (K.TERMINATE_BY_EVENT,)  # the others pass more states, and take longer
SIGNING_OF = {
    kind: {"grant", *(["refuse"] if "prepare_refusal" in ACTIONS_OF[kind] else [])} for kind in Kind
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=() if kind in QUICK else pytest.mark.slow)
        for kind in Kind
        if kind not in RECEIVED  # what is only received has no steps
    ],
)
def test_every_step_of_every_person_in_every_state(played: Played, kind: Kind):
    wrong: dict[Any, Any] = {}

    def tried(case: UUID, at: datetime) -> None:
        row = Proceeding.objects.select_related("case__executor").get(pk=case)
        before = everything()
        with legal_time(at):
            for login in PEOPLE:
                wanted = {action: expected(login, action, row) for action in ACTIONS}
                amiss = listed_wrong(played.programs[login], row, wanted)
                for action in posted(login, row, len(walk.visited), wanted):
                    with taken_back() if wanted[action][0] < 400 else nullcontext():
                        answered = ask(played.programs[login], row, action)
                    if answered != wanted[action]:
                        amiss[login, action] = (answered, wanted[action])
                wrong.update({(walk.visited[-1], *key): found for key, found in amiss.items()})
        assert everything() == before  # what was refused changed and recorded nothing

    walk = Walk(played.docket, played.licence, kind, tried)
    with taken_back():
        walk.through_all()
    assert wrong == {}
    sources = {state for action in ACTIONS_OF[kind].values() for state in action.sources}
    if kind not in HEARING_KINDS:  # a withdrawal names every state of a filed request
        sources -= {S.HEARING, S.HEARD}
    ends = {S.DONE, S.VOID}
    ends |= {
        end
        for end, by in ((S.REFUSED, "prepare_refusal"), (S.WITHDRAWN, "withdraw"), (S.DROPPED, "drop"))
        if by in ACTIONS_OF[kind]
    }
    assert {state for state, _outcome in walk.visited} == sources | ends
    assert {outcome for state, outcome in walk.visited if state == S.SIGNING} == SIGNING_OF[kind]


@pytest.mark.django_db
def test_who_may_open_which_kind(played: Played):
    """Every kind by everybody: the licensee's, the executor's, the watch's own (process.md, the table of kinds)."""
    wrong = {}
    with legal_time(on("02T11:00")):
        for login in PEOPLE:
            for kind in Kind:
                wanted = may_open(login, kind)
                with taken_back():
                    path = f"licenses/{played.licence.number}/proceedings/"
                    answer = played.programs[login].post(path, {"kind": kind})
                    answered = (answer.status_code, answer.json().get("code", ""))
                if answered != wanted:
                    wrong[login, kind] = (answered, wanted)
    assert wrong == {}


def may_open(login: str, kind: Kind) -> tuple[int, str]:
    if kind == K.GO_TO_COURT:
        return 422, "BAD_INPUT"
    licensee, executor = login in ("aigerim", "bolat"), login in ("executor", "executor2")
    if not licensee and login not in OFFICERS:
        return 404, "NOT_FOUND"
    if not ((licensee and kind in BY_LICENSEE) or (executor and kind in BY_EXECUTOR)):
        return 403, "NOT_PERMITTED"
    if kind in SUSPENDED_BY:
        return 422, "TARGET_STATE"
    return 201, ""
