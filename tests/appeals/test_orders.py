"""Complaints of orders on a licence: stayed, decided in every way, and what the register says on each day (APPC 91, 96, 100)."""

import datetime as dt
import inspect
from dataclasses import dataclass, field
from io import BytesIO
from uuid import UUID

import pytest

from appeals import selectors, services
from appeals.models import Complaint
from appeals.statuses import OUTCOMES, Status
from applications.papers import drafts as application_drafts
from applications.services import decision as application_decisions
from casework.cases.models import Case
from casework.decisions.models import Act, Cancellation
from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from foundation.accounts.models import Body, Party
from foundation.journal.anchors import faults
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses.models import Licence, LicencePeriod, Proceeding
from licenses.proceedings.papers import DOCUMENTS, REFUSAL
from licenses.proceedings.statuses import Kind
from licenses.selectors import check_number
from sandbox.cast import COMPANY_BIN
from sandbox.complaints import Complaints
from sandbox.papers import evidence_pdf
from sandbox.proceedings import ASSESSED, NOT_CURED, SUSPENSION, Docket
from tests.applications.stages import QuietPlay, moment
from tests.licenses.people import CENTRE, granted

pytestmark = pytest.mark.django_db
# the order works from Friday 6 November 2026 for three months; the complaint comes on Tuesday the 10th
SIGNED, COMPLAINED, DECIDED = "2026-11-06", "2026-11-10", "2026-11-18"
AT_ONCE = {
    "works_at_once_reason_kk": "Жабдық желіге қауіп төндіреді.",
    "works_at_once_reason_ru": "Оборудование угрожает сети.",
}
EVENT = [
    {
        "code": "4",
        "facts_kk": "Лицензиаттың қызметі 2026 жылғы 1 қарашада тоқтатылды.",
        "facts_ru": "Деятельность лицензиата прекращена 1 ноября 2026 года.",
    }
]


def on(text: str) -> dt.datetime:
    return moment(f"2026-11-{text}")


@dataclass
class Orders:
    """A licence with two annexes, the orders on it and the complaints of them."""

    play: QuietPlay
    docket: Docket = field(init=False)
    complaints: Complaints = field(init=False)
    licence: Licence = field(init=False)

    def __post_init__(self) -> None:
        self.docket, self.complaints = Docket(self.play), Complaints(self.play)
        self.licence = granted(Party.objects.get(number=COMPANY_BIN), centres=[CENTRE, CENTRE])

    def suspended(self, annexes: tuple[str, ...] = (), **said: str) -> UUID:
        """A suspension by the authority, opened, heard, ordered and delivered."""
        docket = self.docket
        case = docket.begin(
            self.licence.number,
            "suspend",
            on("02T11:00"),
            who="executor",
            annexes=annexes,
            content=SUSPENSION,
        )
        docket.signed(case, "notify_hearing", on("03T10:00"), who="executor")
        docket.act("record_hearing", case, on("06T09:30"), who="executor")
        content = {"grounds": ASSESSED, **said}
        docket.act("prepare", case, on("06T11:00"), who="executor", content=content)
        return self.signed(case)

    def terminated(self) -> UUID:
        """The record of an event that ended the licence."""
        case = self.docket.begin(
            self.licence.number,
            "terminate_by_event",
            on("05T11:00"),
            who="executor",
            content={"grounds": EVENT},
        )
        self.docket.act("prepare", case, on("06T11:00"), who="executor")
        return self.signed(case)

    def signed(self, case: UUID, at: str = "06T12:00") -> UUID:
        self.docket.decide(case, on(at))
        self.play.pass_time(on(at) + dt.timedelta(minutes=10))
        return case

    def complained(self, case: UUID, *, at: str = "10T10:00", **said: str) -> UUID:
        draft = self.complaints.draft(case, on(at), **said)
        pk: UUID = self.complaints.file(draft.pk, on(at)).pk
        return pk

    def heard(self, case: UUID, **said: str) -> UUID:
        """At the superior body, both sides heard."""
        pk = self.complained(case, **said)
        self.complaints.forward(pk, on("11T10:00"))
        self.complaints.open_and_sign(pk, on("11T11:00"), who="head")
        self.complaints.assign(pk, on("12T10:00"), to="superior")
        self.complaints.notify(pk, on("13T10:00"), who="superior")
        self.complaints.record_hearing(pk, on("18T10:00"), who="superior")
        return pk

    def decided(self, case: UUID, outcome: str) -> Complaint:
        pk = self.heard(case)
        self.complaints.decide(pk, on("18T11:00"), who="superior", outcome=outcome)
        return self.complaints.open_and_sign(pk, on("18T11:10"), who="superior")

    def answers(self, *days: str, annex: str = "") -> list[str]:
        """What the public check says at the end of each day."""
        number = f"{self.licence.number}/{annex}" if annex else self.licence.number
        return [str(check_number(number, moment(f"{day}T23:00"), "ru").answer) for day in days]


