"""The minutes that decide: last evenings of notice, objections and service, and a withdrawal against a signature."""

from uuid import UUID

import pytest

from casework.deadlines.models import Term
from casework.decisions.models import Act, Hearing, SignRequest
from casework.documents.models import OfficialDocument
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import Refusal
from licenses.models import Licence
from tests.applications.stages import (
    LAST_NOTICE_DAY,
    SERVICE_ENDS,
    QuietPlay,
    Stages,
    answer,
    moment,
    nothing_changes,
    perform,
    request,
)

pytestmark = pytest.mark.django_db
MONTH = "2026-11-"


@pytest.fixture(scope="module")
def made(module_play: QuietPlay) -> dict[str, UUID]:
    stages = Stages(module_play)
    return {
        "review": stages.examined(not_met=("I-1",)),
        "hearing": stages.hearing(),
        "licence": stages.prepared(),
    }


@pytest.fixture
def play(made, module_play, gateway) -> QuietPlay:
    return module_play


def at(text: str):
    return moment(text if text.startswith("2026") else MONTH + text)


def refused(code: str, action, *args, **kwargs) -> Refusal:
    with nothing_changes(), pytest.raises(Refusal) as caught:
        action(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def test_a_notice_at_18_29_of_the_last_day_is_in_time_and_leaves_the_whole_way(made, play):
    """Rules 10: notice on the 18th, objections until the 20th, refusal on the 23rd, the last day of service."""
    case = made["review"]
    perform(play, "notify_hearing", case, at(f"{LAST_NOTICE_DAY}T18:29"))
    hearing = Hearing.objects.get(case=case)
    assert (str(hearing.notified_on), hearing.late) == (LAST_NOTICE_DAY, False)
    assert almaty(hearing.objections_until) == at("21T00:00")
    assert str(hearing.refusal_not_before) == SERVICE_ENDS
    assert Term.objects.get(case=case, code="hearing_notice").state == "met"
    perform(play, "record_hearing", case, at("23T09:00"))
    perform(play, "prepare_refusal", case, at("23T10:00"))
    play.deliver()
    perform(play, "open_signing", case, at("23T18:20"))
    perform(play, "sign", case, at("23T18:29"))
    act = Act.objects.get(case=case, kind="refusal", state="signed")
    service = Term.objects.get(case=case, code="service")
    assert (str(act.act_date), service.state) == (SERVICE_ENDS, "met")


def test_a_notice_at_18_31_of_the_last_day_is_late(made, play):
    case = made["review"]
    refusal = refused(
        "NOTICE_TOO_LATE", perform, play, "notify_hearing", case, at(f"{LAST_NOTICE_DAY}T18:31")
    )
    assert "10" in str(refusal.citation)
    perform(play, "agree_late_notice", case, at(f"{LAST_NOTICE_DAY}T18:40"))
    perform(play, "notify_hearing", case, at(f"{LAST_NOTICE_DAY}T18:45"))
    hearing = Hearing.objects.get(case=case)
    # done in the evening it bears the next day, and every other limit runs from there
    assert (str(hearing.notified_on), hearing.late) == ("2026-11-19", True)
    assert str(hearing.refusal_not_before) == "2026-11-24"


def test_an_oral_request_at_23_50_of_notice_plus_two_is_heard_on_the_morning_of_notice_plus_three(made, play):
    """APPC 73(3): noticed on the 5th, asked on the 9th, held on the 10th, decided on the 10th."""
    case = made["hearing"]
    perform(play, "request_oral", case, at("09T23:50"))
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("10T09:00"))
    perform(play, "postpone_hearing", case, at("10T09:00"), planned_at=at("10T11:00"))
    held = {
        "started_at": "2026-11-10T11:00+05:00",
        "ended_at": "2026-11-10T11:20+05:00",
        "attended": False,
        "present": [],
        "explanations": "",
    }
    perform(play, "sign_protocol", case, at("10T11:30"), **held)
    perform(play, "sign_protocol", case, at("10T11:35"), "executor")
    perform(play, "record_hearing", case, at("10T11:40"))
    perform(play, "prepare_refusal", case, at("10T11:50"))
    play.deliver()
    perform(play, "open_signing", case, at("10T12:00"))
    perform(play, "sign", case, at("10T12:05"))
    hearing = Hearing.objects.get(case=case)
    assert (hearing.state, hearing.attended) == ("recorded", False)
    assert play.fresh(case).status == "refused"


def test_an_oral_request_a_minute_after_midnight_is_too_late(made, play):
    refusal = refused("OBJECTIONS_OVER", perform, play, "request_oral", made["hearing"], at("10T00:01"))
    assert "73(3)" in str(refusal.citation)


def test_bytes_opened_in_time_are_dead_at_18_31_of_the_last_day(made, play):
    opened = perform(play, "open_signing", made["licence"], at("23T18:25"))
    refused("CHALLENGE_EXPIRED", answer, play, opened, at("23T18:31"))


def test_a_signature_at_18_31_of_the_last_day_bears_the_next_and_is_a_breach(made, play):
    case = made["licence"]
    opened = perform(play, "open_signing", case, at("23T18:30:30"))
    answer(play, opened, at("23T18:31"))
    service = Term.objects.get(case=case, code="service")
    licence = Licence.objects.get(case_id=case)
    assert (str(licence.issued_on), service.state) == ("2026-11-24", "breached")
    assert almaty(licence.public_from) == at("24T09:00")


def test_withdrawn_at_18_00_a_signature_at_18_05_is_a_conflict_that_changes_nothing(made, play):
    case = made["licence"]
    opened = perform(play, "open_signing", case, at("06T17:58"))
    perform(play, "withdraw", case, at("06T18:00"))
    refusal = refused("CHALLENGE_EXPIRED", answer, play, opened, at("06T18:05"))
    assert refusal.status == 409
    assert SignRequest.objects.get(pk=opened.pk).state == "dead"
    assert {row.state for row in OfficialDocument.objects.filter(act_id=opened.act_id)} == {"void"}
    assert not Licence.objects.filter(case_id=case).exists()


def test_signed_at_18_05_a_withdrawal_asked_for_at_18_00_comes_too_late(made, play):
    """Whichever commits first wins: a request made earlier is no reservation."""
    case = made["licence"]
    opened = perform(play, "open_signing", case, at("06T17:58"))
    asked = request(play, "withdraw", case, at("06T18:00"))
    answer(play, opened, at("06T18:05"))
    refusal = refused("CHALLENGE_EXPIRED", answer, play, asked, at("06T18:06"))
    assert refusal.status == 409
    assert play.fresh(case).status == "issued"
