"""Rules 10, APPC 73: no refusal without a hearing; its notice, its terms, its answers, and what comes after."""

from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from casework.cases.models import Absence
from casework.deadlines.models import Term
from casework.deadlines.services.exceptions import confirm_exception, enter_exception
from casework.decisions.models import Act, Hearing, LateNoticeConsent
from casework.documents.models import OfficialDocument
from foundation.accounts.models import Person, Role, RoleHolding
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, Refusal
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.services import confirm, propose
from sandbox.play import GROUNDS, Play
from tests.applications.stages import (
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
        "heard": stages.heard(),
        "refusal": stages.refusal_prepared(),
    }


@pytest.fixture
def play(made, module_play, gateway) -> Play:
    return module_play


def at(text: str):
    return moment(MONTH + text)


def hearing_of(case: UUID) -> Hearing:
    return Hearing.objects.filter(case=case).exclude(state="replaced").get()


def term(case: UUID, code: str) -> Term:
    return Term.objects.filter(case=case, code=code).latest("pk")


def refused(code: str, action, *args, **kwargs) -> Refusal:
    with nothing_changes(), pytest.raises(Refusal) as caught:
        action(*args, **kwargs)
    assert caught.value.code == code
    assert caught.value.citation
    return caught.value


# --- the notice ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("notified", "bears", "objections_until", "earliest"),
    [
        ("05T10:00", "2026-11-05", "2026-11-10T00:00", "2026-11-10"),  # Thursday
        ("06T18:30:00", "2026-11-06", "2026-11-11T00:00", "2026-11-11"),  # Friday, in time
        ("05T18:32", "2026-11-06", "2026-11-11T00:00", "2026-11-11"),  # in the evening it bears Friday
        ("07T12:00", "2026-11-09", "2026-11-12T00:00", "2026-11-12"),  # Saturday bears Monday
        ("18T18:29", "2026-11-18", "2026-11-21T00:00", "2026-11-23"),  # the last notice day
    ],
)
def test_terms_run_from_the_day_the_notice_bears(made, play, notified, bears, objections_until, earliest):
    case = made["review"]
    when = at(notified) - timedelta(minutes=1)
    asked = request(play, "notify_hearing", case, when)
    answer(play, asked, when)
    hearing = hearing_of(case)
    assert str(hearing.notified_on) == bears
    assert almaty(hearing.objections_until) == moment(objections_until)
    assert (str(hearing.refusal_not_before), hearing.late, hearing.mode) == (earliest, False, "written")
    assert term(case, "hearing_notice").state == "met"
    assert term(case, "review").state == "met"


def test_the_notice_says_the_day_of_the_row_in_force(quiet):
    """A length of the rulebook that was succeeded counts on paper as it counts in the term."""
    held = rulebook.book().pack(date(2026, 10, 1)).term("hearing_objections")
    values = {**asdict(held), "valid_from": date(2026, 10, 2), "n": 4}
    proposed = propose(table="terms", values=values, actor_id=uuid4(), at=moment("2026-10-01T10:00"))
    confirm(table="terms", row_id=proposed.pk, actor_id=uuid4(), at=moment("2026-10-01T11:00"))
    case = Stages(quiet).hearing()
    due = Term.objects.get(case=case, code="hearing_objections")
    assert due.n == 4
    notices = OfficialDocument.objects.filter(case=case, kind="hearing_notice").select_related("final")
    printed = [bytes(row.final.content).decode() for row in notices]
    assert len(printed) == 2
    assert all(f"{due.due_on:%d.%m.%Y}" in text for text in printed)


