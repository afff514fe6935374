"""Rules 9, 10: the decision is prepared by one person, opened and signed by another, with everything checked again."""

from datetime import date
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from applications import events, letters, services
from applications.models import Application, Evidence, Payment, RegisterAnswer
from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.decisions.models import Act, SignRequest
from casework.documents.models import OfficialDocument
from casework.notices.models import Message
from foundation.accounts.models import Role, RoleHolding
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal, NotPermitted, Refusal
from licenses.models import Licence, LicenceNumber
from tests.applications.stages import QuietPlay, Stages, answer, moment, nothing_changes, perform, request

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(module_play: QuietPlay) -> dict[str, UUID]:
    stages = Stages(module_play)
    return {
        "review": stages.examined(),
        "prepared": stages.prepared(),
        "opened": stages.opened(),
        "other": stages.prepared(who="dana"),
        "accepted": stages.accepted(),
    }


@pytest.fixture
def play(made, module_play, gateway) -> QuietPlay:
    return module_play


def at(text: str):
    return moment(f"2026-11-{text}")


def refused(code: str, action, *args, **kwargs) -> Refusal:
    with nothing_changes(), pytest.raises(Refusal) as caught:
        action(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


# --- prepare --------------------------------------------------------------------------------------
def test_every_entry_needs_a_finding_and_none_is_bad(made, play):
    case = made["accepted"]
    services.look_up_payment(case, person=play.people["executor"], at=at("04T10:00"))
    refusal = refused("FINDINGS_MISSING", perform, play, "prepare_issue", case, at("05T10:00"))
    assert "I-1" in str(refusal.detail)
    play.find(case, at("04T11:00"), but=("I-3",))
    refusal = refused("FINDINGS_MISSING", perform, play, "prepare_issue", case, at("05T10:00"))
    assert ("I-3" in str(refusal.detail), "I-1" in str(refusal.detail)) == (True, False)
    play.find(case, at("04T12:00"), not_met=("I-2",))
    refusal = refused("NOT_QUALIFIED", perform, play, "prepare_issue", case, at("05T10:00"))
    assert "I-2" in str(refusal.detail)
    play.find(case, at("04T13:00"))  # the latest finding counts
    perform(play, "prepare_issue", case, at("05T10:00"))
    assert play.fresh(case).status == "signing"


@pytest.mark.parametrize(("said", "place"), [({"result": "maybe"}, "result"), ({"reason": " "}, "reason")])
def test_a_finding_is_one_of_three_and_gives_its_reason(made, play, said, place):
    evidence = play.fresh(made["review"]).evidence.first()
    content = {"result": "meets", "reason": "Соответствует.", **said}
    with nothing_changes(), pytest.raises(BadInput) as caught:
        services.record_finding(
            made["review"],
            evidence_id=evidence.pk,
            **content,
            person=play.people["executor"],
            at=at("05T10:00"),
        )
    assert list(caught.value.fields) == [place]


def test_the_executor_notes_that_no_court_act_is_known(made, play):
    services.look_up_payment(made["review"], person=play.people["executor"], at=at("05T09:00"))
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "prepare_issue", made["review"], at("05T10:00"), no_court_act_note=" ")


def test_prepared_to_issue_the_notice_of_a_hearing_has_lost_its_object(made):
    states = {row.code: row.state for row in Term.objects.filter(case=made["prepared"])}
    assert states == {"completeness": "met", "review": "met", "service": "open", "hearing_notice": "void"}


@pytest.mark.parametrize("facts", [{"reason": "tired"}, {"facts_kk": ""}, {"facts_ru": " "}])
def test_a_discontinuance_names_its_reason_and_facts(made, play, facts):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "discontinue", made["review"], at("05T10:00"), **facts)