@pytest.fixture
def orders(quiet: QuietPlay) -> Orders:
    return Orders(quiet)


def order_of(case: UUID) -> Act:
    kinds = (*selectors.OF_PROCEEDINGS.values(), selectors.REFUSED_REQUEST)
    return Act.objects.get(case_id=case, kind__in=kinds, state="signed")


def said_in(case: UUID, kind: str) -> dict[str, str]:
    rows = OfficialDocument.objects.filter(case_id=case, kind=kind)
    return {row.language: bytes(row.final.content).decode() for row in rows}


# --- what can be complained of ---------------------------------------------------------------------
def test_every_kind_that_can_be_complained_of_is_made_somewhere():
    made = {document for document, _mark in DOCUMENTS.values()}
    assert {*selectors.OF_PROCEEDINGS.values(), selectors.REFUSED_REQUEST} <= {*made, REFUSAL[0]} & set(KINDS)
    source = inspect.getsource(application_decisions) + inspect.getsource(application_drafts)
    assert all(f'"{kind}"' in source for kind in selectors.OF_APPLICATIONS)


def test_a_request_granted_burdens_nobody(orders):
    """APPC 91: a suspension and a termination at the licensee's own request leave nothing to complain of."""
    for kind, content in (
        ("suspend_on_request", {"months": 2, "reason": "Ремонт"}),
        ("terminate_on_request", {}),
    ):
        case = orders.docket.begin(
            orders.licence.number, kind, on("02T10:00"), who="aigerim", content=content
        )
        orders.docket.signed(case, "submit", on("02T10:05"), who="aigerim", **content)
        orders.docket.assign(case, on("02T11:00"))
        orders.docket.act("prepare", case, on("02T12:00"), who="executor")
        orders.signed(case, "02T13:00")
        assert Act.objects.filter(case_id=case, state="signed", kind=DOCUMENTS[Kind(kind)][0]).exists()
        assert selectors.appealable(case, on("10T10:00")) == []


def test_a_request_not_decided_in_time_can_be_complained_of(orders):
    """APPC 91(2): silence on a request of the licensee; a term of the authority's own proceeding is no silence."""
    case = orders.docket.begin(orders.licence.number, "suspend_on_request", on("02T10:00"), who="aigerim")
    orders.docket.signed(case, "submit", on("02T10:05"), who="aigerim", months=2)
    own = orders.docket.begin(
        orders.licence.number, "suspend", on("02T11:00"), who="executor", annexes=("001",), content=SUSPENSION
    )
    assert selectors.overdue_since(Case.objects.get(pk=case)) is None
    orders.play.pass_time(moment("2026-12-01T10:00"))
    assert selectors.overdue_since(Case.objects.get(pk=case)) == dt.date(2026, 11, 23)
    assert selectors.overdue_since(Case.objects.get(pk=own)) is None


# --- the stay --------------------------------------------------------------------------------------
def test_a_complaint_stays_the_suspension_until_it_is_taken_back(orders):
    case = orders.suspended()
    pk = orders.complained(case)
    orders.play.pass_time(on("10T10:10"))
    complaint = Complaint.objects.get(pk=pk)
    assert (complaint.stays, complaint.act_id) == (True, order_of(case).pk)
    assert orders.answers("2026-11-05", SIGNED, "2026-11-09", COMPLAINED) == [
        "in_force", "suspended", "suspended", "in_force_stayed",
    ]  # fmt: skip
    assert orders.answers(COMPLAINED, annex="001") == ["in_force_stayed"]
    told = complaint.case.messages.get(kind="complaint.registered")
    assert "приостановление не исполняется" in told.text_ru
    assert "тоқтата тұру орындалмайды" in told.text_kk
    orders.complaints.withdraw(pk, on("12T10:00"))
    assert orders.answers("2026-11-11", "2026-11-12", "2027-02-06", "2027-02-07") == [
        "in_force_stayed", "suspended", "suspended", "suspended_past_term",
    ]  # fmt: skip


