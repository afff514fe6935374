"""Who hears, who is heard and who signs: stand-ins, reassignment, recusal, four eyes (Rules 10, APPC 67, 73, 74)."""

from datetime import date
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from casework.cases.models import Absence
from casework.deadlines.models import Term
from casework.decisions.models import Act, Hearing, HearingSlot
from casework.documents.models import OfficialDocument
from foundation.accounts.models import Role, RoleHolding
from foundation.kernel.refusals import Refusal
from sandbox.play import Play
from tests.applications.stages import QuietPlay, Stages, moment, nothing_changes, perform

pytestmark = pytest.mark.django_db
MONTH = "2026-11-"
HELD = {
    "started_at": "2026-11-09T15:00+05:00",
    "ended_at": "2026-11-09T15:40+05:00",
    "attended": True,
    "present": ["Тестова А. Қ."],
    "explanations": "Адрес указан на обороте.",
}


@pytest.fixture(scope="module")
def made(module_play: QuietPlay) -> dict[str, UUID]:
    stages = Stages(module_play)
    return {"hearing": stages.hearing(), "other": stages.hearing(), "issue": stages.prepared()}


@pytest.fixture
def play(made, module_play, gateway) -> Play:
    return module_play


def at(text: str):
    return moment(MONTH + text)


def refused(code: str, action, *args, **kwargs) -> str:
    with nothing_changes(), pytest.raises(Refusal) as caught:
        action(*args, **kwargs)
    assert caught.value.code == code
    return str(caught.value.citation)


def stands_in(play: Play, first: int, last: int) -> None:
    span = {"first_day": date(2026, 11, first), "last_day": date(2026, 11, last)}
    Absence.objects.create(officer=play.people["executor"], substitute=play.people["executor2"], **span)


def hearing_of(case: UUID) -> Hearing:
    return Hearing.objects.filter(case=case).exclude(state="replaced").get()


def test_what_was_asked_for_need_not_be_asked_anew_after_a_new_notice(made, play):
    """APPC 73(3): the oral hearing that was asked for stays asked for; the notice says so; the first answer stays readable."""
    case = made["hearing"]
    perform(play, "request_oral", case, at("05T11:00"))
    perform(play, "answer_hearing", case, at("05T12:00"), text="Первый ответ.", final=False)
    perform(play, "notify_hearing", case, at("06T10:00"))
    hearing = hearing_of(case)
    assert (hearing.mode, hearing.oral_requested_at) == ("oral", at("06T10:00"))
    document = (
        OfficialDocument.objects.filter(act_id=hearing.notice_id, language="ru").select_related("final").get()
    )
    assert "устно, как Вы просили" in bytes(document.final.content).decode()
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("11T09:30"))


def test_a_new_notice_is_in_writing_for_who_gave_the_oral_hearing_up(made, play):
    case = made["hearing"]
    perform(play, "request_oral", case, at("05T11:00"))
    perform(play, "waive_hearing", case, at("05T12:00"))
    perform(play, "notify_hearing", case, at("06T10:00"))
    assert (hearing_of(case).mode, hearing_of(case).oral_requested_at) == ("written", None)


def test_who_stands_in_for_the_executor_hears_and_signs_as_chair(made, play):
    """APPC 74: the protocol names as chair who heard, and the slot is taken from that officer's time."""
    case = made["hearing"]
    stands_in(play, 9, 9)
    perform(play, "request_oral", case, at("06T10:00"))
    perform(play, "postpone_hearing", case, at("06T11:00"))
    assert HearingSlot.objects.get(hearing=hearing_of(case)).officer == play.people["executor2"]
    refused("FOUR_EYES", perform, play, "sign_protocol", case, at("09T16:00"), "executor2", **HELD)
    perform(play, "sign_protocol", case, at("09T16:00"), "chancery", **HELD)
    # the absent executor heard nobody
    refused("CHAIR_SIGNS", perform, play, "sign_protocol", case, at("09T16:05"), "executor", **HELD)
    perform(play, "sign_protocol", case, at("09T16:10"), "executor2")
    assert [row.person for row in hearing_of(case).protocol.signatures.order_by("pk")] == [
        play.people["chancery"],
        play.people["executor2"],
    ]


