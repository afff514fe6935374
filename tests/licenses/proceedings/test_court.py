"""Going to court: opened by the watch, met by the suit, void by a cure or expiry; and what the court decides (PL 45(4), DA 9(7))."""

import datetime as dt

import pytest

from casework.deadlines.models import Term
from foundation.kernel.refusals import BadInput, NotPermitted
from licenses.models import Licence, Proceeding
from licenses.proceedings import rules, services
from licenses.proceedings.services import note_ended_suspensions
from licenses.selectors import as_of
from licenses.services import expire_due
from sandbox.proceedings import NOT_CURED
from tests.applications.stages import nothing_changes
from tests.licenses.people import moment
from tests.licenses.proceedings.test_requests import filed
from tests.licenses.proceedings.test_suspend import SIGNED, prepared

pytestmark = pytest.mark.django_db
# suspended from 6 November 2026 for three months: its last day is 6 February 2027, a Saturday
AFTER = moment("2027-02-08 10:00")


@pytest.fixture
def suspended(docket, licence):
    case = prepared(docket, licence)
    docket.decide(case, SIGNED)
    return licence


def looked(docket, at=AFTER):
    note_ended_suspensions(at=at)
    docket.play.deliver()


def suit(licence):
    return Proceeding.objects.filter(licence=licence, kind="go_to_court").order_by("case__created_at").last()


def standing(licence, day):
    return as_of(Licence.objects.get(pk=licence.pk), dt.date.fromisoformat(day)).standing


def filed_suit(docket, case, at):
    scan = docket.attach(case, at, who="executor", title="Иск")
    said = {"court": "СМАС города Астаны", "date": at.date().isoformat(), "number": "7194-27"}
    docket.act("file_suit", case, at, who="executor", scan=str(scan), **said)


def test_the_ten_days_to_court_are_opened_by_the_watch_once(docket, suspended):
    looked(docket, moment("2027-02-06 23:00"))
    assert suit(suspended) is None
    looked(docket)
    looked(docket, moment("2027-02-09 10:00"))
    row = suit(suspended)
    assert Proceeding.objects.filter(kind="go_to_court").count() == 1
    term = Term.objects.get(case_id=row.pk, code="going_to_court")
    assert (row.status, row.case.executor.login, row.runs_from, term.due_on) == (
        "opened", "executor", dt.date(2027, 2, 6), dt.date(2027, 2, 19)
    )  # fmt: skip


def test_a_watch_that_slept_changes_no_date(docket, suspended):
    looked(docket, moment("2027-02-16 10:00"))
    assert Term.objects.get(case_id=suit(suspended).pk, code="going_to_court").due_on == dt.date(2027, 2, 19)


def test_met_by_the_suit_under_the_signature_of_another(docket, suspended):
    looked(docket)
    case = suit(suspended).pk
    with nothing_changes(), pytest.raises(BadInput) as bare:
        docket.act("file_suit", case, AFTER, who="executor", court="", date="", number="", scan="")
    assert sorted(bare.value.fields) == ["court", "date", "number", "scan"]
    filed_suit(docket, case, moment("2027-02-18 10:00"))
    docket.decide(case, moment("2027-02-19 18:00"))
    term = Term.objects.get(case_id=case, code="going_to_court")
    assert (term.state, suit(suspended).status) == ("met", "done")
    assert standing(suspended, "2027-02-19").status == "suspended"
    looked(docket, moment("2027-03-01 10:00"))
    assert Proceeding.objects.filter(kind="go_to_court").count() == 1


def test_void_by_a_cure_and_opened_anew_when_the_cure_is_refused(docket, suspended):
    looked(docket)
    cure = filed(
        docket, suspended, "resume_after_cure", moment("2027-02-10 11:00"), proof=True, reason="Пул сменён."
    )
    docket.play.deliver()
    first = suit(suspended)
    assert (first.status, first.ended_why) == ("void", "cure_applied")
    assert Term.objects.get(case_id=first.pk, code="going_to_court").state == "void"

    docket.signed(cure, "notify_hearing", moment("2027-02-11 10:00"), who="executor", grounds=NOT_CURED)
    docket.act("record_hearing", cure, moment("2027-02-16 09:30"), who="executor")
    docket.act(
        "prepare_refusal", cure, moment("2027-02-16 10:00"), who="executor", content={"grounds": NOT_CURED}
    )
    docket.decide(cure, moment("2027-02-17 11:00"))
    docket.play.deliver()
    again = suit(suspended)
    assert (again.pk != first.pk, again.status, again.runs_from) == (True, "opened", dt.date(2027, 2, 17))
    assert Term.objects.get(case_id=again.pk, code="going_to_court").due_on == dt.date(2027, 3, 3)


def test_void_by_expiry(docket, suspended):
    looked(docket)
    expire_due(at=moment("2029-03-03 00:10"))
    docket.play.deliver()
    assert (suit(suspended).status, suit(suspended).ended_why) == ("void", "left_force")
    assert standing(suspended, "2029-03-03").status == "expired"


def recorded(docket, licence, outcome, in_force="2027-04-05", at="2027-04-20 10:00"):
    case = docket.begin(licence.number, "court_act", moment(at), who="executor")
    scan = docket.attach(case, moment(at), who="executor", title="Решение суда")
    said = {"court": "СМАС города Астаны", "number": "7194-27-00-4/115", "in_force_on": in_force}
    docket.act("record_court_act", case, moment(at), who="executor", outcome=outcome, scan=str(scan), **said)
    return case


@pytest.mark.parametrize(("outcome", "status"), [("revoked", "revoked"), ("dismissed", "active")])
def test_a_court_act_works_from_its_day_in_force(docket, suspended, outcome, status):
    case = recorded(docket, suspended, outcome)
    with nothing_changes(), pytest.raises(NotPermitted):
        docket.ask(case, "confirm_court_act", moment("2027-04-20 11:00"), who="executor")
    docket.signed(case, "confirm_court_act", moment("2027-04-21 11:00"), who="head")
    docket.play.deliver()
    assert services.load(case).status == "done"
    days = ("2027-04-04", "2027-04-05", "2027-04-21")
    assert [standing(suspended, day).status for day in days] == ["suspended", status, status]
    view = as_of(Licence.objects.get(pk=suspended.pk), dt.date(2027, 4, 10))
    assert (view.known_then.status if view.known_then else None) == "suspended"


def test_a_court_act_not_in_force_yet_is_refused(docket, licence):
    with pytest.raises(BadInput) as early:
        recorded(docket, licence, "revoked", in_force="2027-04-21")
    assert sorted(early.value.fields) == ["in_force_on"]
    assert Proceeding.objects.get(kind="court_act").status == "opened"


def test_a_dismissed_suit_resumes_only_what_is_suspended(docket, licence):
    with pytest.raises(BadInput) as active:
        recorded(docket, licence, "dismissed")
    assert sorted(active.value.fields) == ["outcome"]


def test_from_which_day_the_ten_days_run():
    ended, later, earlier = dt.date(2027, 2, 6), dt.date(2027, 2, 17), dt.date(2027, 1, 20)
    assert rules.court_term_start(ended, None) == ended
    assert rules.court_term_start(ended, earlier) == ended
    assert rules.court_term_start(ended, later) == later
