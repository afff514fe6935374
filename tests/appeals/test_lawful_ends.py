"""Whose act falls, by whom, within what time, and what the answer says of it (Rules 20-23; APPC 67, 84, 91-100)."""

import datetime as dt
import re

import pytest

from appeals import services
from appeals.models import Complaint
from appeals.suits.selectors import was_complained_of
from applications import services as application_services
from applications.models import Application
from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.decisions.models import Act, Cancellation
from casework.documents.models import OfficialDocument
from casework.notices.models import Notice
from foundation.accounts.models import Body, Person, Role, RoleHolding
from foundation.kernel.refusals import BadInput, Refusal
from licenses.models import Licence
from licenses.models.numbers import LicenceNumber
from sandbox.cast import SINCE
from sandbox.suits import Suits
from tests.applications.stages import moment, perform
from tests.applications.test_reissue import NAME, REFUSAL, drafted, reviewed

pytestmark = pytest.mark.django_db


def on(hour: str) -> dt.datetime:
    return moment(f"2026-11-{hour}")


@pytest.fixture
def refused(stages, quiet):
    case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


@pytest.fixture
def reissue_refused(stages, quiet):
    stages.issued()
    draft = drafted(stages, Licence.objects.get(), NAME)
    reviewed(stages, draft.pk)
    application_services.prepare_refusal(
        draft.pk, grounds=REFUSAL, person=quiet.people["executor"], at=on("09T11:00"), version=None
    )
    quiet.open_signing(draft.pk, on("09T11:10"))
    quiet.sign(draft.pk, on("09T11:15"))
    quiet.pass_time(on("10T12:10"))
    return draft.pk


@pytest.fixture
def overdue(stages, quiet):
    case = stages.accepted()
    quiet.pass_time(on("23T18:31"))
    quiet.pass_time(on("23T18:32"))
    return case


def before(complaints, case, body, *, from_day="11", **said):
    """At its body with its reviewer two days after it was filed."""
    day = int(from_day)
    pk = complaints.file(
        complaints.draft(case, on(f"{day}T10:00"), addressee=body, **said).pk, on(f"{day}T10:05")
    ).pk
    complaints.forward(pk, on(f"{day + 1}T10:00"))
    complaints.open_and_sign(pk, on(f"{day + 1}T11:00"), who="head2")
    complaints.assign(pk, on(f"{day + 2}T10:00"), to=body)
    return pk


def decided(complaints, pk, hour, outcome, *, who="superior"):
    complaints.decide(pk, on(hour), who=who, outcome=outcome, in_full=True)
    return complaints.open_and_sign(pk, on(hour), who=who)


def reads(case, kind="complaint_answer", language="ru"):
    row = OfficialDocument.objects.filter(case_id=case, kind=kind, language=language).last()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bytes(row.final.content).decode()))


def service_terms(case):
    rows = Term.objects.filter(case=case, code="service").order_by("pk")
    return [(row.n, row.due_on.isoformat()) for row in rows]


def told(case):
    rows = Notice.objects.filter(message__case_id=case, message__kind="complaint.decided")
    return {row.person.login for row in rows}


def test_a_complaint_of_one_refusal_does_not_cancel_the_next(refused, complaints, quiet):
    first, second = (before(complaints, refused, body) for body in ("superior", "quality"))
    decided(complaints, first, "13T11:05", "cancelled")
    for outcome in ("cancelled", "remanded", "action_ordered"):
        with pytest.raises(Refusal) as found:
            complaints.decide(second, on("13T12:00"), who="quality", outcome=outcome, in_full=True)
        assert found.value.code in ("ACT_NOT_IN_FORCE", "NOT_HEARD")
    perform(quiet, "assign", refused, on("16T10:00"), "chancery", executor="executor2")
    quiet.find(refused, on("16T11:00"), who="executor2", not_met=("I-1",))
    quiet.notify_hearing(refused, on("16T12:00"), who="executor2")
    quiet.pass_time(on("16T12:10"))
    perform(quiet, "record_hearing", refused, on("19T10:00"), "executor2")
    perform(quiet, "prepare_refusal", refused, on("19T11:00"), "executor2")
    quiet.open_signing(refused, on("19T12:00"), who="head2")
    quiet.sign(refused, on("19T12:05"), who="head2")
    complaints.notify(second, on("19T13:00"), who="quality")
    complaints.record_hearing(second, on("24T10:00"), who="quality")
    with pytest.raises(Refusal) as found:
        complaints.decide(second, on("24T11:00"), who="quality", outcome="cancelled", in_full=True)
    assert found.value.code == "ACT_NOT_IN_FORCE"
    ended = complaints.decide(second, on("24T11:00"), who="quality", outcome="dismissed")
    assert ended.status == "signing"
    assert complaints.open_and_sign(second, on("24T11:05"), who="quality").status == "dismissed"
    assert Cancellation.objects.count() == 1
    assert Application.objects.get(pk=refused).status == "refused"