def test_a_complaint_stays_the_suspension_of_a_single_annex(orders):
    case = orders.suspended(annexes=("002",))
    assert orders.answers(SIGNED, annex="002") == ["suspended"]
    pk = orders.complained(case)
    assert Complaint.objects.get(pk=pk).stays is True
    assert orders.answers("2026-11-09", COMPLAINED, annex="002") == ["suspended", "in_force_stayed"]
    assert orders.answers(COMPLAINED) == orders.answers(COMPLAINED, annex="001") == ["in_force"]
    orders.complaints.withdraw(pk, on("12T10:00"))
    assert orders.answers("2026-11-11", "2026-11-12", annex="002") == ["in_force_stayed", "suspended"]
    assert Fact.objects.filter(stream=orders.licence.stream, kind__contains="annexes_suspension").count() == 2


def test_the_stay_lasts_while_one_of_two_complaints_goes_on(orders):
    case = orders.suspended()
    first, second = orders.complained(case), orders.complained(case, at="11T10:00", addressee="quality")
    assert Complaint.objects.get(pk=second).stays is True
    orders.complaints.withdraw(first, on("12T10:00"))
    assert orders.answers("2026-11-12") == ["in_force_stayed"]
    orders.complaints.withdraw(second, on("13T10:00"))
    assert orders.answers("2026-11-13") == ["suspended"]


def test_an_order_that_gives_the_reason_works_on(orders):
    """APPC 96(2): the reason stands in the order in both languages; a complaint then stays nothing."""
    case = orders.suspended(**AT_ONCE)
    order = said_in(case, "suspension_order")
    assert "пункт 2 статьи 96 АППК), так как: Оборудование угрожает сети." in order["ru"]
    assert "ӘРПК 96-бабының 2-тармағы), себебі: Жабдық желіге қауіп төндіреді." in order["kk"]
    pk = orders.complained(case)
    orders.play.pass_time(on("10T10:10"))
    complaint = Complaint.objects.get(pk=pk)
    assert complaint.stays is False
    assert orders.answers(COMPLAINED) == ["suspended"]
    assert "не приостанавливает" in complaint.case.messages.get(kind="complaint.registered").text_ru
    orders.complaints.withdraw(pk, on("12T10:00"))
    assert orders.answers("2026-11-12") == ["suspended"]


def test_an_order_without_the_reason_says_nothing_of_it(orders):
    case = orders.suspended(works_at_once_reason_kk=" ", works_at_once_reason_ru="")
    assert "статьи 96 АППК" not in said_in(case, "suspension_order")["ru"]
    assert "works_at_once_reason" not in order_of(case).content


@pytest.mark.parametrize(
    ("said", "refusal", "place"),
    [
        ({"works_at_once_reason_ru": "Угроза сети."}, BadInput, "works_at_once_reason_kk"),
        ({**AT_ONCE, "works_at_once_reason_ru": "Угроза с 5 ноября."}, LawRefusal, "works_at_once_reason_ru"),
    ],
)
def test_the_reason_is_given_in_both_languages_alike(orders, said, refusal, place):
    with pytest.raises(refusal) as refused:
        orders.suspended(**said)
    assert place in refused.value.fields
    assert Proceeding.objects.get().status == "heard"


# --- every outcome ---------------------------------------------------------------------------------
@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("annexes", [(), ("002",)], ids=["licence", "annex"])
def test_each_outcome_on_a_suspension(orders, outcome, annexes):
    case = orders.suspended(annexes=annexes)
    done = orders.decided(case, str(outcome))
    annex = "".join(annexes)
    after = "suspended" if outcome == Status.DISMISSED else "in_force"
    assert orders.answers(SIGNED, COMPLAINED, "2026-11-17", DECIDED, "2027-02-07", annex=annex) == [
        "suspended", "in_force_stayed", "in_force_stayed", after,
        "suspended_past_term" if outcome == Status.DISMISSED else "in_force",
    ]  # fmt: skip
    cancelled = Cancellation.objects.filter(act=order_of(case))
    assert cancelled.exists() is (outcome != Status.DISMISSED)
    answer = said_in(done.pk, "complaint_answer")
    assert ("С 18.11.2026 реестр показывает" in answer["ru"]) is (outcome != Status.DISMISSED)
    assert ("с 18.11.2026 действует вновь" in answer["ru"]) is (outcome == Status.DISMISSED)
    assert "18.11.2026 бастап" in answer["kk"]
    assert "дело рассматривается вновь" not in answer["ru"]
    orders.play.pass_time(on("18T12:00"))
    told = done.case.messages.get(kind="complaint.decided").text_ru
    assert ("Приказ отменён" in told) is (outcome != Status.DISMISSED)
    assert list(faults()) == []