def test_after_the_last_day_only_a_late_notice_by_the_heads_consent_is_left(made, play):
    case = made["review"]
    refusal = refused("NOTICE_TOO_LATE", perform, play, "notify_hearing", case, at("18T18:30:01"))
    assert "10" in str(refusal.citation)
    perform(play, "agree_late_notice", case, at("19T10:00"))
    consent = LateNoticeConsent.objects.get(case=case)
    assert (consent.head, consent.reason) == (
        play.people["head"],
        "Основание выявлено после срока извещения.",
    )
    perform(play, "notify_hearing", case, at("19T11:00"))
    hearing = hearing_of(case)
    assert (hearing.late, hearing.consent.pk) == (True, consent.pk)
    # the limit that was broken stays broken, the others stay in force
    assert term(case, "hearing_notice").state == "missed"
    assert str(hearing.refusal_not_before) == "2026-11-24"
    assert term(case, "service").due_on.isoformat() == SERVICE_ENDS
    assert Fact.objects.get(kind="application.hearing_notified", subject_id=case).payload["late"] is True


def test_a_consent_serves_one_notice(made, play):
    case = made["review"]
    perform(play, "agree_late_notice", case, at("19T10:00"))
    perform(play, "notify_hearing", case, at("19T11:00"))
    refused("NOTICE_TOO_LATE", perform, play, "notify_hearing", case, at("19T12:00"))


def test_who_agreed_to_a_late_notice_does_not_send_it(made, play):
    """Four eyes, where the head stands in for the executor afterwards."""
    case = made["review"]
    perform(play, "agree_late_notice", case, at("19T10:00"))
    held = {"body": play.fresh(case).case.body, "role": Role.EXECUTOR, "valid_from": date(2026, 1, 1)}
    RoleHolding.objects.create(person=play.people["head"], **held)
    span = {"first_day": date(2026, 11, 19), "last_day": date(2026, 11, 20)}
    Absence.objects.create(officer=play.people["executor"], substitute=play.people["head"], **span)
    refused("FOUR_EYES", perform, play, "notify_hearing", case, at("19T12:00"), "head")


def test_a_consent_gives_its_reason(made, play):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "agree_late_notice", made["review"], at("19T10:00"), reason="  ")


def test_a_notice_asked_for_on_the_last_evening_dies_with_the_day(made, play):
    asked = request(play, "notify_hearing", made["review"], at("18T18:28"))
    assert almaty(asked.expires_at) == at("18T18:30")
    with nothing_changes(), pytest.raises(Refusal) as caught:
        answer(play, asked, at("18T18:31"))
    assert caught.value.code == "CHALLENGE_EXPIRED"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"code": "99"}, "grounds.0.code"),
        ({"facts_kk": " "}, "grounds.0.facts_kk"),
        ({"facts_ru": ""}, "grounds.0.facts_ru"),
        ({"entries": []}, "grounds.0.entries"),
    ],
)
def test_each_ground_has_its_facts_in_both_languages_and_its_evidence(made, play, change, place):
    with nothing_changes(), pytest.raises(BadInput) as caught:
        perform(play, "notify_hearing", made["review"], at("05T10:00"), grounds=[{**GROUNDS[0], **change}])
    assert list(caught.value.fields) == [place]


@pytest.mark.parametrize("grounds", [[], None, "3", [GROUNDS[0], GROUNDS[0]]])
def test_there_is_at_least_one_ground_and_each_once(made, play, grounds):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "notify_hearing", made["review"], at("05T10:00"), grounds=grounds)


def test_a_new_notice_replaces_the_first_with_terms_of_its_own(made, play):
    case = made["hearing"]
    first = hearing_of(case)
    perform(play, "notify_hearing", case, at("09T10:00"))
    again = hearing_of(case)
    assert Hearing.objects.get(pk=first.pk).state == "replaced"
    assert (str(again.notified_on), str(again.refusal_not_before)) == ("2026-11-09", "2026-11-12")
    running = Term.objects.filter(case=case, code="hearing_objections", state="open")
    assert [row.start.isoformat() for row in running] == ["2026-11-09"]
    assert again.notice.number.endswith("/З2")


