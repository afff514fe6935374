"""APPC 73(3): files of the answer are handed in with it, looked through, and named in what the applicant signs."""

import io
import json
from uuid import UUID

import pytest

from applications.services.acting import COURSE
from casework.decisions.models import Hearing, HearingFile
from casework.decisions.services.hearing_files import add_hearing_file, remove_hearing_file
from casework.documents.models import StoredFile
from foundation.kernel.refusals import Conflict, NotFound, NotPermitted, Refusal
from sandbox.papers import evidence_pdf
from sandbox.play import GROUNDS
from tests.applications.stages import QuietPlay, Stages, answer, moment, nothing_changes, perform, request

pytestmark = pytest.mark.django_db


def at(text: str):
    return moment(f"2026-11-{text}")


@pytest.fixture(scope="module")
def made(module_play: QuietPlay) -> dict[str, UUID]:
    stages = Stages(module_play)
    return {"hearing": stages.hearing(), "heard": stages.heard(), "review": stages.examined()}


@pytest.fixture
def play(made, module_play, gateway) -> QuietPlay:
    return module_play


def hand_in(play, case: UUID, when: str = "06T10:00", who: str = "aigerim", name: str = "Шарт.pdf"):
    stream = io.BytesIO(evidence_pdf("I-1", f"{name} {when}"))
    return add_hearing_file(COURSE, case, name=name, stream=stream, person=play.people[who], at=at(when))


def refused(kind, code: str, act) -> Refusal:
    with nothing_changes(), pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def test_the_signature_names_every_file_by_its_sha256(made, play):
    case = made["hearing"]
    first, second = hand_in(play, case), hand_in(play, case, "06T10:05", "bolat", "Үзінді.pdf")
    asked = request(play, "answer_hearing", case, at("06T11:00"))
    named = json.loads(bytes(asked.manifest))["statement"]["files"]
    assert [(row["name"], row["sha256"]) for row in named] == [
        ("Шарт.pdf", first.file.sha256),
        ("Үзінді.pdf", second.file.sha256),
    ]
    assert HearingFile.objects.filter(hearing__case=case, answer=None).count() == 2
    answer(play, asked, at("06T11:05"))
    assert set(HearingFile.objects.filter(hearing__case=case).values_list("answer", flat=True)) == {
        asked.act_id
    }


def test_a_second_answer_brings_its_own_files_only(made, play):
    case = made["hearing"]
    hand_in(play, case)
    perform(play, "answer_hearing", case, at("06T11:00"))
    later = hand_in(play, case, "06T12:00", name="Хат.pdf")
    asked = request(play, "answer_hearing", case, at("06T12:10"))
    assert [row["id"] for row in json.loads(bytes(asked.manifest))["statement"]["files"]] == [str(later.pk)]


def test_taken_out_it_is_gone_and_the_bytes_that_named_it_are_dead(made, play):
    case = made["hearing"]
    row = hand_in(play, case)
    asked = request(play, "answer_hearing", case, at("06T11:00"))
    remove_hearing_file(COURSE, case, file_id=row.pk, person=play.people["aigerim"], at=at("06T11:01"))
    assert StoredFile.objects.get(pk=row.file_id).deleted_at == at("06T11:01")
    refused(Conflict, "CHALLENGE_EXPIRED", lambda: answer(play, asked, at("06T11:02")))


def test_signed_it_stays(made, play):
    case = made["hearing"]
    row = hand_in(play, case)
    perform(play, "answer_hearing", case, at("06T11:00"))
    person = play.people["aigerim"]
    refused(
        Conflict,
        "FILE_FILED",
        lambda: remove_hearing_file(COURSE, case, file_id=row.pk, person=person, at=at("06T11:05")),
    )


def test_a_file_found_harmful_is_not_named(made, play):
    case = made["hearing"]
    row = hand_in(play, case)
    StoredFile.objects.filter(pk=row.file_id).update(
        scan_state="infected", scan_note="Eicar", scanned_at=at("06T10:01")
    )
    asked = request(play, "answer_hearing", case, at("06T11:00"))
    assert json.loads(bytes(asked.manifest))["statement"]["files"] == []


@pytest.mark.parametrize(
    ("case", "when", "who", "kind", "code"),
    [
        ("review", "06T10:00", "aigerim", Refusal, "WRONG_STATE"),
        ("hearing", "10T00:01", "aigerim", Refusal, "OBJECTIONS_OVER"),
        ("hearing", "06T10:00", "executor", NotPermitted, "NOT_PERMITTED"),
        ("hearing", "06T10:00", "dana", NotFound, "NOT_FOUND"),
    ],
)
def test_only_the_applicants_side_and_only_in_time(made, play, case, when, who, kind, code):
    refused(kind, code, lambda: hand_in(play, made[case], when, who))


def test_a_refusal_may_rest_on_a_page_of_the_answer(made, play):
    case = made["hearing"]
    row = hand_in(play, case)
    perform(play, "answer_hearing", case, at("06T11:00"), text="См. договор.", final=True)
    perform(play, "record_hearing", case, at("06T12:00"))
    said = [{**GROUNDS[0], "evidence": [f"{row.pk}#1"]}]
    perform(play, "prepare_refusal", case, at("06T13:00"), grounds=said)
    hearing = Hearing.objects.get(case=case)
    assert (hearing.state, hearing.answer) == ("recorded", "См. договор.")
