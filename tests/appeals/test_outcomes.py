"""Every outcome by every role before every body; what a body outside the portal decided; bodies that are no objects."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest

from appeals.api import bodies
from appeals.models import Complaint, OutsideOutcome
from appeals.statuses import ACTIONS, OUTCOMES, Addressee, Status
from applications.models import Application
from casework.decisions.models import Act, Cancellation
from casework.documents.selectors.outgoing import documents_of, download
from foundation.accounts.models import Body, Person, Role, RoleHolding
from foundation.kernel.clock import legal_now, legal_time
from foundation.kernel.refusals import NotFound, NotPermitted
from sandbox.cast import SINCE
from sandbox.complaints import Complaints
from sandbox.papers import evidence_pdf
from tests.api.conftest import Program, programs_of
from tests.applications.conftest import module_play
from tests.applications.stages import QuietPlay, Stages, everything, moment, nothing_changes

__all__ = ["module_play"]

pytestmark = pytest.mark.django_db
OF_PROVIDER = ("chancery", "executor", "executor2", "head", "supervisor", "auditor", "reviewer")
PEOPLE = ("aigerim", "bolat", "dana", "admin", *OF_PROVIDER, "superior", "quality")
REVIEWER = {Addressee.PROVIDER: "reviewer", Addressee.SUPERIOR: "superior", Addressee.QUALITY: "quality"}
# outcome -> what becomes of the refused application, and whether its refusal is still in force
FOLLOWS = {
    Status.CANCELLED: ("review", False),
    Status.CANCELLED_NEW_ACT: ("review", False),  # the new act is made in the case
    Status.ACTION_ORDERED: ("review", False),
    Status.DISMISSED: ("refused", True),
    Status.REMANDED: ("review", False),
}


def on(text: str) -> datetime:
    return moment(f"2026-11-{text}")


class Before:
    """A complaint heard by each body, and one that waits at a superior body."""

    def __init__(self, play: QuietPlay) -> None:
        self.play, self.complaints = play, Complaints(play)
        self.refused = Stages(play).refused()
        play.pass_time(on("10T12:10"))
        self.programs = programs_of(play.people)
        self.heard = {addressee: self._heard(addressee) for addressee in Addressee}
        self.forwarded = self._forwarded(Addressee.SUPERIOR)

    def _forwarded(self, addressee: Addressee) -> UUID:
        pk: UUID = self.complaints.draft(self.refused, on("11T10:00"), addressee=addressee).pk
        self.complaints.file(pk, on("11T10:05"))
        if addressee is not Addressee.PROVIDER:
            self.complaints.forward(pk, on("11T11:00"))
            self.complaints.open_and_sign(pk, on("11T11:10"), who="head")
        return pk

    def _heard(self, addressee: Addressee) -> UUID:
        pk, who = self._forwarded(addressee), REVIEWER[addressee]
        self.complaints.assign(pk, on("11T12:00"), to=who)
        self.complaints.notify(pk, on("12T10:00"), who=who)
        self.complaints.record_hearing(pk, on("17T10:00"), who=who)
        return pk


@pytest.fixture(scope="module")
def before(module_play: QuietPlay) -> Before:
    return Before(module_play)


def act(program: Program, pk: UUID, action: str, body: Any = None) -> Any:
    version = Complaint.objects.get(pk=pk).case.version
    path = f"complaints/{pk}/actions/{action}/"
    return program.post(path, {} if body is None else body, version=version, key=uuid4().hex)


def sign(program: Program, pk: UUID) -> Any:
    """What a program does: ask for the bytes, have them signed, send the CMS."""
    asked = program.post(f"complaints/{pk}/sign-request/", {"action": "sign"}).json()
    return act(program, pk, "sign", {"sign_request": asked["id"], "cms": program.cms(asked["data_b64"])})


def reads_what_is_signed(login: str, pk: UUID) -> bool:
    """Does the person get the bytes of the answer in both languages, before it is signed?"""
    papers = documents_of(pk).filter(kind="complaint_answer", state="prepared")
    assert {paper.language for paper in papers} == {"kk", "ru"}
    person = Person.objects.get(login=login)
    try:
        return all(download(paper.pk, person=person, at=legal_now())[1] for paper in papers)
    except (NotPermitted, NotFound):
        return False


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("addressee", list(Addressee))
def test_every_outcome_by_every_role_before_every_body(before: Before, addressee: Addressee, outcome: Status):
    pk, who = before.heard[addressee], REVIEWER[addressee]
    decision = {**bodies.BODY_EXAMPLES["prepare_decision"], "outcome": str(outcome)}
    with legal_time(on("17T10:10")):
        untouched = everything()
        refused = {
            login: act(before.programs[login], pk, "prepare_decision", decision).status_code
            for login in PEOPLE
            if login != who
        }
        blind = {"dana", "admin", *(set(REVIEWER.values()) - {who, "reviewer"})}
        assert refused == {login: 404 if login in blind else 403 for login in refused}
        assert everything() == untouched
        program = before.programs[who]
        assert act(program, pk, "prepare_decision", decision).json()["status"] == "signing"
        assert act(program, pk, "open_signing").status_code == 200
        assert reads_what_is_signed(who, pk)
        assert not reads_what_is_signed("executor", pk)
        waiting = everything()
        for login in set(PEOPLE) - {who}:
            answer = before.programs[login].post(f"complaints/{pk}/sign-request/", {"action": "sign"})
            assert answer.status_code == refused[login], login
        assert everything() == waiting
        answer = sign(program, pk)
        assert (answer.status_code, answer.json()["status"]) == (200, outcome)
    status, in_force = FOLLOWS[outcome]
    assert Application.objects.get(pk=before.refused).status == status
    refusal = Act.objects.get(case=before.refused, kind="refusal", state="signed")
    assert Cancellation.objects.filter(act=refusal).exists() is not in_force


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_a_body_outside_the_portal_decided_is_recorded_by_the_chancery_alone(
    before: Before, outcome: Status
):
    """process.md, record outcome: number, date, scan; the same follows as from a decision in the portal."""
    pk = before.forwarded
    said = {
        "outcome": str(outcome),
        "number": "17-05/112",
        "decided_on": "2026-11-16",
        "reasons": "Письмо органа.",
    }

    def record(login: str, **changes: Any) -> Any:
        scan = {"scan": BytesIO(evidence_pdf("scan", "Решение по жалобе"))}
        scan["scan"].name = "решение.pdf"
        version = str(Complaint.objects.get(pk=pk).case.version)
        path = f"complaints/{pk}/actions/record_outcome/"
        body = {name: value for name, value in {**said, **scan, **changes}.items() if value is not None}
        return before.programs[login].upload(path, body, **{"If-Match": version})

    with legal_time(on("17T10:10")):
        with nothing_changes():
            here = record("chancery")
            assert (here.status_code, here.json()["code"]) == (422, "DECIDES_HERE")
        Body.objects.filter(kind="superior").update(works_in_portal=False)
        with nothing_changes():
            codes = {login: record(login).status_code for login in PEOPLE if login != "chancery"}
            assert codes == {login: 404 if login in ("dana", "admin", "quality") else 403 for login in codes}
            for wrong in ({"scan": None}, {"number": ""}, {"decided_on": "2026-11-18"}, {"outcome": "left"}):
                answer = record("chancery", **wrong)
                assert (answer.status_code, list(answer.json()["errors"])) == (422, list(wrong))
        answer = record("chancery")
        assert (answer.status_code, answer.json()["status"]) == (200, outcome)
    recorded = OutsideOutcome.objects.get(complaint=pk)
    assert (recorded.number, f"{recorded.decided_on}", recorded.scan.name) == (
        "17-05/112",
        "2026-11-16",
        "решение.pdf",
    )
    status, in_force = FOLLOWS[outcome]
    assert Application.objects.get(pk=before.refused).status == status
    assert Cancellation.objects.filter(act__case=before.refused).exists() is not in_force


@pytest.mark.parametrize("body", ["null", "[]", '["x"]', '"x"', "7", "true"])
def test_a_body_that_is_no_object_is_refused_by_every_door(before: Before, body: str):
    pk, draft = before.forwarded, before.complaints.draft(before.refused, on("11T10:00")).pk

    def send(method: str, login: str, path: str, complaint: UUID) -> int:
        version, program = Complaint.objects.get(pk=complaint).case.version, before.programs[login]
        headers = {**program._headers(), "If-Match": str(version), "Idempotency-Key": uuid4().hex}
        url, kind = f"/api/v1/complaints/{path}", "application/json"
        code: int = program.client.generic(method, url, body, content_type=kind, headers=headers).status_code
        return code

    with legal_time(on("17T10:10")), nothing_changes():
        assert send("PATCH", "aigerim", f"{draft}/", draft) == 422
        assert send("POST", "aigerim", "", draft) == 422
        assert send("POST", "aigerim", f"{draft}/files/", draft) in (415, 422)
        for complaint, login in ((draft, "aigerim"), (pk, "chancery"), (pk, "superior"), (pk, "head")):
            assert send("POST", login, f"{complaint}/sign-request/", complaint) == 422
            for action in ACTIONS:
                assert send("POST", login, f"{complaint}/actions/{action}/", complaint) in (403, 422), action
    assert before.heard


def test_an_oral_hearing_before_a_body_is_chaired_by_its_reviewer_with_a_colleague(before: Before):
    """APPC 74: chair and secretary are officers of the body that hears, none of whom made the act."""
    play, pk = before.play, before.forwarded
    RoleHolding.objects.create(
        person=play.people["auditor"],
        body=Body.objects.get(kind="superior"),
        role=Role.REVIEWER,
        valid_from=SINCE.date(),
    )
    before.complaints.assign(pk, on("11T12:00"), to="superior")
    before.complaints.notify(pk, on("12T10:00"), who="superior")
    held = {
        "started_at": "2026-11-16T10:00:00+05:00",
        "ended_at": "2026-11-16T10:30:00+05:00",
        "explanations": "Адрес указан на обороте.",
        "attended": True,
        "present": ["Айгерім Тестова"],
    }
    programs = before.programs
    with legal_time(on("12T11:00")):
        assert act(programs["aigerim"], pk, "request_oral").status_code == 200
    with legal_time(on("12T12:00")):
        when = {"planned_at": "2026-11-16T10:00:00+05:00", "place": "Астана, каб. 5"}
        assert act(programs["superior"], pk, "postpone_hearing", when).status_code == 200
    codes = []
    with legal_time(on("17T10:40")):
        for login in ("executor2", "superior", "auditor", "superior"):
            asked = programs[login].post(
                f"complaints/{pk}/sign-request/", {"action": "sign_protocol", "params": held}
            )
            if asked.status_code != 201:
                codes.append((login, asked.json()["code"]))
                continue
            request = asked.json()
            cms = programs[login].cms(request["data_b64"], SUPERIOR_KEY if login == "auditor" else None)
            answer = act(programs[login], pk, "sign_protocol", {"sign_request": request["id"], "cms": cms})
            codes.append((login, str(answer.status_code)))
        assert act(programs["superior"], pk, "record_hearing").json()["status"] == "heard"
    assert codes == [
        ("executor2", "NOT_PERMITTED"),
        ("superior", "FOUR_EYES"),
        ("auditor", "200"),
        ("superior", "200"),
    ]


SUPERIOR_KEY = "auditor-superior"


@pytest.fixture(autouse=True)
def _key_of_the_second_officer() -> Iterator[None]:
    """The auditor's key as an officer of the superior body."""
    from sandbox.cast import ALL, body_bin
    from sandbox.eds import issue_identity

    who = next(demo for demo in ALL if demo.login == "auditor")
    issue_identity(
        SUPERIOR_KEY,
        iin=who.iin,
        common_name=f"{who.surname} {who.given_name}".upper(),
        surname=who.surname.upper(),
        patronymic=who.patronymic.upper(),
        sign=True,
        roles={"ORGANIZATION", "EMPLOYEE"},
        bin=body_bin("superior"),
        organization="Комиссия (демо)",
    )
    yield
