"""Rules 5, 6, 7: when a filing is registered, and what happens when the two days of completeness pass."""

import pytest

from applications import events
from applications.services import register_due
from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.deadlines.services import watch
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty, legal_time
from foundation.kernel.refusals import Conflict, LawRefusal
from tests.applications.stages import answer, moment, nothing_changes, perform, request

pytestmark = pytest.mark.django_db


def term(case, code):
    return Term.objects.filter(case=case, code=code).order_by("-pk").first()


def times(case):
    row = Case.objects.get(pk=case)
    registered = almaty(row.registered_at).isoformat()[:19] if row.registered_at else None
    return registered, str(row.registered_on) if row.registered_on else None


# --- registration -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("received", "registered_at", "registered_on", "service_ends"),
    [
        ("2026-11-02T11:00", "2026-11-02T11:00:00", "2026-11-02", "2026-11-23"),
        ("2026-11-02T02:00", "2026-11-02T02:00:00", "2026-11-02", "2026-11-23"),  # night changes nothing
        ("2026-11-02T13:30", "2026-11-02T13:30:00", "2026-11-02", "2026-11-23"),  # nor does lunch
        ("2026-11-02T18:30:00.900", "2026-11-02T18:30:00", "2026-11-02", "2026-11-23"),  # cut, not rounded
    ],
)
def test_received_in_time_it_is_registered_in_the_same_transaction(
    stages, received, registered_at, registered_on, service_ends
):
    case = stages.filed(at=received)
    assert times(case) == (registered_at, registered_on)
    assert Case.objects.get(pk=case).status_code == "completeness"
    assert str(term(case, "service").due_on) == service_ends


@pytest.mark.parametrize(
    ("received", "registered_at"),
    [
        ("2026-11-02T18:30:01", "2026-11-03T09:00:00"),
        ("2026-11-06T23:59", "2026-11-09T09:00:00"),  # Friday evening
        ("2026-11-07T10:00", "2026-11-09T09:00:00"),  # Saturday
        ("2026-12-15T19:00", "2026-12-17T09:00:00"),  # before Independence Day
    ],
)
@pytest.mark.parametrize("job_runs", ["at once", "a week late"])
def test_received_after_hours_it_is_registered_at_nine_whenever_the_job_runs(
    stages, received, registered_at, job_runs
):
    case = stages.filed(at=received)
    assert (times(case), Case.objects.get(pk=case).status_code) == ((None, None), "submitted")
    look = {"at once": registered_at.replace("09:00:00", "09:00:01"), "a week late": "2026-12-28T12:00"}[
        job_runs
    ]
    stages.play.pass_time(moment(look))
    assert times(case) == (registered_at, registered_at[:10])
    assert term(case, "registration").state == "met"
    opened = Fact.objects.get(kind=events.REGISTERED, subject_id=case)
    assert almaty(opened.at).isoformat()[:19] == registered_at


def test_before_nine_the_watch_registers_nothing(stages):
    case = stages.filed(at="2026-11-02T19:00")
    stages.play.pass_time(moment("2026-11-03T08:59:59"))
    assert Case.objects.get(pk=case).status_code == "submitted"


def test_it_is_registered_once(stages):
    case = stages.filed(at="2026-11-02T19:00")
    stages.play.pass_time(moment("2026-11-03T09:01"))
    with nothing_changes():
        assert register_due(application_id=case) is False
    stages.play.pass_time(moment("2026-11-03T09:02"))
    assert Fact.objects.filter(kind=events.REGISTERED, subject_id=case).count() == 1
    assert Case.objects.get(pk=case).incoming_no == "DM-2026-000001"


def test_what_was_withdrawn_before_nine_is_never_registered(stages):
    case = stages.filed(at="2026-11-02T19:00")
    perform(stages.play, "withdraw", case, moment("2026-11-02T23:00"))
    stages.play.pass_time(moment("2026-11-03T10:00"))
    row = Case.objects.get(pk=case)
    assert (row.status_code, row.incoming_no, row.registered_on) == ("withdrawn", None, None)
    assert term(case, "registration").state == "void"