def test_what_fell_between_preparing_and_signing_is_not_cancelled_twice(refused, complaints):
    first, second = (before(complaints, refused, body) for body in ("superior", "quality"))
    complaints.decide(second, on("13T10:30"), who="quality", outcome="cancelled", in_full=True)
    decided(complaints, first, "13T11:05", "cancelled")
    with pytest.raises(Refusal) as found:
        complaints.open_and_sign(second, on("13T12:00"), who="quality")
    assert found.value.code == "ACT_NOT_IN_FORCE"
    assert Complaint.objects.get(pk=second).status == "signing"
    assert Cancellation.objects.count() == 1


def test_a_refused_reissue_keeps_its_number(reissue_refused, complaints):
    """PL 33: re-issued under the number it has; no other number is taken."""
    number = Licence.objects.get().number
    taken = LicenceNumber.objects.count()
    pk = complaints.file(complaints.draft(reissue_refused, on("11T10:00")).pk, on("11T10:05")).pk
    complaints.assign(pk, on("11T11:00"), to="executor2")
    complaints.satisfy(pk, on("12T10:00"))
    assert complaints.open_and_sign(pk, on("12T11:00"), who="head").status == "satisfied"
    assert [(row.number, row.edition) for row in Licence.objects.all()] == [(number, 2)]
    assert LicenceNumber.objects.count() == taken
    assert f"лицензия № {number} переоформлена под тем же номером" in reads(pk)


def test_a_reopened_reissue_has_fifteen_days(reissue_refused, complaints):
    """process.md, Reopening; the letters say the same."""
    pk = before(complaints, reissue_refused, "superior")
    decided(complaints, pk, "13T11:05", "cancelled_new_act")
    assert Application.objects.get(pk=reissue_refused).status == "review"
    assert service_terms(reissue_refused)[-1] == (15, "2026-12-04")
    assert "в течение 15 рабочих дней с 13.11.2026" in reads(pk)
    assert not Term.objects.filter(case=reissue_refused, code="hearing_notice").exists()


def test_nobody_is_superior_to_the_minister(stages, complaints, quiet):
    """APPC 91(3)."""
    Person.objects.filter(login="head").update(rank="minister")
    quiet.people["head"].refresh_from_db()
    case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    pk = complaints.draft(case, on("11T10:00"), addressee="quality").pk
    with pytest.raises(BadInput) as found:
        services.save_draft(
            pk,
            changes={"addressee": "superior"},
            person=quiet.people["aigerim"],
            at=on("11T10:01"),
            version=None,
        )
    assert "addressee" in found.value.fields
    assert complaints.file(pk, on("11T10:05")).addressee == "quality"


def test_who_had_the_case_does_not_consider_that_nothing_was_decided(overdue, complaints):
    """APPC 97(2), Rules 20: also of an action or a failure to act."""
    executor = Case.objects.get(pk=overdue).executor
    assert executor is not None
    RoleHolding.objects.create(
        person=executor,
        body=Body.objects.get(kind="provider"),
        role=Role.REVIEWER,
        valid_from=SINCE.date(),
    )
    draft = complaints.draft(overdue, on("24T10:00"), target="inaction", addressee="provider")
    pk = complaints.file(draft.pk, on("24T10:05")).pk
    with pytest.raises(Refusal) as found:
        complaints.assign(pk, on("24T11:00"), to=executor.login)
    assert found.value.code == "OWN_ACT"


def test_who_signed_the_act_does_not_decide_on_a_recusal(refused, complaints, quiet):
    pk = before(complaints, refused, "superior")
    people = quiet.people
    services.ask_recusal(
        pk,
        officer_id=people["superior"].pk,
        ground="interest",
        reason="Родство.",
        person=people["aigerim"],
        at=on("13T11:00"),
        version=None,
    )

    def decide(who):
        return services.decide_recusal(
            pk,
            granted=True,
            reason="Родство подтверждено.",
            person=people[who],
            at=on("13T12:00"),
            version=None,
        )

    signer = Act.objects.get(case=refused, kind="refusal", state="signed").signed_by.login
    with pytest.raises(Refusal) as found:
        decide(signer)
    assert found.value.code == "OWN_ACT"
    assert decide("head2").case.executor is None


def test_a_cancelled_discontinuance_lets_the_case_go_on(stages, complaints, quiet):
    case = stages.discontinued()
    quiet.pass_time(on("05T12:10"))
    pk = before(complaints, case, "superior")
    decided(complaints, pk, "13T11:05", "cancelled")
    application = Application.objects.get(pk=case)
    assert (application.status, application.case.is_open) == ("review", True)
    assert service_terms(case)[-1] == (15, "2026-12-04")


@pytest.mark.parametrize("hour", ["16T19:00", "25T11:00"])
def test_a_favourable_act_is_made_when_it_is_signed_not_when_prepared(refused, complaints, hour):
    """Rules 20: three working days to make it; after office hours it bears the next day."""
    pk = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05")).pk
    complaints.assign(pk, on("11T11:00"), to="executor2")
    complaints.satisfy(pk, on("16T18:00"))
    with pytest.raises(Refusal) as found:
        complaints.open_and_sign(pk, on(hour), who="head")
    assert found.value.code == "SATISFY_TOO_LATE"
    assert Application.objects.get(pk=refused).status == "refused"