def test_a_new_notice_from_heard_opens_the_hearing_again(made, play):
    case = made["heard"]
    perform(play, "notify_hearing", case, at("11T10:00"))
    assert play.fresh(case).status == "hearing"
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("12T10:00"))


# --- the applicant's side -----------------------------------------------------------------------
def test_the_time_for_objections_ends_at_midnight(made, play):
    case = made["hearing"]
    for action in ("answer_hearing", "request_oral", "waive_hearing"):
        refused("OBJECTIONS_OVER", perform, play, action, case, at("10T00:00:01"))
    perform(play, "answer_hearing", case, at("09T23:59"))
    assert hearing_of(case).state == "answered"


def test_silence_is_no_obstacle_but_its_term_is_awaited(made, play):
    case = made["hearing"]
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("09T23:59"))
    perform(play, "record_hearing", case, at("10T09:00"))
    assert (play.fresh(case).status, hearing_of(case).state) == ("heard", "recorded")


def test_an_answer_alone_does_not_end_the_term_a_final_one_does(made, play):
    case = made["hearing"]
    perform(play, "answer_hearing", case, at("06T10:00"), text="Первое возражение.", final=False)
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("06T11:00"))
    perform(play, "answer_hearing", case, at("06T12:00"), text="Это всё.", final=True)
    hearing = hearing_of(case)
    assert (hearing.answer, hearing.answer_final) == ("Первое возражение.\n\nЭто всё.", True)
    assert term(case, "hearing_objections").state == "met"
    perform(play, "record_hearing", case, at("06T13:00"))
    assert play.fresh(case).status == "heard"


def test_a_waiver_ends_the_hearing_at_once(made, play):
    case = made["hearing"]
    perform(play, "waive_hearing", case, at("05T11:00"))
    perform(play, "record_hearing", case, at("05T12:00"))
    assert play.fresh(case).status == "heard"


def test_an_empty_answer_is_refused(made, play):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "answer_hearing", made["hearing"], at("06T10:00"), text=" ", final=True)


# --- an oral hearing ------------------------------------------------------------------------------
HELD = {
    "started_at": "2026-11-09T15:00+05:00",
    "ended_at": "2026-11-09T15:40+05:00",
    "attended": True,
    "present": ["Тестова А. Қ."],
    "explanations": "Адрес указан на обороте.",
}


def test_an_oral_hearing_is_planned_held_and_has_a_protocol(made, play):
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    perform(play, "postpone_hearing", case, at("06T11:00"))
    # the term passing is not enough any more: who asked in time is heard
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("10T09:30"))
    perform(play, "sign_protocol", case, at("09T16:00"), **HELD)
    # the secretary has signed; without the chair it is no protocol yet
    assert hearing_of(case).protocol is None
    refused("CHAIR_SIGNS", perform, play, "sign_protocol", case, at("09T16:05"), **HELD)
    perform(play, "sign_protocol", case, at("09T16:10"), "executor")
    hearing = hearing_of(case)
    assert (hearing.state, hearing.attended, hearing.mode) == ("held", True, "oral")
    assert hearing.protocol is not None
    assert [row.person for row in hearing.protocol.signatures.order_by("pk")] == [
        play.people["executor2"],
        play.people["executor"],
    ]
    perform(play, "record_hearing", case, at("09T16:30"))
    assert play.fresh(case).status == "heard"


def test_a_final_answer_does_not_give_up_the_oral_hearing_that_was_asked_for(made, play):
    """APPC 73(3): whoever asked in time is heard, in whichever order the two came; only a waiver gives it up."""
    case = made["hearing"]
    perform(play, "answer_hearing", case, at("06T10:00"), text="Адрес верен.", final=True)
    perform(play, "request_oral", case, at("06T11:00"))
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("06T12:00"))
    perform(play, "answer_hearing", case, at("06T13:00"), text="И ещё раз.", final=True)
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("10T09:30"))
    perform(play, "waive_hearing", case, at("09T12:00"))
    perform(play, "record_hearing", case, at("09T13:00"))