# --- four eyes ------------------------------------------------------------------------------------
def test_who_prepared_it_neither_opens_nor_signs_it(made, play):
    """The executor is made a head today: the person counts, not the role."""
    executor = play.people["executor"]
    body = Case.objects.get(pk=made["prepared"]).body
    RoleHolding.objects.create(person=executor, body=body, role=Role.HEAD, valid_from=date(2026, 1, 1))
    refusal = refused(
        "FOUR_EYES", perform, play, "open_signing", made["prepared"], at("06T10:00"), "executor"
    )
    assert "9, 10" in str(refusal.citation)
    perform(play, "open_signing", made["prepared"], at("06T10:00"))
    refused("FOUR_EYES", perform, play, "sign", made["prepared"], at("06T10:05"), "executor")


@pytest.mark.parametrize("field", ["opened_by", "signed_by"])
def test_the_database_refuses_the_same_person_too(made, play, field):
    act = Act.objects.get(case=made["prepared"], four_eyes=True, state="prepared")
    with pytest.raises(IntegrityError, match="decisions_.*_is_not_preparer"), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(**{field: act.prepared_by})


def test_the_database_holds_one_open_decision_a_case_and_signed_ones_whole(made, play):
    act = Act.objects.get(case=made["prepared"], four_eyes=True, state="prepared")
    with pytest.raises(IntegrityError, match="decisions_one_open_decision"), transaction.atomic():
        Act.objects.create(
            case_id=made["prepared"],
            kind="licence",
            prepared_by=act.prepared_by,
            prepared_at=at("05T10:00"),
            four_eyes=True,
        )
    with pytest.raises(IntegrityError, match="decisions_signed_whole"), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(state="signed")


def test_the_database_knows_no_signing_without_a_prepared_outcome(made):
    with pytest.raises(IntegrityError, match="applications_signing_has_outcome"), transaction.atomic():
        Application.objects.filter(pk=made["prepared"]).update(prepared_outcome="")


# --- open, sign -----------------------------------------------------------------------------------
def test_nobody_signs_what_nobody_opened(made, play):
    refused("NOT_OPENED", perform, play, "sign", made["prepared"], at("06T10:00"))


def test_what_is_signed_names_every_document_in_both_languages(made, play):
    import json

    pending = SignRequest.objects.get(case=made["opened"], action="sign", state="pending")
    said = json.loads(bytes(pending.manifest))
    documents = {(row["kind"], row["subject"], row["language"]): row["sha256"] for row in said["documents"]}
    stored = OfficialDocument.objects.filter(act_id=pending.act_id, state="prepared")
    assert documents == {(row.kind, row.subject, row.language): row.final_id for row in stored}
    assert sorted(documents) == [
        ("annex_form_6", "001", "kk"),
        ("annex_form_6", "001", "ru"),
        ("licence_form_4", "", "kk"),
        ("licence_form_4", "", "ru"),
    ]
    assert (said["act"]["date"], said["purpose"]) == ("2026-11-06", "application.sign")


def test_opened_again_the_earlier_bytes_can_never_be_signed(made, play):
    case = made["opened"]
    earlier = request(play, "sign", case, at("06T10:02"))
    perform(play, "open_signing", case, at("06T10:03"), "head2")
    refused("CHALLENGE_EXPIRED", answer, play, earlier, at("06T10:04"))
    assert OfficialDocument.objects.filter(act_id=earlier.act_id, state="prepared").count() == 4
    assert OfficialDocument.objects.filter(act_id=earlier.act_id, state="void").count() == 4
    perform(play, "sign", case, at("06T10:05"), "head2")
    licence = Licence.objects.get(case_id=case)
    stated = Evidence.objects.get(application_id=case, requirement="I-3").particulars
    assert (licence.first_pool_name, licence.first_pool_bin) == (stated["pool_name"], stated["pool_bin"])
    # the number is the one that was reserved first
    assert LicenceNumber.objects.get(case_id=case).number == licence.number == earlier.act.number


def test_after_ten_minutes_the_bytes_are_made_anew_with_the_same_number(made, play):
    case = made["opened"]
    first = SignRequest.objects.get(case=case, action="sign", state="pending")
    again = request(play, "sign", case, at("06T10:20"))
    assert (again.pk != first.pk, again.act.number) == (True, first.act.number)
    perform(play, "sign", case, at("06T10:25"))
    assert play.fresh(case).status == "issued"


