"""Complaints taken to each of their ends on fixed days of November 2026 (Rules 19-23, APPC 91-100).

The refusal is signed on Tuesday 10 November; the complaint of 11 November is forwarded until the 16th.
"""

import pytest

from appeals.models import Complaint
from applications.models import Application
from casework.deadlines.models import Term
from casework.decisions.models import Act, Cancellation
from casework.documents.models import OfficialDocument
from foundation.journal.anchors import faults
from foundation.journal.models import Fact
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import LawRefusal
from licenses.models import Licence
from tests.applications.stages import moment, perform

pytestmark = pytest.mark.django_db


def on(text: str):
    return moment(f"2026-11-{text}")


def terms(case):
    return {term.code: (str(term.state), f"{term.due_on:%m-%d}") for term in Term.objects.filter(case=case)}


@pytest.fixture
def refused(stages, quiet):
    case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


def test_refusal_complaint_favourable_act_licence(refused, complaints, quiet):
    """Rules 20: within three days, one transaction; the refusal stays in the file as cancelled."""
    refusal = Act.objects.get(case=refused, kind="refusal", state="signed")
    draft = complaints.draft(refused, on("11T10:00"))
    assert (draft.act, f"{draft.delivered_on}", f"{draft.file_until}") == (
        refusal,
        "2026-11-10",
        "2027-02-10",
    )
    complaint = complaints.file(draft.pk, on("11T10:05"))
    assert (complaint.status, complaint.late, complaint.stays) == ("registered", False, None)
    assert terms(complaint.pk) == {"complaint_forwarding": ("open", "11-16")}
    complaints.assign(complaint.pk, on("11T11:00"), to="executor2")
    complaints.satisfy(complaint.pk, on("12T10:00"))
    done = complaints.open_and_sign(complaint.pk, on("12T11:00"), who="head")

    assert done.status == "satisfied"
    application = Application.objects.get(pk=refused)
    assert application.status == "issued"
    licence = Licence.objects.get(case_id=refused)
    cancelled = Cancellation.objects.get()
    assert (cancelled.act, cancelled.basis, cancelled.number) == (refusal, "complaint", done.case.incoming_no)
    assert cancelled.by_act.kind == "complaint_satisfaction"
    kinds = set(OfficialDocument.objects.filter(act_id=cancelled.by_act_id).values_list("kind", flat=True))
    assert kinds == {"complaint_answer", "licence_form_4", "annex_form_6"}
    assert terms(done.pk)["complaint_forwarding"][0] == "met"
    refusal.refresh_from_db()
    assert refusal.state == "signed"
    assert licence.status == "active"
    quiet.pass_time(on("12T11:10"))
    assert list(faults()) == []


def test_the_three_days_are_three_days(refused, complaints):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    complaints.assign(complaint.pk, on("11T11:00"), to="executor2")
    with pytest.raises(LawRefusal) as caught:
        complaints.satisfy(complaint.pk, on("16T18:31"))
    assert (caught.value.code, caught.value.citation) == ("SATISFY_TOO_LATE", cite("Rules", 20))
    assert Complaint.objects.get(pk=complaint.pk).status == "registered"


