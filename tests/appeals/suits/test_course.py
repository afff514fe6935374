"""A suit from its paper to the court act: what is asked of each step, who may, and what a court act does (Rules 23; APPC 84, 100).

The refusal is signed on Tuesday 10 November; the suit comes on the 12th.
"""

from typing import Any
from uuid import UUID

import pytest

from appeals.models import Suit
from appeals.suits import services
from appeals.suits.selectors import contestable
from applications.models import Application
from casework.cases.models import Case
from casework.decisions.models import Act, Cancellation
from casework.documents.models import OfficialDocument
from casework.notices.models import Notice
from foundation.accounts.models import Role, RoleHolding
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal, NotPermitted, Refusal
from sandbox.complaints import Complaints
from sandbox.suits import POSITION, Suits
from tests.applications.stages import moment, nothing_changes

pytestmark = pytest.mark.django_db


def on(text: str) -> Any:
    return moment(f"2026-11-{text}")


@pytest.fixture
def suits(quiet: Any) -> Suits:
    return Suits(quiet)


@pytest.fixture
def refused(stages: Any, quiet: Any) -> UUID:
    case: UUID = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


def refused_with(kind: type[Refusal], code: str, act: Any) -> Refusal:
    with nothing_changes(), pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def responded(suits: Suits, about: UUID) -> Suit:
    suit = suits.record(about, on("12T10:00"), complained_first=True)
    suits.prepare_response(suit.pk, on("12T10:30"))
    suits.open_and_sign(suit.pk, on("12T11:00"))
    suits.play.pass_time(on("12T11:10"))
    return services.load(suit.pk)


def test_a_suit_is_a_file_of_its_own_and_changes_nothing_in_the_case_it_touches(refused, suits):
    before = Case.objects.values().get(pk=refused)
    suit = suits.record(refused, on("12T10:00"))
    assert Case.objects.values().get(pk=refused) == before
    case = Case.objects.get(pk=suit.pk)
    assert (case.kind, case.form, case.status_code, case.is_open) == ("suit", "suit", "recorded", True)
    assert (case.executor.login, str(case.registered_on)) == ("executor", "2026-11-12")
    assert case.incoming_no not in (None, before["incoming_no"])
    assert suit.act == Act.objects.get(case=refused, kind="refusal", state="signed")
    fact = Fact.objects.get(stream=f"case:{suit.pk}", kind="suit.recorded")
    assert (fact.payload["about"], fact.payload["number"]) == (str(refused), suit.number)


def test_the_same_suit_is_recorded_once_and_what_it_lacks_is_named_by_field(refused, suits):
    made = suits.record(refused, on("12T10:00"))
    person = suits.play.people["executor"]

    def record(**said: Any) -> Any:
        told = suits.said(refused, on("12T10:10"), **said)
        return lambda: services.record_suit(
            refused, said=told, scan=str(made.scan_id), person=person, at=on("12T10:10")
        )

    assert set(refused_with(BadInput, "BAD_INPUT", record()).fields) == {"number"}
    lacks = {"court": " ", "number": "", "demands": "", "received_on": "2026-11-13"}
    assert set(refused_with(BadInput, "BAD_INPUT", record(**lacks)).fields) == set(lacks)
    early = record(number="2", received_on="2026-11-09")
    assert set(refused_with(BadInput, "BAD_INPUT", early).fields) == {"received_on"}
    foreign = record(number="2", act_id=refused)
    assert set(refused_with(BadInput, "BAD_INPUT", foreign).fields) == {"act"}
    assert set(refused_with(BadInput, "BAD_INPUT", record(number="2", target="all")).fields) == {"target"}


@pytest.mark.parametrize("who", ["head", "supervisor", "auditor", "reviewer"])
def test_an_executor_or_the_chancery_records_it_and_nobody_else(refused, suits, who):
    told = suits.said(refused, on("12T10:00"))
    refused_with(
        NotPermitted,
        "NOT_PERMITTED",
        lambda: services.take_scan(
            refused, said=told, name="x.pdf", stream=None, person=suits.play.people[who], at=on("12T10:00")
        ),
    )