def test_opened_in_the_evening_the_request_dies_at_half_past_six(made, play):
    opened = perform(play, "open_signing", made["prepared"], at("06T18:25"))
    assert (almaty(opened.expires_at), str(opened.act.act_date)) == (at("06T18:30"), "2026-11-06")
    refused("CHALLENGE_EXPIRED", answer, play, opened, at("06T18:30"))


def test_signed_after_hours_it_bears_the_next_working_day_and_is_shown_from_nine(made, play):
    case = made["prepared"]
    opened = perform(play, "open_signing", case, at("06T18:31"))  # Friday
    assert str(opened.act.act_date) == "2026-11-09"
    answer(play, opened, at("06T18:33"))
    licence = Licence.objects.get(case_id=case)
    assert (str(licence.issued_on), str(licence.expires_on)) == ("2026-11-09", "2029-11-09")
    assert almaty(licence.public_from) == at("09T09:00")
    shown = OfficialDocument.objects.filter(act_id=opened.act_id, state="signed")
    assert {almaty(row.published_at) for row in shown} == {at("09T09:00")}
    service = Term.objects.get(case=case, code="service")
    assert service.state == "met"


@pytest.mark.parametrize(
    ("signed", "bears", "state"), [("23T18:29", "2026-11-23", "met"), ("23T18:33", "2026-11-24", "breached")]
)
def test_signed_on_the_last_evening_of_service(made, play, signed, bears, state):
    """18:31 of the last day bears the next day and breaches; a late decision stays possible."""
    case = made["prepared"]
    when = at(signed)
    opened = perform(play, "open_signing", case, when.replace(minute=when.minute - 1))
    answer(play, opened, when)
    service = Term.objects.get(case=case, code="service")
    assert (str(Licence.objects.get(case_id=case).issued_on), service.state) == (bears, state)
    breaches = Fact.objects.filter(kind="term.breached", subject_id=case)
    assert [almaty(fact.at) for fact in breaches] == ([at("23T18:30")] if state == "breached" else [])
    for fact in breaches:  # what to do now: the form for this case, each body with its term
        letters.write(fact)
        told = Message.objects.get(case=case, kind="term.breached")
        for text, body in (
            (told.text_kk, "3) мемлекеттік қызметтер"),
            (told.text_ru, "2) вышестоящее должностное лицо"),
        ):
            assert f"/complaints/new/{case}/" in text
            assert body in text
        assert "срок – 5 рабочих дней со дня регистрации жалобы (пункт 21 Правил;" in told.text_ru
    assert play.fresh(case).status == "issued"


def test_a_party_that_is_no_more_gets_no_licence(made, play):
    case = made["opened"]
    RegisterAnswer.objects.create(
        application_id=case,
        subject="entity",
        outcome="found",
        facts={"in_being": False},
        asked_at=at("06T10:01"),
    )
    refusal = refused("PARTY_GONE", perform, play, "open_signing", case, at("06T10:05"))
    assert "70(1)" in str(refusal.citation)


def fell(case: UUID, code: str, act) -> LawRefusal:
    """The signature was refused with its paragraph and the decision went back by itself, once, marked so."""
    with pytest.raises(LawRefusal) as caught:
        act()
    row = Application.objects.get(pk=case)
    assert (caught.value.code, row.status, row.fallen) == (code, "review", code)
    fact = Fact.objects.get(kind=events.FELL_BACK, subject_id=case)
    assert (fact.actor_id, fact.payload["condition"]) == (None, code)
    act_row = Act.objects.get(pk=fact.payload["act"])
    assert (act_row.state, act_row.signed_by) == ("void", None)
    assert {doc.state for doc in OfficialDocument.objects.filter(act_id=act_row.pk)} <= {"void"}
    assert not Licence.objects.filter(case_id=case).exists()
    assert not SignRequest.objects.filter(case=case, state="pending").exists()
    assert not LicenceNumber.objects.filter(case_id=case).exclude(state="released").exists()
    assert Term.objects.get(case=case, code="hearing_notice", state="open").due_on == date(2026, 11, 18)
    return caught.value


