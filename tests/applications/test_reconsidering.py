"""The authority cancels its own refusal, or a court act on it is recorded (APPC 84; process.md, Reopening).

The refusal is signed on Tuesday 10 November; what reopens it on the 12th starts 15 new working days.
"""

import io
from uuid import UUID

import pytest

from applications import services
from applications.models import Application
from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.decisions.models import Act, Cancellation
from casework.documents.models import OfficialDocument
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, LawRefusal, NotPermitted, Refusal
from sandbox.papers import evidence_pdf
from tests.applications.stages import moment, nothing_changes, perform

pytestmark = pytest.mark.django_db
REASONS = {
    "reasons_kk": "Мекенжай шарттың сыртқы бетінде көрсетілген, ол ескерілмеген.",
    "reasons_ru": "Адрес указан на обороте договора, он не учтён.",
}
COURT = {
    "outcome": "cancelled",
    "court": "СМАС города Астаны",
    "number": "7194-26",
    "in_force_on": "2026-11-11",
}


def on(text: str):
    return moment(f"2026-11-{text}")


@pytest.fixture
def refused(stages, quiet) -> UUID:
    case = stages.refused()
    quiet.pass_time(on("10T12:10"))
    return case


def frame(quiet, who: str, at: str) -> dict:
    return {"person": quiet.people[who], "at": on(at), "version": None}


def scan(quiet, case: UUID) -> str:
    stream = io.BytesIO(evidence_pdf("I-1", "Судебный акт"))
    person = quiet.people["executor"]
    return str(services.attach_scan(case, name="акт.pdf", stream=stream, person=person, at=on("12T09:50")))


def confirm(quiet, case: UUID, at: str) -> Application:
    return quiet.signed(case, "confirm_court_act", services.confirm_court_act, on(at), who="head")


def refused_with(kind: type[Refusal], code: str, act) -> None:
    with nothing_changes(), pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code


def test_own_cancellation_reopens_with_new_terms_and_another_officer(refused, quiet):
    refusal = Act.objects.get(case=refused, kind="refusal", state="signed")
    services.cancel_refusal(refused, **REASONS, **frame(quiet, "executor", "12T10:00"))
    assert Application.objects.get(pk=refused).status == "refused"  # in force until the head signs
    refused_with(
        NotPermitted,
        "NOT_PERMITTED",
        lambda: perform(quiet, "open_signing", refused, on("12T11:00"), "executor"),
    )
    perform(quiet, "open_signing", refused, on("12T11:00"))
    perform(quiet, "sign", refused, on("12T11:05"))

    application = Application.objects.get(pk=refused)
    assert (application.status, application.case.executor, application.case.is_open) == ("review", None, True)
    cancelled = Cancellation.objects.get()
    order = Act.objects.get(case=refused, kind="refusal_cancellation")
    assert (cancelled.act, cancelled.basis, cancelled.by_act) == (refusal, "own", order)
    assert cancelled.number == order.number == f"{application.case.incoming_no}/ОТМ1"
    terms = {term.code: term for term in Term.objects.filter(case=refused, state="open")}
    assert f"{terms['service'].due_on:%m-%d}" == "12-03"
    quiet.pass_time(on("12T11:10"))
    made = OfficialDocument.objects.filter(case=refused, kind="refusal_cancellation", state="published")
    assert sorted(made.values_list("language", flat=True)) == ["kk", "ru"]
    assert (
        OfficialDocument.objects.filter(case=refused, kind="refusal_form_8", state="published").count() == 2
    )
    refused_with(
        LawRefusal,
        "ACT_WAS_CANCELLED",
        lambda: services.assign(
            refused, executor_id=quiet.people["executor"].pk, **frame(quiet, "chancery", "12T12:00")
        ),
    )


def test_sent_back_the_refusal_stands(refused, quiet):
    services.cancel_refusal(refused, **REASONS, **frame(quiet, "executor", "12T10:00"))
    perform(quiet, "send_back", refused, on("12T11:00"))
    assert Application.objects.get(pk=refused).status == "refused"
    assert Act.objects.get(case=refused, kind="refusal_cancellation").state == Act.State.VOID
    refused_with(
        LawRefusal, "NOTHING_PREPARED", lambda: perform(quiet, "open_signing", refused, on("12T11:30"))
    )


def test_reasons_in_both_languages_and_one_decision_at_a_time(refused, quiet):
    said = frame(quiet, "executor", "12T10:00")
    refused_with(
        BadInput,
        "BAD_INPUT",
        lambda: services.cancel_refusal(refused, reasons_kk=REASONS["reasons_kk"], reasons_ru=" ", **said),
    )
    services.cancel_refusal(refused, **REASONS, **said)
    refused_with(LawRefusal, "DECISION_WAITS", lambda: services.cancel_refusal(refused, **REASONS, **said))
    refused_with(LawRefusal, "NOTHING_PREPARED", lambda: confirm(quiet, refused, "12T11:00"))


def test_a_court_act_that_cancels_reopens_when_the_head_confirms(refused, quiet):
    services.record_court_act(
        refused, **COURT, scan=scan(quiet, refused), **frame(quiet, "executor", "12T10:00")
    )
    assert Application.objects.get(pk=refused).status == "refused"
    refused_with(
        LawRefusal, "NOTHING_PREPARED", lambda: perform(quiet, "open_signing", refused, on("12T10:30"))
    )
    assert confirm(quiet, refused, "12T11:00").status == "review"
    cancelled = Cancellation.objects.get()
    assert (cancelled.basis, cancelled.number, cancelled.by) == ("court_act", "7194-26", "СМАС города Астаны")
    assert (f"{cancelled.dated}", f"{cancelled.since}") == ("2026-11-11", "2026-11-12")
    kinds = list(Fact.objects.filter(stream=f"case:{refused}").order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["application.court_act_recorded", "application.reopened"]


def test_a_court_act_that_upholds_changes_nothing_but_the_file(refused, quiet):
    said = {**COURT, "outcome": "upheld"}
    services.record_court_act(
        refused, **said, scan=scan(quiet, refused), **frame(quiet, "executor", "12T10:00")
    )
    assert confirm(quiet, refused, "12T11:00").status == "refused"
    assert not Cancellation.objects.exists()
    assert Case.objects.get(pk=refused).is_open is False
    quiet.pass_time(on("12T11:10"))
    assert (
        OfficialDocument.objects.filter(case=refused, kind="court_act_record", state="published").count() == 2
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", "revoked"), ("court", " "), ("number", ""), ("in_force_on", "2026-11-13"), ("scan", "no")],
)
def test_a_court_act_is_recorded_whole(refused, quiet, field, value):
    said = {**COURT, "scan": scan(quiet, refused), field: value}
    with nothing_changes(), pytest.raises(BadInput) as caught:
        services.record_court_act(refused, **said, **frame(quiet, "executor", "12T10:00"))
    assert set(caught.value.fields) == {field}


def test_a_returned_application_is_taken_up_by_the_authority_itself(stages, quiet):
    case = stages.returned()
    services.cancel_refusal(case, **REASONS, **frame(quiet, "executor", "04T10:00"))
    perform(quiet, "open_signing", case, on("04T11:00"))
    perform(quiet, "sign", case, on("04T11:05"))
    assert Application.objects.get(pk=case).status == "review"