def test_what_the_chancery_records_is_assigned(refused, suits):
    suit = suits.record(refused, on("12T10:00"), who="chancery")
    assert Case.objects.get(pk=suit.pk).executor is None
    services.assign(
        suit.pk,
        executor_id=suits.play.people["executor2"].pk,
        person=suits.play.people["chancery"],
        at=on("12T10:05"),
        version=None,
    )
    suits.prepare_response(suit.pk, on("12T10:30"), who="executor2", **paper(suits, suit, "executor2"))
    assert services.load(suit.pk).status == "signing"


def paper(suits: Suits, suit: Suit, who: str = "executor") -> dict[str, str]:
    return {
        "position_by": "Председатель комиссии",
        "position_on": "2026-11-12",
        "scan": suits.scan(suit.pk, "prepare_response", on("12T10:20"), who=who),
    }


def test_without_a_complaint_before_it_the_position_of_the_superior_body_goes_along(refused, suits):
    suit = suits.record(refused, on("12T10:00"))
    lacks = refused_with(BadInput, "BAD_INPUT", lambda: suits.prepare_response(suit.pk, on("12T10:30")))
    assert set(lacks.fields) == {"position_by", "position_on", "scan"}
    suits.prepare_response(suit.pk, on("12T10:30"), **paper(suits, suit))
    waits = Act.objects.get(case=suit.pk, kind="court_response")
    assert (waits.four_eyes, waits.content["position_by"]) == (True, "Председатель комиссии")


def test_the_head_of_the_superior_body_signs_the_position_with_the_key_of_that_body(refused, suits):
    suit = suits.record(refused, on("12T10:00"))
    for who in ("head", "executor", "reviewer", "quality"):
        refused_with(
            NotPermitted,
            "NOT_PERMITTED",
            lambda who=who: suits.give_position(suit.pk, on("12T11:00"), who=who),
        )
    given = suits.give_position(suit.pk, on("12T11:00"))
    assert given.position is not None
    assert (given.position.signed_by.login, given.position.number) == ("superior", f"{suit.case}/МП1")
    refused_with(Conflict, "POSITION_GIVEN", lambda: suits.give_position(suit.pk, on("12T11:05")))
    suits.prepare_response(suit.pk, on("12T11:30"))
    content = Act.objects.get(case=suit.pk, kind="court_response").content
    assert (content["position_number"], content["position_on"]) == (given.position.number, "2026-11-12")
    suits.play.pass_time(on("12T11:40"))
    made = OfficialDocument.objects.filter(case=suit.pk, kind="court_position", state="published")
    assert sorted(made.values_list("language", flat=True)) == ["kk", "ru"]


def test_a_member_of_the_superior_body_who_is_not_its_head_gives_no_position(refused, suits):
    RoleHolding.objects.filter(person=suits.play.people["superior"], role=Role.HEAD).delete()
    suit = suits.record(refused, on("12T10:00"))
    refused_with(NotPermitted, "NOT_PERMITTED", lambda: suits.give_position(suit.pk, on("12T11:00")))


def test_the_head_of_the_superior_body_is_told_and_is_no_head_of_the_provider(refused, suits):
    suit = suits.record(refused, on("12T10:00"))
    suits.play.pass_time(on("12T10:10"))
    assert set(Notice.objects.filter(message__case=suit.pk).values_list("person__login", flat=True)) == {
        "superior"
    }
    suits.prepare_response(suit.pk, on("12T10:30"), **paper(suits, suit))
    refused_with(
        NotPermitted,
        "NOT_PERMITTED",
        lambda: services.open_signing(
            suit.pk, person=suits.play.people["superior"], at=on("12T11:00"), version=None
        ),
    )


def test_a_position_is_not_asked_for_after_a_complaint(refused, suits):
    suit = suits.record(refused, on("12T10:00"), complained_first=True)
    person = suits.play.people["superior"]
    said = {"action": "give_position", "params": POSITION, "person": person, "at": on("12T11:00")}
    refused_with(LawRefusal, "POSITION_NOT_ASKED", lambda: services.request_signature(suit.pk, **said))