def test_a_half_signed_protocol_of_a_replaced_hearing_serves_no_new_one(made, play):
    """Nobody was heard on the further grounds of the new notice: its hearing needs a protocol of its own."""
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    perform(play, "postpone_hearing", case, at("06T11:00"))
    perform(play, "sign_protocol", case, at("09T16:00"), **HELD)
    perform(play, "notify_hearing", case, at("09T17:00"))
    perform(play, "request_oral", case, at("10T10:00"))
    # 11.11, 15:00: the time of the new hearing
    again = {"planned_at": at("11T15:00"), "place": "каб. 412"}
    perform(play, "postpone_hearing", case, at("10T11:00"), **again)
    refused("FOUR_EYES", perform, play, "sign_protocol", case, at("11T16:10"), "executor")
    later = {**HELD, "started_at": "2026-11-11T15:00+05:00", "ended_at": "2026-11-11T15:30+05:00"}
    perform(play, "sign_protocol", case, at("11T16:00"), **later)
    perform(play, "sign_protocol", case, at("11T16:20"), "executor")
    signed = Act.objects.get(case=case, kind="hearing_protocol", state="signed")
    assert signed.content["hearing"] == str(hearing_of(case).pk)
    assert Act.objects.filter(case=case, kind="hearing_protocol", state="void").count() == 1


def test_the_secretary_who_becomes_the_executor_does_not_sign_as_chair_too(made, play):
    """APPC 74: two people sign; the protocol names its chair."""
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    perform(play, "postpone_hearing", case, at("06T11:00"))
    perform(play, "sign_protocol", case, at("09T16:00"), **HELD)
    play.assign(case, at("09T16:05"), executor="executor2")
    refused("FOUR_EYES", perform, play, "sign_protocol", case, at("09T16:10"), "executor2", **HELD)


def test_a_calendar_that_changed_after_the_notice_moves_its_limits_too(made, play):
    """Notice of the 17th; the 19th becomes a day off: objections until the end of the 20th, no refusal before the 23rd."""
    case = made["review"]
    perform(play, "notify_hearing", case, at("17T10:00"))
    assert str(hearing_of(case).refusal_not_before) == "2026-11-20"
    act = {"act_ru": "Приказ", "act_kk": "Бұйрық", "kind": "day_off"}
    off = enter_exception(day=date(2026, 11, 19), by=play.people["supervisor"], at=at("17T11:00"), **act)
    confirm_exception(exception_id=off.pk, by=play.people["head"], at=at("17T12:00"))
    refused("OBJECTIONS_OPEN", perform, play, "record_hearing", case, at("20T10:00"))
    perform(play, "answer_hearing", case, at("20T11:00"), text="Ответ второго дня.", final=True)
    perform(play, "record_hearing", case, at("20T12:00"))
    perform(play, "prepare_refusal", case, at("20T13:00"))
    refused("REFUSAL_TOO_EARLY", perform, play, "open_signing", case, at("20T14:00"))
    perform(play, "open_signing", case, at("23T10:00"))


def test_the_chair_does_not_sign_the_protocol_first(made, play):
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    perform(play, "postpone_hearing", case, at("06T11:00"))
    refused("FOUR_EYES", perform, play, "sign_protocol", case, at("09T16:00"), "executor", **HELD)


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": "2026-11-09T15:50+05:00"},  # after its end
        {"ended_at": "2026-11-09T16:01+05:00"},  # after now
        {"started_at": "yesterday"},
        {"explanations": ""},
        {"attended": None},  # never guessed from the list of names
        {"present": []},
        {"attended": False},  # and yet explained something
        {"started_at": "2026-11-04T15:00+05:00"},  # before the applicant was notified
    ],
)
def test_a_protocol_tells_of_a_hearing_that_was_held(made, play, change):
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    perform(play, "postpone_hearing", case, at("06T11:00"))
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "sign_protocol", case, at("09T16:00"), **{**HELD, **change})