def test_refusal_complaint_remand_hearing_licence(refused, complaints, stages, quiet):
    """Forwarded to the superior body, both sides heard, remanded: another person makes the findings anew."""
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    complaints.forward(complaint.pk, on("12T10:00"))
    forwarded = complaints.open_and_sign(complaint.pk, on("12T11:00"), who="head2")
    assert (forwarded.status, f"{forwarded.arrived_on}") == ("forwarded", "2026-11-12")
    assert terms(complaint.pk)["complaint_superior"] == ("open", "12-10")

    complaints.assign(complaint.pk, on("13T10:00"), to="superior")
    complaints.notify(complaint.pk, on("16T10:00"), who="superior")
    complaints.record_hearing(complaint.pk, on("19T10:00"), who="superior")
    complaints.decide(complaint.pk, on("19T11:00"), who="superior", outcome="remanded")
    done = complaints.open_and_sign(complaint.pk, on("19T11:05"), who="superior")
    assert (done.status, done.outcome, done.case.is_open) == ("remanded", "remanded", False)

    application = Application.objects.get(pk=refused)
    assert (application.status, application.case.executor_id) == ("review", None)
    assert almaty(application.reopened_at) == on("19T11:05")
    open_terms = {t.code: f"{t.due_on:%m-%d}" for t in Term.objects.filter(case=refused, state="open")}
    # 15 working days from the reopening; the last notice day three before
    assert open_terms == {"service": "12-10", "hearing_notice": "12-07", "review": "12-08"}
    assert Term.objects.get(case=refused, code="service", state="met").due_on.isoformat() == "2026-11-23"

    with pytest.raises(LawRefusal) as caught:  # who prepared the cancelled act is out
        perform(quiet, "assign", refused, on("19T12:00"), "chancery", executor="executor")
    assert caught.value.code == "ACT_WAS_CANCELLED"
    perform(quiet, "assign", refused, on("19T12:00"), "chancery", executor="executor2")
    with pytest.raises(LawRefusal) as caught:  # findings are made anew
        perform(quiet, "prepare_issue", refused, on("19T13:00"), "executor2")
    assert caught.value.code == "FINDINGS_MISSING"
    quiet.find(refused, on("20T10:00"), who="executor2")
    quiet.prepare_issue(refused, on("20T11:00"), who="executor2")
    quiet.open_signing(refused, on("20T12:00"), who="head2")
    quiet.sign(refused, on("20T12:05"), who="head2")
    assert Application.objects.get(pk=refused).status == "issued"
    quiet.pass_time(on("20T12:10"))
    assert list(faults()) == []


def test_dismissed_by_the_quality_body_after_an_extension(refused, complaints):
    complaint = complaints.file(
        complaints.draft(refused, on("11T10:00"), addressee="quality").pk, on("11T10:05")
    )
    complaints.forward(complaint.pk, on("12T10:00"))
    complaints.open_and_sign(complaint.pk, on("12T11:00"), who="head")
    complaints.assign(complaint.pk, on("13T10:00"), to="quality")
    from appeals import services

    extended = services.extend(
        complaint.pk,
        said={"reason": "Запрошен ответ системного оператора."},
        person=complaints.play.people["quality"],
        at=on("16T10:00"),
        version=None,
    )
    assert (
        f"{extended.extended_until}" == "2026-12-18"
    )  # 15 + 10 working days from 12 November, 16 December off
    with pytest.raises(LawRefusal) as caught:
        complaints.decide(complaint.pk, on("17T10:00"), who="quality", outcome="dismissed")
    assert (caught.value.code, caught.value.citation) == ("NOT_HEARD", cite("APPC", "98(3)"))
    complaints.notify(complaint.pk, on("17T10:00"), who="quality")
    complaints.record_hearing(complaint.pk, on("20T10:00"), who="quality")
    with pytest.raises(LawRefusal) as caught:
        complaints.decide(
            complaint.pk, on("20T11:00"), who="quality", outcome="dismissed", grounds=["3", "7"]
        )
    assert (caught.value.code, caught.value.citation) == ("FOR_THE_WORSE", cite("APPC", "98(3)"))
    complaints.decide(complaint.pk, on("20T11:00"), who="quality", outcome="dismissed", grounds=["3"])
    done = complaints.open_and_sign(complaint.pk, on("20T11:05"), who="quality")
    assert done.status == "dismissed"
    assert Application.objects.get(pk=refused).status == "refused"
    assert not Cancellation.objects.exists()