def test_both_languages_and_the_same_numbers_in_both(refused, suits):
    suit = suits.record(refused, on("12T10:00"), complained_first=True)
    alone = {"response_kk": " "}
    lacks = refused_with(
        BadInput, "BAD_INPUT", lambda: suits.prepare_response(suit.pk, on("12T10:30"), **alone)
    )
    assert set(lacks.fields) == {"response_kk"}
    differ = {"response_kk": "10.11.2026", "response_ru": "11.11.2026"}
    refused_with(
        LawRefusal, "TEXTS_DIFFER", lambda: suits.prepare_response(suit.pk, on("12T10:30"), **differ)
    )


def test_sent_back_it_is_prepared_anew_and_a_head_who_prepared_nothing_signs(refused, suits):
    suit = suits.record(refused, on("12T10:00"), complained_first=True)
    suits.prepare_response(suit.pk, on("12T10:30"))
    frame = {"person": suits.play.people["head"], "at": on("12T10:40"), "version": None}
    refused_with(BadInput, "BAD_INPUT", lambda: services.send_back(suit.pk, reason=" ", **frame))
    services.send_back(suit.pk, reason="Уточните.", **frame)
    assert services.load(suit.pk).status == "recorded"
    suits.prepare_response(suit.pk, on("12T10:50"))
    signed = suits.open_and_sign(suit.pk, on("12T11:00"))
    assert (signed.status, signed.response.number) == ("answered", f"{suit.case}/ОТЗ1")
    assert signed.response.signed_by.login == "head"
    assert Application.objects.get(pk=refused).status == "refused"


def test_the_party_reads_the_response_and_is_told(refused, suits):
    suit = responded(suits, refused)
    made = OfficialDocument.objects.filter(case=suit.pk, kind="court_response", state="published")
    assert sorted(made.values_list("language", flat=True)) == ["kk", "ru"]
    told = Notice.objects.filter(message__case=suit.pk, message__kind="suit.answered")
    assert "aigerim" in set(told.values_list("person__login", flat=True))


# --- court acts -----------------------------------------------------------------------------------
def decided(suits: Suits, suit: Suit, outcome: str, *, at: str = "18") -> Suit:
    suits.record_court_act(suit.pk, on(f"{at}T10:00"), outcome, in_force_on="2026-11-17")
    done = suits.open_and_sign(suit.pk, on(f"{at}T11:00"))
    suits.play.pass_time(on(f"{at}T11:10"))
    return done


def test_a_cancelled_refusal_is_considered_anew_by_another_person_in_new_terms(refused, suits):
    done = decided(suits, responded(suits, refused), "cancelled")
    assert (done.status, done.outcome, str(done.in_force_on)) == ("decided", "cancelled", "2026-11-17")
    assert not done.case.is_open
    application = Application.objects.get(pk=refused)
    assert (application.status, application.case.executor) == ("review", None)
    cancellation = Cancellation.objects.get(act=done.act)
    assert (cancellation.basis, cancellation.by_act.kind) == ("court_act", "court_act_record")
    service = application.case.terms.filter(code="service").latest("pk")
    assert (str(service.start), service.state) == ("2026-11-18", "open")
    assert application.case.bars.filter(officer=suits.play.people["executor"]).exists()


@pytest.mark.parametrize("outcome", ["dismissed", "ended"])
def test_a_dismissed_or_ended_suit_changes_nothing_but_itself(refused, suits, outcome):
    done = decided(suits, responded(suits, refused), outcome)
    assert done.status == "decided"
    assert Application.objects.get(pk=refused).status == "refused"
    assert not Cancellation.objects.exists()


def test_a_court_act_may_come_before_any_response(refused, suits):
    suit = suits.record(refused, on("12T10:00"))
    assert decided(suits, suit, "ended").status == "decided"