def test_the_time_of_a_hearing_goes_with_the_case_to_its_new_executor(made, play):
    perform(play, "request_oral", made["hearing"], at("06T10:00"))
    perform(play, "postpone_hearing", made["hearing"], at("06T11:00"))
    perform(play, "assign", made["hearing"], at("06T12:00"), executor="executor2")
    assert HearingSlot.objects.get(hearing=hearing_of(made["hearing"])).officer == play.people["executor2"]
    # and not to one who hears somebody else then
    perform(play, "request_oral", made["other"], at("06T10:00"))
    perform(play, "postpone_hearing", made["other"], at("06T13:00"), place="каб. 5")
    assert "10" in refused(
        "SLOT_TAKEN", perform, play, "assign", made["other"], at("06T15:00"), executor="executor2"
    )


def test_who_asked_to_be_heard_in_person_is_not_given_a_link_alone_and_a_held_hearing_is_not_moved(
    made, play
):
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    only_link = {"place": "", "link": "https://meet.example.kz/1"}
    refused("BAD_INPUT", perform, play, "postpone_hearing", case, at("06T11:00"), **only_link)
    perform(play, "postpone_hearing", case, at("06T11:00"))
    perform(play, "sign_protocol", case, at("09T16:00"), **HELD)
    perform(play, "sign_protocol", case, at("09T16:10"), "executor")
    refused(
        "HEARING_HELD", perform, play, "postpone_hearing", case, at("09T16:20"), planned_at=at("09T18:00")
    )


def test_nothing_is_signed_while_a_recusal_waits_nor_what_a_recused_officer_prepared(made, play):
    case = made["issue"]
    perform(play, "ask_recusal", case, at("06T09:00"))
    assert "67" in refused("RECUSAL_PENDING", perform, play, "open_signing", case, at("06T10:00"))
    perform(play, "decide_recusal", case, at("06T11:00"))
    assert "67" in refused("PREPARED_BY_RECUSED", perform, play, "open_signing", case, at("06T12:00"))
    perform(play, "send_back", case, at("06T12:30"))
    assert play.fresh(case).status == "review"


def test_who_prepared_it_before_it_was_sent_back_does_not_sign_it(made, play):
    case = made["issue"]
    perform(play, "send_back", case, at("06T10:00"))
    stands_in(play, 6, 6)
    play.prepare_issue(case, at("06T11:00"), who="executor2")
    held = {"body": play.fresh(case).case.body, "role": Role.HEAD, "valid_from": date(2026, 1, 1)}
    RoleHolding.objects.create(person=play.people["executor"], **held)
    refused("FOUR_EYES", perform, play, "open_signing", case, at("06T12:00"), "executor")
    perform(play, "open_signing", case, at("06T12:00"))


def test_a_decision_sent_back_after_the_last_day_for_the_notice_leaves_that_day_on_the_record(made, play):
    """Rules 10: the day was missed while the case stood at the head; a notice needs the head's consent."""
    case = made["issue"]
    perform(play, "send_back", case, at("19T10:00"))
    notice = Term.objects.filter(case=case, code="hearing_notice").latest("pk")
    assert (str(notice.due_on), notice.state) == ("2026-11-18", "open")
    refused("NOTICE_TOO_LATE", perform, play, "notify_hearing", case, at("19T11:00"))


def test_a_signed_act_stays_as_it_was_signed(made):
    """The grounds of the notice decide what may be refused (Rules 10): the database itself keeps them."""
    act = Act.objects.filter(case=made["hearing"], kind="hearing_notice", state="signed")
    for change in ({"content": {}}, {"number": "1"}, {"act_date": date(2026, 1, 1)}, {"state": "void"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            act.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        act.delete()