def test_a_protocol_needs_a_hearing_whose_time_was_told(made, play):
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    refused("HEARING_NOT_SET", perform, play, "sign_protocol", case, at("09T16:00"), **HELD)


@pytest.mark.parametrize(
    ("planned", "code"),
    [
        ("07T15:00", "BAD_INPUT"),  # Saturday
        ("09T13:30", "BAD_INPUT"),  # lunch
        ("09T08:59", "BAD_INPUT"),
        ("09T18:30", "BAD_INPUT"),
        ("06T10:30", "OUTSIDE_HEARING_LIMITS"),  # over already
        ("11T10:00", "OUTSIDE_HEARING_LIMITS"),  # past notice + 3
    ],
)
def test_the_hour_of_an_oral_hearing_lies_in_office_hours_and_limits(made, play, planned, code):
    case = made["hearing"]
    perform(play, "request_oral", case, at("06T10:00"))
    refused(code, perform, play, "postpone_hearing", case, at("06T11:00"), planned_at=at(planned))


def test_asked_for_on_the_last_evening_it_is_held_on_the_morning_of_notice_plus_three(made, play):
    case = made["hearing"]
    perform(play, "request_oral", case, at("09T23:50"))
    perform(play, "postpone_hearing", case, at("10T09:00"), planned_at=at("10T11:00"))
    assert almaty(hearing_of(case).planned_at) == at("10T11:00")


# --- the refusal ----------------------------------------------------------------------------------
def test_a_refusal_names_only_grounds_that_were_heard(made, play):
    foreign = {**GROUNDS[0], "code": "1", "entries": []}
    refusal = refused(
        "GROUND_NOT_HEARD",
        perform,
        play,
        "prepare_refusal",
        made["heard"],
        at("10T11:00"),
        grounds=[*GROUNDS, foreign],
    )
    assert "3" in str(refusal.detail)


@pytest.mark.parametrize("name", ["assessment_kk", "assessment_ru", "facts_ru"])
def test_a_refusal_assesses_the_answer_in_both_languages(made, play, name):
    with nothing_changes(), pytest.raises(BadInput) as caught:
        perform(play, "prepare_refusal", made["heard"], at("10T11:00"), grounds=[{**GROUNDS[0], name: ""}])
    assert list(caught.value.fields) == [f"grounds.0.{name}"]


def test_there_is_no_refusal_without_a_hearing(made, play):
    for case in (made["review"], made["hearing"]):
        refused("WRONG_STATE", perform, play, "prepare_refusal", case, at("12T10:00"))


def test_a_refusal_is_not_signed_before_three_working_days_after_the_notice(made, play):
    """APPC 73(1): a final answer shortens the hearing, not this."""
    case = made["hearing"]
    perform(play, "waive_hearing", case, at("05T11:00"))
    perform(play, "record_hearing", case, at("05T12:00"))
    perform(play, "prepare_refusal", case, at("05T13:00"))
    for when in ("06T10:00", "09T18:29", "09T18:31"):  # the last bears the 10th, but is done on the 9th
        refusal = refused("REFUSAL_TOO_EARLY", perform, play, "open_signing", case, at(when))
        assert "10.11.2026" in str(refusal.advice)
    perform(play, "open_signing", case, at("10T09:00"))
    perform(play, "sign", case, at("10T09:05"))
    assert play.fresh(case).status == "refused"


def test_a_refusal_bears_grounds_and_leaves_no_licence(made, play):
    from licenses.models import Licence, LicenceNumber

    case = made["refusal"]
    before = (Licence.objects.count(), LicenceNumber.objects.count())
    perform(play, "open_signing", case, at("10T12:00"))
    perform(play, "sign", case, at("10T12:05"))
    act = Act.objects.get(case=case, kind="refusal")
    assert (act.state, act.number.endswith("/О1"), str(act.act_date)) == ("signed", True, "2026-11-10")
    assert (Licence.objects.count(), LicenceNumber.objects.count()) == before
    assert term(case, "service").state == "met"


