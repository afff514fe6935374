"""Requests of the licensee: to suspend, resume, terminate (DA 9(4)(5), 9(6); PL 35(1)(5), 45(3), 45(7))."""

import datetime as dt
import uuid

import pytest

from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.documents.models import OfficialDocument
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses.models import Licence, Proceeding
from licenses.proceedings.services import note_ended_suspensions
from licenses.selectors import as_of
from licenses.services import suspend_licence
from sandbox.proceedings import NOT_CURED
from tests.applications.stages import nothing_changes
from tests.licenses.people import moment

pytestmark = pytest.mark.django_db
MONDAY = moment("2026-11-02 11:00")


def suspended(licence, basis="suspend", at="2026-10-01 12:00", months=3):
    suspend_licence(
        licence_id=licence.pk,
        since=moment(at).date(),
        months=months,
        basis=basis,
        act_id=uuid.uuid4(),
        actor_id=uuid.uuid4(),
        at=moment(at),
    )


def filed(docket, licence, kind, at=MONDAY, *, proof=False, **params):
    case = docket.begin(licence.number, kind, at, who="aigerim")
    if proof:
        docket.attach(case, at, who="aigerim", title="Договор с аккредитованным пулом")
    docket.signed(case, "submit", at, who="aigerim", **params)
    docket.assign(case, at)
    return case


def prepared(docket, licence, kind, **said):
    case = filed(docket, licence, kind, **said)
    docket.act("prepare", case, moment("2026-11-03 10:00"), who="executor")
    return case


def standing(licence, day):
    return as_of(Licence.objects.get(pk=licence.pk), dt.date.fromisoformat(day)).standing


def due(case, code):
    return Term.objects.get(case_id=case, code=code).due_on.isoformat()


def test_suspended_on_request_for_the_months_asked_for(docket, licence):
    case = prepared(docket, licence, "suspend_on_request", months=1, reason="Ремонт подстанции.")
    assert due(case, "proceeding") == "2026-11-23"
    docket.decide(case, moment("2026-11-30 11:00"))
    found = standing(licence, "2026-11-30")
    assert (found.status, found.until, found.basis) == (
        "suspended", dt.date(2026, 12, 30), "suspend_on_request"
    )  # fmt: skip


def test_the_receipt_names_number_day_and_term(docket, licence):
    case = filed(docket, licence, "suspend_on_request", months=2)
    docket.play.deliver()
    row = OfficialDocument.objects.get(case_id=case, kind="receipt", language="ru")
    text = bytes(row.final.content).decode()
    assert "DM-2026-000001" in text
    assert "приостановление действия лицензии по заявлению" in text
    assert "23 ноября 2026 года" in text


def test_after_hours_it_is_registered_on_the_next_working_day(docket, licence):
    at = moment("2026-11-06 18:30:01")
    case = filed(docket, licence, "terminate_on_request", at=at)
    row = Case.objects.get(pk=case)
    assert (row.status_code, row.incoming_no) == ("submitted", None)
    docket.play.pass_time(moment("2026-11-10 12:00"))
    row.refresh_from_db()
    assert (row.status_code, row.registered_on, row.registered_at) == (
        "registered", dt.date(2026, 11, 9), moment("2026-11-09 09:00")
    )  # fmt: skip
    assert due(case, "proceeding") == "2026-11-30"


def test_a_refusal_of_a_suspension_is_heard_before(docket, licence):
    case = filed(docket, licence, "suspend_on_request", months=2)
    with nothing_changes(), pytest.raises(LawRefusal) as unheard:
        docket.act("prepare_refusal", case, MONDAY, who="executor", content={"grounds": NOT_CURED})
    assert unheard.value.code == "WRONG_STATE"
    docket.signed(case, "notify_hearing", moment("2026-11-03 10:00"), who="executor", grounds=NOT_CURED)
    docket.act("record_hearing", case, moment("2026-11-06 09:30"), who="executor")
    docket.act(
        "prepare_refusal", case, moment("2026-11-06 10:00"), who="executor", content={"grounds": NOT_CURED}
    )
    docket.decide(case, moment("2026-11-06 11:00"))
    docket.play.deliver()
    assert Proceeding.objects.get(pk=case).status == "refused"
    assert standing(licence, "2026-11-06").status == "active"
    kinds = OfficialDocument.objects.filter(case_id=case).values_list("kind", "language")
    assert ("request_refusal", "kk") in kinds
    assert ("request_refusal", "ru") in kinds