def test_the_provider_satisfies_a_complaint_of_an_order(orders):
    """Rules 20, APPC 97(2): the favourable act is the cancellation; what hung on the suspension is void."""
    case = orders.suspended()
    cure = orders.docket.begin(orders.licence.number, "resume_after_cure", on("09T10:00"), who="aigerim")
    pk = orders.complained(case)
    orders.complaints.assign(pk, on("10T11:00"), to="executor2")
    orders.complaints.satisfy(pk, on("11T10:00"))
    done = orders.complaints.open_and_sign(pk, on("12T11:00"), who="head")
    assert done.status == "satisfied"
    cancelled = Cancellation.objects.get(act=order_of(case))
    answer = Act.objects.get(case_id=pk, kind="complaint_satisfaction", state="signed")
    assert (cancelled.by_act, cancelled.number, f"{cancelled.since}") == (
        answer,
        done.case.incoming_no,
        "2026-11-12",
    )
    assert LicencePeriod.objects.get(basis="order_cancelled", known_to=None).act_id == answer.pk
    assert orders.answers("2026-11-11", "2026-11-12") == ["in_force_stayed", "in_force"]
    letter = said_in(pk, "complaint_answer")
    assert "приказ № DM-2026-000001/ПРИ1 отменён с 12.11.2026" in letter["ru"]
    assert "№ DM-2026-000001/ПРИ1 бұйрықтың күші 12.11.2026 бастап жойылды" in letter["kk"]
    orders.play.pass_time(on("12T11:30"))
    assert (Proceeding.objects.get(pk=cure).status, Proceeding.objects.get(pk=case).status) == (
        "void",
        "done",
    )


def test_left_without_consideration_lets_the_suspension_work_again(orders):
    case = orders.suspended()
    pk = orders.heard(case)
    orders.complaints.leave(pk, on("18T11:00"), who="superior")
    assert orders.answers("2026-11-17", DECIDED) == ["in_force_stayed", "suspended"]


def test_what_a_body_outside_the_portal_decided_undoes_the_order(orders):
    case = orders.suspended()
    pk = orders.complained(case)
    orders.complaints.forward(pk, on("11T10:00"))
    orders.complaints.open_and_sign(pk, on("11T11:00"), who="head")
    Body.objects.filter(kind="superior").update(works_in_portal=False)
    scan = BytesIO(evidence_pdf("scan", "Решение по жалобе"))
    scan.name = "решение.pdf"
    said = {
        "outcome": "cancelled", "number": "17-05/112", "reasons": "Письмо органа.", "decided_on": dt.date(2026, 11, 16),
    }  # fmt: skip
    services.record_outcome(
        pk, said=said, scan=scan, person=orders.play.people["chancery"], at=on("18T10:00"), version=None
    )
    # from the day of the decision, however late it became known here
    assert orders.answers("2026-11-13", "2026-11-16", DECIDED) == ["in_force_stayed", "in_force", "in_force"]
    assert Fact.objects.get(kind="licence.reinstated").payload["cancelled_by"] == "17-05/112"


def test_a_resumption_meanwhile_is_left_as_it_is(orders):
    case = orders.suspended()
    pk = orders.heard(case)
    cure = orders.docket.begin(orders.licence.number, "resume_after_cure", on("11T10:00"), who="aigerim")
    orders.docket.attach(cure, on("11T10:00"), who="aigerim", title="Договор")
    orders.docket.signed(cure, "submit", on("11T10:00"), who="aigerim", reason="Пул заменён.")
    orders.docket.assign(cure, on("11T10:30"))
    orders.docket.act("prepare", cure, on("12T10:00"), who="executor")
    orders.signed(cure, "13T11:00")
    before = list(LicencePeriod.objects.values_list("pk", "known_to"))
    orders.complaints.decide(pk, on("18T11:00"), who="superior", outcome="cancelled")
    orders.complaints.open_and_sign(pk, on("18T11:10"), who="superior")
    assert list(LicencePeriod.objects.values_list("pk", "known_to")) == before
    assert orders.answers("2026-11-12", "2026-11-13", DECIDED) == ["in_force_stayed", "in_force", "in_force"]
    assert Cancellation.objects.filter(act=order_of(case)).exists()