def test_numbers_follow_the_order_of_registration(stages):
    first = stages.filed(at="2026-11-02T19:00")
    second = stages.filed(at="2026-11-03T08:00", who="dana")
    stages.play.pass_time(moment("2026-11-03T09:01"))
    numbers = {case: Case.objects.get(pk=case).incoming_no for case in (first, second)}
    assert numbers == {second: "DM-2026-000001", first: "DM-2026-000002"}


def test_a_filing_at_night_bears_the_day_of_almaty_on_its_receipt(stages):
    """02:00 in Almaty is still yesterday in UTC: the receipt and every letter say the applicant's day (Rules 5)."""
    case = stages.filed(at="2026-11-03T02:00")
    stages.play.deliver()
    receipts = Case.objects.get(pk=case).official_documents.filter(kind="receipt")
    assert {str(row.document_date) for row in receipts} == {"2026-11-03"}


def test_what_is_signed_after_midnight_is_filled_on_the_day_it_was_signed(stages):
    draft = stages.draft(at="2026-11-02T23:50")
    asked = request(stages.play, "submit", draft, moment("2026-11-02T23:55"))
    filed = answer(stages.play, asked, moment("2026-11-03T00:01"))
    assert (str(filed.filled_on), times(draft)) == ("2026-11-03", ("2026-11-03T00:01:00", "2026-11-03"))


# --- accept, return, lapse ------------------------------------------------------------------------
def test_accepted_on_the_last_second_of_the_term(stages):
    case = stages.assigned()
    perform(stages.play, "accept", case, moment("2026-11-04T18:30:00.500"))
    row = stages.play.fresh(case)
    assert (row.status, row.reviewed_automatically, term(case, "completeness").state) == (
        "review",
        False,
        "met",
    )
    # 13 working days from the decision would be the 23rd: exactly the end of service
    assert str(term(case, "review").due_on) == "2026-11-23"


def test_review_runs_from_the_decision_and_never_past_service(stages):
    case = stages.assigned()
    perform(stages.play, "accept", case, moment("2026-11-03T18:31"))  # bears the 4th (Rules 5)
    assert (str(term(case, "review").start), str(term(case, "review").due_on)) == ("2026-11-04", "2026-11-23")


def test_an_accept_after_the_last_evening_counts_as_the_automatic_step(stages):
    case = stages.assigned()
    perform(stages.play, "accept", case, moment("2026-11-04T18:30:01"))
    row = stages.play.fresh(case)
    assert (row.status, row.reviewed_automatically) == ("review", True)
    assert (term(case, "completeness").state, str(term(case, "review").start)) == ("breached", "2026-11-04")
    assert Fact.objects.get(kind=events.ACCEPTED, subject_id=case).payload["automatic"] is True
    assert Fact.objects.filter(kind="term.breached", subject_id=case).count() == 1


@pytest.mark.parametrize("assigned", [True, False])
@pytest.mark.parametrize("looked", ["2026-11-04T18:30:02", "2026-11-13T12:00"])
def test_a_passed_term_brings_the_case_to_review_by_itself(stages, assigned, looked):
    case = stages.assigned(leave_out=("I-2",)) if assigned else stages.filed(leave_out=("I-2",))
    stages.play.pass_time(moment(looked))
    row = stages.play.fresh(case)
    assert (row.status, row.reviewed_automatically) == ("review", True)
    assert term(case, "completeness").state == "breached"
    # whenever the job ran: dated by the end of the term
    fact = Fact.objects.get(kind=events.REVIEW_BY_LAPSE, subject_id=case)
    assert almaty(fact.at) == moment("2026-11-04T18:30")
    assert (str(term(case, "review").start), str(term(case, "review").due_on)) == ("2026-11-04", "2026-11-23")


def test_the_lapse_happens_once(stages):
    case = stages.filed()
    for when in ("2026-11-04T18:31", "2026-11-04T18:32", "2026-11-05T09:00"):
        stages.play.pass_time(moment(when))
    for kind in (events.REVIEW_BY_LAPSE, "term.breached"):
        assert Fact.objects.filter(kind=kind, subject_id=case).count() == 1
    assert Term.objects.filter(case=case, code="review").count() == 1