def test_resumed_after_cure_from_the_day_of_the_signature(docket, licence):
    suspended(licence)
    case = prepared(docket, licence, "resume_after_cure", proof=True, reason="Пул аккредитован.")
    assert due(case, "cure_check") == "2026-11-16"
    docket.decide(case, moment("2026-11-04 11:00"))
    assert [standing(licence, day).status for day in ("2026-11-03", "2026-11-04")] == ["suspended", "active"]


def test_a_cure_needs_its_proof_and_words(docket, licence):
    suspended(licence)
    case = docket.begin(licence.number, "resume_after_cure", MONDAY, who="aigerim")
    with nothing_changes(), pytest.raises(LawRefusal) as unproved:
        docket.ask(case, "submit", MONDAY, who="aigerim", reason="Устранено.")
    assert unproved.value.code == "PROOF_MISSING"
    docket.attach(case, MONDAY, who="aigerim", title="Акт")
    with nothing_changes(), pytest.raises(BadInput) as wordless:
        docket.ask(case, "submit", MONDAY, who="aigerim")
    assert sorted(wordless.value.fields) == ["reason"]


def test_which_resumption_fits_which_suspension(docket, licence):
    suspended(licence, basis="suspend_on_request")
    with nothing_changes(), pytest.raises(LawRefusal) as wrong:
        docket.begin(licence.number, "resume_after_cure", MONDAY, who="aigerim")
    assert wrong.value.code == "TARGET_STATE"
    case = prepared(docket, licence, "resume_on_request")
    assert due(case, "voluntary_resumption") == "2026-11-05"
    docket.decide(case, moment("2026-11-05 11:00"))
    assert standing(licence, "2026-11-05").status == "active"


def test_terminated_on_request_and_what_else_goes_on_is_void(docket, licence):
    other = filed(docket, licence, "suspend_on_request", months=2)
    case = prepared(docket, licence, "terminate_on_request")
    docket.decide(case, moment("2026-11-04 11:00"))
    docket.play.deliver()
    assert standing(licence, "2026-11-04").status == "terminated"
    assert Proceeding.objects.get(pk=other).status == "void"


def test_withdrawn_at_any_hour_before_the_signature(docket, licence):
    case = prepared(docket, licence, "terminate_on_request")
    docket.signed(case, "withdraw", moment("2026-11-07 22:00"), who="aigerim", reason="Передумали.")
    row = Proceeding.objects.get(pk=case)
    assert (row.status, row.case.is_open) == ("withdrawn", False)
    with nothing_changes(), pytest.raises(LawRefusal):
        docket.decide(case, moment("2026-11-09 10:00"))


def test_a_suspension_on_request_that_ended_is_reminded_of_once(docket, licence):
    case = prepared(docket, licence, "suspend_on_request", months=1)
    docket.decide(case, moment("2026-11-04 11:00"))
    assert note_ended_suspensions(at=moment("2026-12-04 12:00")) == 0
    with legal_time(moment("2026-12-05 00:10")):
        assert note_ended_suspensions(at=moment("2026-12-05 00:10")) == 1
        assert note_ended_suspensions(at=moment("2026-12-06 00:10")) == 0
        docket.play.deliver()
    told = Case.objects.get(pk=case).messages.filter(kind="licence.suspension_ended")
    assert [message.text_ru.split(".2026")[0] for message in told] == [
        f"Срок приостановления лицензии № {licence.number} истёк 04.12"
    ]
    assert Proceeding.objects.filter(kind="go_to_court").count() == 0