def test_who_convinced_the_executor_gets_the_licence_after_the_hearing(made, play):
    from applications import services

    case = made["heard"]
    refused("NOT_QUALIFIED", perform, play, "prepare_issue", case, at("10T10:00"))
    play.find(case, at("10T10:10"))
    services.look_up_payment(case, person=play.people["executor"], at=at("10T10:20"))
    perform(play, "prepare_issue", case, at("10T10:30"))
    perform(play, "open_signing", case, at("10T11:00"))
    perform(play, "sign", case, at("10T11:05"))
    assert play.fresh(case).status == "issued"


@pytest.mark.parametrize(("prepare", "back_to"), [("prepare_refusal", "heard"), ("discontinue", "heard")])
def test_sent_back_it_returns_to_where_it_came_from(made, play, prepare, back_to):
    case = made["heard"]
    perform(play, prepare, case, at("10T11:00"))
    perform(play, "send_back", case, at("10T12:00"))
    assert play.fresh(case).status == back_to
    assert Act.objects.filter(case=case, four_eyes=True, state="void").count() == 1
    perform(play, prepare, case, at("10T13:00"))  # and is prepared again


# --- both languages, and what a ground rests on ------------------------------------------------------
UNEQUAL = {**GROUNDS[0], "facts_ru": "В документе от 01.12.2026 не указан адрес (I-1)."}


def test_a_notice_whose_languages_differ_is_refused_with_its_paragraph(made, play):
    refusal = refused(
        "TEXTS_DIFFER",
        perform,
        play,
        "notify_hearing",
        made["review"],
        at("05T10:00"),
        grounds=[UNEQUAL],
    )
    assert "17" in str(refusal.citation)
    assert "2026-12-01" in str(refusal.detail)
    assert list(refusal.fields) == ["grounds.0.facts_ru"]


@pytest.mark.parametrize("name", ["facts_ru", "assessment_ru"])
def test_so_is_a_refusal(made, play, name):
    said = [{**GROUNDS[0], name: f"{GROUNDS[0][name]} 7."}]
    refused("TEXTS_DIFFER", perform, play, "prepare_refusal", made["heard"], at("10T11:00"), grounds=said)


def test_a_ground_names_the_file_and_the_page_it_rests_on(made, play):
    case = made["review"]
    evidence = play.fresh(case).evidence.select_related("file").get(requirement="I-1")
    said = [{**GROUNDS[0], "evidence": [f"{evidence.pk}#1"]}]
    perform(play, "notify_hearing", case, at("05T10:00"), grounds=said)
    act = hearing_of(case).notice
    assert act.content["grounds"][0]["evidence"] == [
        {
            "id": str(evidence.pk),
            "name": evidence.file.name,
            "pages": "1",
            "sha256": evidence.file.sha256,
        }
    ]
    papers = {row.language: bytes(row.final.content).decode() for row in papers_of(act)}
    assert f"дәлел: «{evidence.file.name}» файлы, 1-бет" in papers["kk"]
    assert f"доказательство: файл «{evidence.file.name}», с. 1" in papers["ru"]


@pytest.mark.parametrize("page", ["#2", "#0", "#1-2"])
def test_a_page_the_file_has_not_is_refused(made, play, page):
    evidence = play.fresh(made["review"]).evidence.get(requirement="I-1")
    said = [{**GROUNDS[0], "evidence": [f"{evidence.pk}{page}"]}]
    with nothing_changes(), pytest.raises(BadInput) as caught:
        perform(play, "notify_hearing", made["review"], at("05T10:00"), grounds=said)
    assert list(caught.value.fields) == ["grounds.0.evidence"]