def test_on_the_last_second_nothing_has_lapsed(stages):
    case = stages.filed()
    stages.play.pass_time(moment("2026-11-04T18:30:00"))
    assert (stages.play.fresh(case).status, term(case, "completeness").state) == ("completeness", "open")


def test_return_names_each_lack_and_ends_the_case(stages):
    case = stages.assigned(leave_out=("I-2",))
    perform(stages.play, "return", case, moment("2026-11-04T18:29:59"))
    fact = Fact.objects.get(kind=events.RETURNED, subject_id=case)
    (item,) = fact.payload["items"]
    assert item.partition("@")[0] == "I-2"
    assert {(row.code, row.state) for row in Term.objects.filter(case=case)} == {
        ("completeness", "met"),
        ("service", "met"),
        ("hearing_notice", "void"),
    }
    assert Case.objects.get(pk=case).is_open is False


def test_return_after_the_term_is_refused_with_its_paragraph(stages):
    case = stages.assigned(leave_out=("I-2",))
    with nothing_changes(), pytest.raises(LawRefusal) as refused:
        perform(stages.play, "return", case, moment("2026-11-04T18:30:01"))
    assert refused.value.code == "COMPLETENESS_OVER"
    assert "7" in str(refused.value.citation)


def test_a_return_asked_for_in_time_and_signed_too_late_is_refused(stages):
    case = stages.assigned(leave_out=("I-2",))
    asked = request(stages.play, "return", case, moment("2026-11-04T18:25"))
    assert almaty(asked.expires_at) == moment("2026-11-04T18:30")
    with nothing_changes(), pytest.raises(Conflict) as refused:
        answer(stages.play, asked, moment("2026-11-04T18:31"))
    assert refused.value.code == "CHALLENGE_EXPIRED"


def test_a_complete_package_is_not_returned_and_an_incomplete_one_not_accepted(stages):
    whole = stages.assigned()
    lacking = stages.assigned(who="dana", leave_out=("I-1",))
    with nothing_changes():
        with pytest.raises(LawRefusal) as returned:
            perform(stages.play, "return", whole, moment("2026-11-03T10:00"))
        with pytest.raises(LawRefusal) as accepted:
            perform(stages.play, "accept", lacking, moment("2026-11-03T10:00"))
    assert (returned.value.code, accepted.value.code) == ("PACKAGE_COMPLETE", "PACKAGE_INCOMPLETE")
    assert "I-1" in str(accepted.value)
    assert "подпункт 1) пункта 1 приложения 11" in str(accepted.value.citation)  # as the order numbers it


def test_a_document_is_good_on_its_last_day_and_lacking_on_the_next(stages):
    """Rules 7: by the day of registration, not of filing."""
    from applications.models import Evidence
    from applications.services import change_evidence

    for last_day, code in (("2026-11-02", "PACKAGE_COMPLETE"), ("2026-11-01", None)):
        case = stages.draft()
        evidence = Evidence.objects.filter(application=case, requirement="I-2").get()
        change_evidence(
            case,
            evidence_id=evidence.pk,
            issued_on=None,
            expires_on=moment(f"{last_day}T00:00").date(),
            particulars=evidence.particulars,
            person=stages.play.people["aigerim"],
            at=moment("2026-11-02T10:00"),
        )
        stages.play.file(case, moment("2026-11-02T11:00"))
        stages.play.assign(case, moment("2026-11-02T12:00"))
        if code is None:
            perform(stages.play, "return", case, moment("2026-11-03T10:00"))
            assert stages.play.fresh(case).status == "returned"
        else:
            with pytest.raises(LawRefusal) as refused:
                perform(stages.play, "return", case, moment("2026-11-03T10:00"))
            assert refused.value.code == code


def test_the_same_party_may_file_anew_at_once(stages):
    first = stages.returned()
    again = stages.filed(at="2026-11-03T10:01")
    assert (Case.objects.get(pk=first).status_code, Case.objects.get(pk=again).status_code) == (
        "returned",
        "completeness",
    )


def test_the_watch_held_at_a_moment_reads_no_other_clock(stages):
    case = stages.filed()
    with legal_time(moment("2030-01-01T00:00")):
        watch(moment("2026-11-03T12:00"))
    assert term(case, "completeness").state == "open"