def test_a_condition_that_fell_before_the_cms_came_sends_the_decision_back_by_itself(made, play):
    """process.md, sign: everything is checked again now, else back to review, marked automatic."""
    case = made["opened"]
    pending = SignRequest.objects.get(case=case, action="sign", state="pending")
    RegisterAnswer.objects.create(
        application_id=case,
        subject="entity",
        outcome="found",
        facts={"in_being": False},
        asked_at=at("06T10:01"),
    )
    refusal = fell(case, "PARTY_GONE", lambda: answer(play, pending, at("06T10:05")))
    assert "70(1)" in str(refusal.citation)
    refused("CHALLENGE_EXPIRED", answer, play, pending, at("06T10:06"))


def test_so_does_a_fee_that_is_gone_when_the_head_asks_for_the_bytes(made, play):
    case = made["opened"]
    Payment.objects.filter(application_id=case).update(state="released")
    fell(case, "FEE_NOT_PAID", lambda: request(play, "sign", case, at("06T10:05")))
    services.look_up_payment(case, person=play.people["executor"], at=at("06T10:30"))
    perform(play, "prepare_issue", case, at("06T11:00"))
    assert play.fresh(case).fallen == ""


def test_a_finding_changed_meanwhile_too(made, play):
    from applications.models import Finding

    case = made["opened"]
    evidence = play.fresh(case).evidence.first()
    Finding.objects.create(
        evidence=evidence,
        result="does_not_meet",
        reason="Отозван.",
        found_by=play.people["executor"],
        found_at=at("06T10:01"),
    )
    pending = SignRequest.objects.get(case=case, action="sign", state="pending")
    fell(case, "NOT_QUALIFIED", lambda: answer(play, pending, at("06T10:05")))


def test_nobody_else_sends_a_decision_back_by_trying_to_sign(made, play):
    """The preparer, made a head today, is refused by four eyes, and the decision stays where it is."""
    case = made["opened"]
    executor = play.people["executor"]
    body = Case.objects.get(pk=case).body
    RoleHolding.objects.create(person=executor, body=body, role=Role.HEAD, valid_from=date(2026, 1, 1))
    Payment.objects.filter(application_id=case).update(state="released")
    refused("FOUR_EYES", perform, play, "sign", case, at("06T10:05"), "executor")


def test_sent_back_nothing_of_it_can_be_signed_and_its_number_serves_the_next_case(made, play):
    case = made["opened"]
    pending = SignRequest.objects.get(case=case, action="sign", state="pending")
    perform(play, "send_back", case, at("06T10:02"))
    assert play.fresh(case).status == "review"
    refused("CHALLENGE_EXPIRED", answer, play, pending, at("06T10:03"))
    assert {row.state for row in OfficialDocument.objects.filter(act_id=pending.act_id)} == {"void"}
    other = perform(play, "open_signing", made["other"], at("06T10:04"))
    assert other.act.number == pending.act.number
    perform(play, "prepare_issue", case, at("06T10:05"))
    again = perform(play, "open_signing", case, at("06T10:06"))
    assert again.act.number != other.act.number


def test_send_back_gives_its_reason(made, play):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "send_back", made["prepared"], at("06T10:00"), reason="")


def test_sent_back_to_completeness_after_its_term_the_case_goes_to_review(made, play):
    """Rules 7: the lapse does not wait for a decision that came to nothing."""
    case = Stages(play).assigned()
    perform(play, "discontinue", case, at("04T10:00"))
    play.pass_time(at("05T10:00"))
    perform(play, "send_back", case, at("05T11:00"))
    play.pass_time(at("05T11:01"))
    row = play.fresh(case)
    assert (row.status, row.reviewed_automatically) == ("review", True)
    assert Term.objects.get(case=case, code="review").start == date(2026, 11, 4)


