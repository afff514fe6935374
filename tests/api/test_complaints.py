"""Complaints through the API: who lists what, page by page; a reviewer of another body sees what came to it."""

from typing import Any
from uuid import uuid4

import pytest

from appeals.models import Complaint
from casework.cases.models import Case
from foundation.kernel.clock import legal_time
from sandbox.complaints import Complaints
from tests.api.conftest import Program, moment, programs_of
from tests.applications.conftest import gateway, gateway_server, quiet, stages, without_layout

__all__ = ["gateway", "gateway_server", "quiet", "stages", "without_layout"]

pytestmark = pytest.mark.django_db
AIGERIM_SIDE = {"aigerim", "bolat"}
OF_PROVIDER = {"chancery", "executor", "executor2", "head", "head2", "supervisor", "auditor", "reviewer"}


def on(text: str) -> Any:
    return moment(f"2026-11-{text}")


@pytest.fixture
def complaints(quiet: Any) -> Complaints:
    return Complaints(quiet)


@pytest.fixture
def programs(quiet: Any) -> dict[str, Program]:
    return programs_of(quiet.people)


@pytest.fixture
def refused(stages: Any, quiet: Any) -> Case:
    case: Case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


def who_gets(programs: dict[str, Program], path: str) -> set[str]:
    answers = {login: program.get(path).status_code for login, program in programs.items()}
    assert set(answers.values()) <= {200, 404}, answers
    return {login for login, code in answers.items() if code == 200}


def who_lists(programs: dict[str, Program], path: str, pk: Any) -> set[str]:
    found = {login: program.get(path).json()["results"] for login, program in programs.items()}
    return {login for login, rows in found.items() if str(pk) in [row["id"] for row in rows]}


def test_who_lists_which_complaint(
    refused: Any, complaints: Complaints, quiet: Any, programs: dict[str, Program]
):
    """Rules 19, 20: at the provider until it is forwarded; the case goes with it, and to that body alone."""
    draft = complaints.draft(refused, on("11T10:00"))
    with legal_time(on("11T10:01")):
        assert who_lists(programs, "complaints/", draft.pk) == AIGERIM_SIDE
        assert who_gets(programs, f"complaints/{draft.pk}/") == AIGERIM_SIDE
    complaint = complaints.file(draft.pk, on("11T10:05"))
    before = AIGERIM_SIDE | OF_PROVIDER
    with legal_time(on("11T10:06")):
        for path, pk in (("complaints/", complaint.pk), ("applications/", refused)):
            assert who_lists(programs, path, pk) == before
            assert who_gets(programs, f"{path}{pk}/") == before
            assert who_gets(programs, f"{path}{pk}/documents/") == before
        assert who_gets(programs, f"applications/{refused}/bundle.zip") == before
    complaints.forward(complaint.pk, on("12T10:00"))
    complaints.open_and_sign(complaint.pk, on("12T11:00"), who="head")
    quiet.pass_time(on("12T11:10"))
    after = before | {"superior"}  # neither the body for quality, nor strangers, nor the administrator
    with legal_time(on("12T11:11")):
        for path, pk in (("complaints/", complaint.pk), ("applications/", refused)):
            assert who_lists(programs, path, pk) == after
            assert who_gets(programs, f"{path}{pk}/") == after
            assert who_gets(programs, f"{path}{pk}/documents/") == after
        assert who_gets(programs, f"applications/{refused}/bundle.zip") == after


def test_the_list_goes_on_page_by_page(refused: Any, complaints: Complaints, programs: dict[str, Program]):
    made = [complaints.draft(refused, on("11T10:00")).case.draft_no for _ in range(3)]
    with legal_time(on("11T10:01")):
        first = programs["aigerim"].get("complaints/", limit=2).json()
        assert [row["draft_no"] for row in first["results"]] == [made[2], made[1]]
        cursor = first["next"].split("cursor=")[1].split("&")[0]
        second = programs["aigerim"].client.get(first["next"], headers=programs["aigerim"]._headers()).json()
        assert [row["draft_no"] for row in second["results"]] == [made[0]], cursor
        assert programs["aigerim"].get("complaints/", cursor="nowhere").status_code == 404


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ('{"demands": "x", "status": "satisfied", "about": null}', (422, "BAD_INPUT")),
        ('{"demands": ' + "[" * 50_000 + "]" * 50_000 + "}", (400, "BAD_REQUEST")),
        ('["demands"]', (422, "BAD_INPUT")),
    ],
    ids=["fields of the office", "deep", "a list"],
)
def test_what_a_draft_does_not_take_changes_nothing(
    refused: Any, complaints: Complaints, programs: dict[str, Program], body: str, wanted: tuple[int, str]
):
    draft = complaints.draft(refused, on("11T10:00"))
    before = (Complaint.objects.values().get(), Case.objects.values().get(pk=draft.pk))
    program = programs["aigerim"]
    with legal_time(on("11T10:01")):
        answer = program.client.patch(
            f"/api/v1/complaints/{draft.pk}/",
            body,
            content_type="application/json",
            headers={**program._headers(), "If-Match": str(draft.case.version)},
        )
    assert (answer.status_code, answer.json()["code"]) == wanted
    assert (Complaint.objects.values().get(), Case.objects.values().get(pk=draft.pk)) == before


def test_a_strangers_case_cannot_be_complained_of_nor_guessed(refused: Any, programs: dict[str, Program]):
    with legal_time(on("11T10:01")):
        codes = {
            login: programs[login].post("complaints/", {"target": "action", "about": str(about)}).status_code
            for login, about in (("dana", refused), ("marat", uuid4()), ("executor", refused))
        }
    assert codes == {"dana": 404, "marat": 404, "executor": 403}
    assert not Complaint.objects.exists()