def test_a_complaint_at_1910_before_a_holiday_is_registered_after_it(stages, complaints, quiet):
    case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    draft = complaints.draft(case, moment("2026-12-15T19:05"))
    filed = complaints.file(draft.pk, moment("2026-12-15T19:10"))
    assert (filed.status, filed.case.registered_on) == ("received", None)
    quiet.pass_time(moment("2026-12-17T09:01"))
    filed = Complaint.objects.get(pk=draft.pk)
    assert (filed.status, f"{filed.case.registered_on}") == ("registered", "2026-12-17")  # 16 December is off
    assert terms(draft.pk)["complaint_forwarding"] == ("open", "12-22")


def test_silence_counts_as_dismissed_and_is_told(refused, complaints, quiet):
    complaint = complaints.file(
        complaints.draft(refused, on("11T10:00"), addressee="provider").pk, on("11T10:05")
    )
    assert terms(complaint.pk) == {
        "complaint_provider": ("open", "11-18"),
        "complaint_forwarding": ("void", "11-16"),  # process.md: void where the addressee is the provider
    }
    considered = complaints.assign(complaint.pk, on("12T10:00"), to="reviewer")
    assert considered.status == "considered"
    quiet.pass_time(on("18T18:31"))
    quiet.pass_time(on("18T18:32"))
    assert terms(complaint.pk)["complaint_provider"][0] == "breached"
    told = Fact.objects.filter(subject_id=complaint.pk, kind="notice.sent").order_by("seq").last()
    assert told.payload["kind"] == "term.breached"


def test_withdrawn_before_the_decision(refused, complaints):
    complaint = complaints.file(complaints.draft(refused, on("11T10:00")).pk, on("11T10:05"))
    done = complaints.withdraw(complaint.pk, on("12T23:00"))
    assert (done.status, done.case.is_open) == ("withdrawn", False)
    assert terms(complaint.pk)["complaint_forwarding"][0] == "void"


def test_left_without_consideration(refused, complaints):
    complaint = complaints.file(
        complaints.draft(refused, on("11T10:00"), addressee="provider").pk, on("11T10:05")
    )
    complaints.assign(complaint.pk, on("11T11:00"), to="reviewer")
    done = complaints.leave(complaint.pk, on("12T10:00"), who="reviewer")
    assert (done.status, done.left_for) == ("left", "suit_pending")


def test_a_returned_application_is_taken_up_again(stages, complaints, quiet):
    case = stages.returned()
    quiet.pass_time(on("03T10:10"))
    complaint = complaints.file(complaints.draft(case, on("04T10:00")).pk, on("04T10:05"))
    complaints.assign(complaint.pk, on("04T11:00"), to="executor2")
    complaints.satisfy(complaint.pk, on("04T12:00"))
    complaints.open_and_sign(complaint.pk, on("04T12:05"), who="head")
    assert Application.objects.get(pk=case).status == "review"
    assert f"{Term.objects.get(case=case, code='service', state='open').due_on:%m-%d}" == "11-25"


def test_a_late_decision_is_complained_of_as_a_failure_to_act(stages, complaints, quiet):
    """APPC 91(2): the day the service term passes, silence is a refusal; the breach stays whatever comes later."""
    case = stages.accepted()
    service = Term.objects.get(case=case, code="service")
    assert (str(service.state), f"{service.due_on:%m-%d}") == ("open", "11-23")  # the fifteenth working day
    quiet.pass_time(on("23T18:31"))
    quiet.pass_time(on("23T18:32"))
    service.refresh_from_db()
    assert (str(service.state), Application.objects.get(pk=case).status) == ("breached", "review")

    draft = complaints.draft(case, on("24T10:00"), target="inaction", addressee="provider")
    complaint = complaints.file(draft.pk, on("24T10:05"))
    assert (complaint.status, complaint.target, complaint.act_id, complaint.late) == (
        "registered",
        "inaction",
        None,
        False,
    )
    assert terms(complaint.pk)["complaint_provider"] == ("open", "12-01")
    service.refresh_from_db()
    assert str(service.state) == "breached"