# --- withdraw, discontinue --------------------------------------------------------------------------
def test_withdrawn_against_an_open_request_the_later_cms_is_a_conflict(made, play):
    case = made["opened"]
    pending = SignRequest.objects.get(case=case, action="sign", state="pending")
    perform(play, "withdraw", case, at("06T10:02"))
    refused("CHALLENGE_EXPIRED", answer, play, pending, at("06T10:03"))
    assert {row.state for row in OfficialDocument.objects.filter(act_id=pending.act_id)} == {"void"}
    assert Act.objects.get(pk=pending.act_id).state == "void"
    assert LicenceNumber.objects.get(number=pending.act.number).state == "released"
    assert [row.state for row in Payment.objects.filter(application_id=case)] == ["released"]
    assert not Licence.objects.filter(case_id=case).exists()


def test_withdrawn_between_the_check_of_the_cms_and_the_lock_it_is_a_conflict_all_the_same(
    made, play, monkeypatch
):
    """Whichever commits first wins; the loser reads 409, not that the state is wrong."""
    from applications.services import decision

    case = made["opened"]
    pending = SignRequest.objects.get(case=case, action="sign", state="pending")
    accepted = decision.accepted

    def then_withdrawn(*args, **kwargs):
        good = accepted(*args, **kwargs)
        if kwargs["action"] == "sign":
            perform(play, "withdraw", case, at("06T10:02"))
        return good

    monkeypatch.setattr(decision, "accepted", then_withdrawn)
    with pytest.raises(Conflict) as caught:
        answer(play, pending, at("06T10:03"))
    assert (caught.value.status, caught.value.code) == (409, "CHALLENGE_EXPIRED")
    assert play.fresh(case).status == "withdrawn"


def test_withdrawn_while_the_documents_are_made_no_number_stays_behind(made, play, monkeypatch):
    from casework.decisions.services import course

    case = made["prepared"]
    render = course.render_papers

    def then_withdrawn(draft):
        perform(play, "withdraw", case, at("06T10:00"))
        return render(draft)

    monkeypatch.setattr(course, "render_papers", then_withdrawn)
    with pytest.raises(Refusal):
        perform(play, "open_signing", case, at("06T10:00"))
    assert not LicenceNumber.objects.filter(case_id=case).exists()
    assert OfficialDocument.objects.filter(case=case, kind="licence_form_4").count() == 0


def test_withdrawn_at_night_it_is_withdrawn_at_once(made, play):
    perform(play, "withdraw", made["review"], at("07T03:00"))
    row = Case.objects.get(pk=made["review"])
    assert (row.status_code, row.is_open, almaty(row.closed_at)) == ("withdrawn", False, at("07T03:00"))


def test_a_discontinuance_is_signed_by_the_head_and_ends_the_case(made, play):
    case = made["review"]
    perform(play, "discontinue", case, at("05T10:00"))
    perform(play, "open_signing", case, at("05T11:00"))
    perform(play, "sign", case, at("05T11:05"))
    row = play.fresh(case)
    assert (row.status, row.case.is_open) == ("discontinued", False)
    fact = Fact.objects.get(kind=events.DISCONTINUED, subject_id=case)
    assert fact.actor_id == play.people["head"].pk
    notice = Term.objects.get(
        case=case, code="discontinuance_notice"
    )  # APPC 70: three working days to tell it
    assert (notice.state, str(notice.start), str(notice.due_on)) == ("open", "2026-11-05", "2026-11-10")
    letters.write(fact)
    letters.write(fact)
    notice.refresh_from_db()
    assert (notice.state, notice.met_at) == ("met", at("05T11:05"))
    assert Fact.objects.filter(kind="term.met", subject_id=case).count() == 1


def test_a_discontinuance_that_was_told_to_nobody_leaves_its_term_open(made, play, monkeypatch):
    case = made["review"]
    Application.objects.filter(case=case).update(email="")
    perform(play, "discontinue", case, at("05T10:00"))
    perform(play, "open_signing", case, at("05T11:00"))
    perform(play, "sign", case, at("05T11:05"))
    monkeypatch.setattr(letters.accounts, "representatives_of", lambda *_about: [])
    letters.write(Fact.objects.get(kind=events.DISCONTINUED, subject_id=case))
    assert Term.objects.get(case=case, code="discontinuance_notice").state == "open"