# --- termination and refused requests --------------------------------------------------------------
@pytest.mark.parametrize(("outcome", "after"), [("cancelled", "in_force"), ("dismissed", "terminated")])
def test_a_record_of_termination(orders, outcome, after):
    """There is nothing to execute, so nothing to stay; cancelled, the licence is in force again until its last day."""
    case = orders.terminated()
    done = orders.decided(case, outcome)
    assert done.stays is None
    assert orders.answers("2026-11-05", SIGNED, COMPLAINED, "2026-11-17", DECIDED) == [
        "in_force", "terminated", "terminated", "terminated", after,
    ]  # fmt: skip
    assert orders.answers("2029-03-02", "2029-03-03") == (
        ["in_force", "expired"] if after == "in_force" else ["terminated", "terminated"]
    )
    assert Licence.objects.get().status == ("active" if after == "in_force" else "terminated")


def refused_cure(orders: Orders) -> UUID:
    orders.suspended()
    docket = orders.docket
    case = docket.begin(orders.licence.number, "resume_after_cure", on("09T10:00"), who="aigerim")
    docket.attach(case, on("09T10:00"), who="aigerim", title="Договор")
    docket.signed(case, "submit", on("09T10:00"), who="aigerim", reason="Пул заменён.")
    docket.assign(case, on("09T10:30"))
    notice = {"code": "reason", "facts_kk": NOT_CURED[0]["facts_kk"], "facts_ru": NOT_CURED[0]["facts_ru"]}
    docket.signed(case, "notify_hearing", on("09T11:00"), who="executor", **notice)
    docket.act("record_hearing", case, on("12T10:00"), who="executor")
    docket.act("prepare_refusal", case, on("12T11:00"), who="executor", content={"grounds": NOT_CURED})
    return orders.signed(case, "12T12:00")


@pytest.mark.parametrize("way", ["satisfied", "cancelled"])
def test_a_cancelled_refusal_of_a_request_changes_no_register(orders, way):
    case = refused_cure(orders)
    before = list(LicencePeriod.objects.values_list("pk", "known_to"))
    pk = orders.complained(case, at="13T10:00")
    assert Complaint.objects.get(pk=pk).stays is None
    if way == "satisfied":
        orders.complaints.assign(pk, on("13T11:00"), to="executor2")
        orders.complaints.satisfy(pk, on("16T10:00"))
        orders.complaints.open_and_sign(pk, on("16T11:00"), who="head")
    else:
        orders.complaints.forward(pk, on("13T11:00"))
        orders.complaints.open_and_sign(pk, on("13T12:00"), who="head")
        orders.complaints.assign(pk, on("13T13:00"), to="superior")
        orders.complaints.notify(pk, on("16T10:00"), who="superior")
        orders.complaints.record_hearing(pk, on("19T10:00"), who="superior")
        orders.complaints.decide(pk, on("19T11:00"), who="superior", outcome="cancelled")
        orders.complaints.open_and_sign(pk, on("19T11:10"), who="superior")
    assert list(LicencePeriod.objects.values_list("pk", "known_to")) == before
    assert Cancellation.objects.filter(act=order_of(case)).exists()
    assert orders.answers("2026-11-20") == ["suspended"]
    assert "обратиться с той же просьбой вновь" in said_in(pk, "complaint_answer")["ru"]
    again = orders.docket.begin(orders.licence.number, "resume_after_cure", on("20T10:00"), who="aigerim")
    assert Proceeding.objects.get(pk=again).status == "draft"


def test_a_cancelled_order_is_cancelled_once(orders):
    """A second complaint of an order that lost its force: nothing is left to satisfy or to cancel."""
    case = orders.suspended()
    first, second = orders.complained(case), orders.complained(case, at="10T11:00")
    for pk in (first, second):
        orders.complaints.assign(pk, on("10T12:00"), to="executor2")
    orders.complaints.satisfy(first, on("11T10:00"))
    orders.complaints.open_and_sign(first, on("12T11:00"), who="head")
    with pytest.raises(LawRefusal) as refused:
        orders.complaints.satisfy(second, on("12T12:00"))
    assert refused.value.code == "NOTHING_TO_SATISFY"
    orders.complaints.withdraw(second, on("13T10:00"))
    assert orders.answers("2026-11-13") == ["in_force"]