def test_an_act_cancelled_meanwhile_is_not_cancelled_twice(refused, suits):
    suit = responded(suits, refused)
    complaints = Complaints(suits.play)
    pk = complaints.draft(refused, on("13T10:00"), addressee="provider").pk
    complaints.file(pk, on("13T10:05"))
    complaints.assign(pk, on("13T11:00"), to="reviewer")
    complaints.notify(pk, on("13T12:00"), who="reviewer")
    complaints.record_hearing(pk, on("18T09:30"), who="reviewer")
    complaints.decide(pk, on("18T10:00"), who="reviewer", outcome="remanded")
    complaints.open_and_sign(pk, on("18T10:10"), who="reviewer")
    assert Application.objects.get(pk=refused).status == "review"
    done = decided(suits, suit, "cancelled", at="19")
    assert done.status == "decided"
    assert Cancellation.objects.get().basis == "complaint"
    assert Fact.objects.get(stream=f"case:{suit.pk}", kind="suit.decided").payload["cancelled"] is None


def test_a_failure_to_act_is_contested_while_the_case_goes_on(stages, suits):
    case = stages.accepted()
    suits.play.pass_time(on("24T09:00"))
    suit = suits.record(case, on("24T10:00"), target="inaction", demands="Обязать принять решение.")
    assert (suit.act, suit.about.is_open) == (None, True)
    suits.give_position(suit.pk, on("24T10:10"))
    suits.prepare_response(suit.pk, on("24T10:20"))
    suits.open_and_sign(suit.pk, on("24T10:30"))
    assert Application.objects.get(pk=case).status == "review"
    wrong = refused_with(
        BadInput,
        "BAD_INPUT",
        lambda: services.record_court_act(
            suit.pk,
            outcome="cancelled",
            court="Суд",
            number="1",
            in_force_on="2026-11-24",
            scan=str(suit.scan_id),
            person=suits.play.people["executor"],
            at=on("24T11:00"),
            version=None,
        ),
    )
    assert set(wrong.fields) == {"outcome", "scan"}
    suits.record_court_act(suit.pk, on("25T10:00"), "action_ordered", in_force_on="2026-11-25")
    suits.open_and_sign(suit.pk, on("25T10:10"))
    suits.play.pass_time(on("25T10:20"))
    assert Application.objects.get(pk=case).status == "review"
    told = Notice.objects.filter(message__case=suit.pk, message__kind="suit.decided").values_list(
        "person__login", flat=True
    )
    assert {"aigerim", "executor", "head"} <= set(told)


def test_the_outcome_of_a_complaint_is_contested_as_an_act_of_its_own(refused, suits):
    complaints = Complaints(suits.play)
    pk = complaints.draft(refused, on("11T10:00"), addressee="provider").pk
    complaints.file(pk, on("11T10:05"))
    complaints.assign(pk, on("11T11:00"), to="reviewer")
    complaints.notify(pk, on("11T12:00"), who="reviewer")
    complaints.record_hearing(pk, on("16T09:30"), who="reviewer")
    complaints.decide(pk, on("16T10:00"), who="reviewer", outcome="dismissed")
    complaints.open_and_sign(pk, on("16T10:10"), who="reviewer")
    suits.play.pass_time(on("16T10:20"))
    [answer] = contestable(pk)
    suit = suits.record(pk, on("17T10:00"), complained_first=True)
    assert (suit.act, suit.about_id) == (answer, pk)
    suits.record_court_act(suit.pk, on("18T10:00"), "cancelled", in_force_on="2026-11-18")
    suits.open_and_sign(suit.pk, on("18T11:00"))
    assert Cancellation.objects.get().act == answer
    assert Application.objects.get(pk=refused).status == "refused"


def test_a_returned_application_too(stages, suits):
    case = stages.returned()
    suits.play.pass_time(on("10T12:10"))
    done = decided(suits, responded(suits, case), "cancelled")
    assert done.act.kind == "further_refusal"
    assert Application.objects.get(pk=case).status == "review"


def test_what_waits_is_signed_by_somebody_else_than_its_preparer(refused, suits, quiet):
    RoleHolding.objects.create(
        person=quiet.people["head2"], body_id="provider", role=Role.EXECUTOR, valid_from="2026-01-01"
    )
    suit = suits.record(refused, on("12T10:00"), who="head2", complained_first=True)
    suits.prepare_response(suit.pk, on("12T10:30"), who="head2")
    refused_with(
        LawRefusal,
        "FOUR_EYES",
        lambda: services.open_signing(suit.pk, person=quiet.people["head2"], at=on("12T11:00"), version=None),
    )