# --- recusal ----------------------------------------------------------------------------------------
def test_a_recused_executor_leaves_the_case_and_does_not_come_back(made, play):
    case = made["review"]
    perform(play, "ask_recusal", case, at("05T10:00"))
    assert str(Term.objects.get(case=case, code="recusal_decision").due_on) == "2026-11-10"
    perform(play, "decide_recusal", case, at("06T10:00"))
    assert Case.objects.get(pk=case).executor is None
    assert Term.objects.get(case=case, code="recusal_decision").state == "met"
    notice = Term.objects.get(case=case, code="recusal_notice")  # APPC 67: told within two working days
    assert (notice.state, str(notice.due_on)) == ("open", "2026-11-10")
    letters.write(Fact.objects.get(kind=events.RECUSAL_DECIDED, subject_id=case))
    notice.refresh_from_db()
    assert (notice.state, notice.met_at) == ("met", at("06T10:00"))
    refusal = refused("RECUSED", perform, play, "assign", case, at("06T11:00"), executor="executor")
    assert "67" in str(refusal.citation)
    perform(play, "assign", case, at("06T11:00"), executor="executor2")


def test_refused_recusal_changes_nobody(made, play):
    perform(play, "ask_recusal", made["review"], at("05T10:00"))
    perform(play, "decide_recusal", made["review"], at("06T10:00"), granted=False, reason="Не подтверждено.")
    assert Case.objects.get(pk=made["review"]).executor == play.people["executor"]
    refused("NO_RECUSAL", perform, play, "decide_recusal", made["review"], at("06T10:01"))


def test_nobody_decides_on_their_own_recusal(made, play):
    case = made["prepared"]
    perform(play, "ask_recusal", case, at("05T12:00"), officer="head")
    refused("FOUR_EYES", perform, play, "decide_recusal", case, at("05T13:00"), "head")
    perform(play, "decide_recusal", case, at("05T13:00"), "head2")


def test_a_recused_head_does_nothing_more_on_the_case(made, play):
    case = made["prepared"]
    perform(play, "ask_recusal", case, at("05T12:00"), officer="head")
    perform(play, "decide_recusal", case, at("05T13:00"), "head2")
    for action in ("open_signing", "send_back"):
        refusal = refused("RECUSED", perform, play, action, case, at("06T10:00"), "head")
        assert "67" in str(refusal.citation)
    perform(play, "open_signing", case, at("06T10:00"), "head2")


def test_a_recused_substitute_does_not_stand_in(made, play):
    from casework.cases.models import Absence

    case = made["review"]
    Absence.objects.create(
        officer=play.people["executor"],
        substitute=play.people["executor2"],
        first_day=date(2026, 11, 5),
        last_day=date(2026, 11, 6),
        order="Приказ № 12-к",
    )
    perform(play, "ask_recusal", case, at("05T10:00"), officer="executor2")
    perform(play, "decide_recusal", case, at("05T11:00"))
    refused("RECUSED", perform, play, "discontinue", case, at("05T12:00"), "executor2")


def test_who_stands_in_acts_on_the_days_of_the_order_only(made, play):
    from casework.cases.models import Absence

    case = made["review"]
    Absence.objects.create(
        officer=play.people["executor"],
        substitute=play.people["executor2"],
        first_day=date(2026, 11, 5),
        last_day=date(2026, 11, 5),
        order="Приказ № 12-к",
    )
    with nothing_changes(), pytest.raises(NotPermitted):
        perform(play, "discontinue", case, at("06T10:00"), "executor2")
    perform(play, "discontinue", case, at("05T10:00"), "executor2")
    assert Act.objects.get(case=case, four_eyes=True).prepared_by == play.people["executor2"]


@pytest.mark.parametrize("said", [{"ground": "dislike"}, {"reason": " "}])
def test_a_recusal_names_its_ground(made, play, said):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "ask_recusal", made["review"], at("05T10:00"), **said)


@pytest.mark.parametrize("login", ["head", "aigerim", "auditor"])
def test_only_an_executor_is_made_executor(made, play, login):
    with nothing_changes(), pytest.raises(BadInput):
        perform(play, "assign", made["review"], at("05T10:00"), executor=login)