@pytest.mark.parametrize("foreign", ["other", "made up"])
def test_a_file_of_another_case_proves_nothing(made, play, foreign):
    other = play.fresh(made["hearing"]).evidence.first()
    said = [{**GROUNDS[0], "evidence": [str(other.pk) if foreign == "other" else foreign]}]
    with nothing_changes(), pytest.raises(BadInput) as caught:
        perform(play, "notify_hearing", made["review"], at("05T10:00"), grounds=said)
    assert list(caught.value.fields) == ["grounds.0.evidence"]


def papers_of(act: Act):
    return OfficialDocument.objects.filter(act_id=act.pk).exclude(state="void").select_related("final")


# --- the way of appeal -------------------------------------------------------------------------------
# each body that may consider a complaint, its term and its paragraph, in kk and ru
ENTRY_I_1 = (
    "Қағидаларға 11-қосымшаның 1-тармағының 1) тармақшасы – ",
    "подпункт 1) пункта 1 приложения 11 к Правилам – ",
)
_BODIES = {
    "provider": (
        (
            "көрсетілетін қызметті беруші – Қазақстан Республикасының Жасанды интеллект және цифрлық даму министрлігі; мерзімі – "
            "шағым тіркелген күннен бастап 5 жұмыс күні (Қағидалардың 21-тармағы;"
        ),
        (
            "услугодатель – Министерство искусственного интеллекта и цифрового развития Республики Казахстан; срок – 5 рабочих "
            "дней со дня регистрации жалобы (пункт 21 Правил;"
        ),
    ),
    "superior": (
        "даму министрі; мерзімі – шағым оған түскен күннен бастап 20 жұмыс күні (Қағидалардың 19-тармағы; ӘРПК 99-бабы);",
        "срок – 20 рабочих дней со дня поступления к нему (пункт 19 Правил; статья 99 АППК);",
    ),
    "quality": (
        "бақылау жөніндегі уәкілетті орган; мерзімі – шағым онда тіркелген күннен бастап 15 жұмыс күні (Қағидалардың 22-тармағы).",
        "оказания государственных услуг; срок – 15 рабочих дней со дня регистрации там (пункт 22 Правил).",
    ),
}


@pytest.mark.parametrize(
    ("rank", "bodies", "lead"),
    [
        ("head", ("provider", "superior", "quality"), ("Шешімге ол өтініш", "Решение может быть обжаловано")),
        ("vice_minister", ("provider", "superior", "quality"), ("вице-министр қол қойды.", "подписано вице-министром.")),
        ("minister", ("provider", "quality"), ("ӘРПК 91-бабының 3-тармағы", "Президент, Премьер-Министр и Правительство")),
    ],
)  # fmt: skip
def test_form_8_names_the_way_of_appeal_by_the_rank_of_who_signs(made, play, rank, bodies, lead):
    """APPC 80(5), 91(3); Rules 19-23: provider, superior, quality body, each with its term; a minister has no superior."""
    Person.objects.filter(pk=play.people["head"].pk).update(rank=rank)
    play.people["head"].refresh_from_db()
    opened = perform(play, "open_signing", made["refusal"], at("10T12:00"))
    papers = {row.language: bytes(row.final.content).decode() for row in papers_of(opened.act)}
    for number, language in enumerate(("kk", "ru")):
        paper = " ".join(papers[language].split())
        assert lead[number] in paper
        # an entry is cited as the order numbers it, with its words; the portal's own code is no citation
        assert ENTRY_I_1[number] in paper
        said = [code for code in _BODIES if _BODIES[code][number] in paper]
        assert tuple(said) == bodies
        signed = play.people["head"].post_kk if language == "kk" else play.people["head"].post_ru
        assert paper.index(signed) < paper.index(
            lead[number]
        )  # forms.md, Form 8: the signer, then the way of appeal
    Person.objects.filter(pk=play.people["head"].pk).update(rank="head")
    play.people["head"].refresh_from_db()