@pytest.mark.parametrize("ended", ["refused", "discontinued"])
def test_a_court_that_orders_an_action_opens_the_case(stages, quiet, ended):
    case = getattr(stages, ended)()
    quiet.pass_time(on("10T12:10"))
    suits = Suits(quiet)
    suit = suits.record(case, on("12T10:00"), complained_first=True)
    suits.prepare_response(suit.pk, on("12T10:30"))
    suits.open_and_sign(suit.pk, on("12T11:00"))
    suits.record_court_act(suit.pk, on("20T10:00"), "action_ordered", in_force_on="2026-11-20")
    suits.open_and_sign(suit.pk, on("20T11:00"))
    application = Application.objects.get(pk=case)
    assert (application.status, application.case.is_open) == ("review", True)
    assert service_terms(case)[-1] == (15, "2026-12-11")
    assert "новый срок в пятнадцать рабочих дней исчисляется со дня этого документа" in reads(
        suit.pk, "court_act_record"
    )


def test_a_court_act_on_what_fell_before_says_so(refused, complaints, quiet):
    suits = Suits(quiet)
    suit = suits.record(refused, on("10T13:00"), complained_first=True)
    suits.prepare_response(suit.pk, on("10T13:30"))
    suits.open_and_sign(suit.pk, on("10T14:00"))
    decided(complaints, before(complaints, refused, "superior"), "13T11:05", "cancelled")
    running = service_terms(refused)
    suits.record_court_act(suit.pk, on("20T10:00"), "cancelled", in_force_on="2026-11-20")
    suits.open_and_sign(suit.pk, on("20T11:00"))
    assert service_terms(refused) == running
    said = reads(suit.pk, "court_act_record")
    assert "утратил силу ещё раньше" in said
    assert "исчисляется со дня этого документа" not in said


def test_an_unanswered_complaint_was_a_complaint(overdue, complaints, quiet):
    """APPC 100(5): silence dismissed it, so a suit after it comes after a complaint (Rules 23)."""
    pk = before(complaints, overdue, "superior", from_day="24", target="inaction")
    about = Case.objects.get(pk=overdue)
    assert not was_complained_of(about, None)
    quiet.pass_time(moment("2026-12-24T18:31"))
    assert Term.objects.get(case=pk, code="complaint_superior").state == "breached"
    assert was_complained_of(about, None)


@pytest.mark.parametrize("target", ["inaction", "action"])
def test_only_a_decision_can_be_cancelled(overdue, complaints, quiet, target):
    pk = before(complaints, overdue, "superior", from_day="24", target=target)
    for outcome in ("cancelled", "cancelled_new_act", "remanded"):
        with pytest.raises(BadInput) as found:
            complaints.decide(pk, on("27T10:30"), who="superior", outcome=outcome, in_full=True)
        assert "outcome" in found.value.fields
    decided(complaints, pk, "27T11:00", "action_ordered")
    quiet.pass_time(on("27T11:10"))
    quiet.deliver()
    assert {"executor", "head"} <= told(pk)
    named = {"inaction": "решение в срок не принято", "action": "действие должностного лица"}
    assert named[target] in reads(pk)
    assert named[target] in reads(pk, "complaint_filed")


def test_a_complaint_of_silence_can_be_late_too(overdue, complaints):
    """APPC 92: three months from the day the decision was due."""
    draft = complaints.draft(overdue, on("24T10:00"), target="inaction")
    assert draft.file_until == dt.date(2027, 2, 23)
    assert complaints.file(draft.pk, moment("2027-02-24T10:00")).late


def test_the_reason_of_lateness_stands_in_what_is_signed(refused, complaints):
    """APPC 92, 93(2)."""
    late = complaints.draft(refused, on("11T10:00"), late_reason="Директор болел.")
    pk = complaints.file(late.pk, moment("2027-03-01T10:00")).pk
    assert "Директор болел." in reads(pk, "complaint_filed")


@pytest.mark.parametrize(
    ("body", "way"),
    [
        ("superior", "Вы вправе обратиться в суд (пункт 23 Правил"),
        ("quality", "подать жалобу в вышестоящий орган или обратиться в суд"),
    ],
)
def test_the_answer_names_who_is_left_to_turn_to(refused, complaints, body, way):
    pk = before(complaints, refused, body)
    complaints.notify(pk, on("13T11:00"), who=body)
    complaints.record_hearing(pk, on("18T10:00"), who=body)
    complaints.decide(pk, on("18T11:00"), who=body, outcome="dismissed")
    complaints.open_and_sign(pk, on("18T11:05"), who=body)
    assert way in reads(pk)


def test_the_notice_of_the_hearing_speaks_of_the_complaint(refused, complaints):
    pk = before(complaints, refused, "superior")
    complaints.notify(pk, on("13T11:00"), who="superior")
    assert "по Вашей жалобе" in reads(pk, "hearing_notice")
    assert "шағымыңыз бойынша" in reads(pk, "hearing_notice", "kk")
