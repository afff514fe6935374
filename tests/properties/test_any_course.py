"""Random people, acts and clock on a few cases: whatever course they take, the law holds (quality.md, Tests)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from applications import services
from applications.models import Payment
from applications.statuses import ACTIONS
from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.deadlines.selectors import current_calendar
from casework.decisions.models import Act, Hearing
from casework.decisions.rules import slots
from casework.notices.models import Notice
from foundation.journal.anchors import faults
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import Refusal
from licenses.models import Licence, LicenceNumber
from sandbox.gateway import SandboxGateway
from tests.applications.stages import ACTOR, UNTRUE, QuietPlay, Stages, moment, perform, taken_back

pytestmark = pytest.mark.django_db
PEOPLE = (
    "aigerim",
    "bolat",
    "dana",
    "chancery",
    "executor",
    "executor2",
    "head",
    "head2",
    "supervisor",
    "auditor",
    "admin",
)
STEPS = [timedelta(minutes=3), timedelta(hours=2), timedelta(hours=9), timedelta(days=1), timedelta(days=3)]
# the next act in each state, on the way to a licence and to a refusal
ONWARD = {
    "issue": {
        "draft": ("submit",),
        "completeness": ("assign", "accept"),
        "review": ("prepare_issue",),
        "hearing": ("waive_hearing", "record_hearing"),
        "heard": ("prepare_issue",),
        "signing": ("open_signing", "sign"),
    },
    "refuse": {
        "draft": ("submit",),
        "completeness": ("assign", "accept"),
        "review": ("notify_hearing",),
        "hearing": ("waive_hearing", "record_hearing"),
        "heard": ("prepare_refusal",),
        "signing": ("open_signing", "sign"),
    },
    "discontinue": {
        "completeness": ("discontinue",),
        "review": ("discontinue",),
        "heard": ("discontinue",),
        "signing": ("open_signing", "sign"),
    },
}

# to tell the end has a term of its own, which runs after it (APPC 70)
TOLD_WITHIN = ("discontinuance_notice",)


class Course(RuleBasedStateMachine):
    """Two cases; each step is refused with nothing changed, or done with one fact."""

    play: QuietPlay
    gateway: SandboxGateway
    drafts: list[UUID]
    reached: set[str] = set()

    def __init__(self) -> None:
        super().__init__()
        self.block = taken_back()
        self.block.__enter__()
        with self.gateway.state.changing():  # what another course has paid and used
            self.gateway.state.payments.clear()
            self.gateway.state.keys.clear()
        self.now: datetime = moment("2026-11-04T10:00")
        self.cases: list[UUID] = list(self.drafts)
        self.ended: list[UUID] = []
        self.watched: datetime | None = None

    def teardown(self) -> None:
        try:
            assert list(faults()) == []
        finally:
            self.block.__exit__(None, None, None)

    @property
    def seen(self) -> list[UUID]:
        return [*self.cases, *self.ended]

    # --- what happens ------------------------------------------------------------------------------
    @initialize(hour=st.integers(0, 23))
    def begins(self, hour: int) -> None:
        self.now = self.now.replace(hour=hour)

    @rule(step=st.sampled_from(STEPS))
    def time_passes(self, step: timedelta) -> None:
        self.now += step
        self.watched = None

    @rule()
    def the_watch_and_the_worker_look(self) -> None:
        with legal_time(self.now):
            # after days without a watch one round registers, the next finds what that registration opened late
            for _minute in range(4):
                self.play.pass_time(self.now)
        self.watched = self.now

    @rule(which=st.integers(0, 1), action=st.sampled_from(sorted(ACTIONS)), who=st.sampled_from(PEOPLE))
    def somebody_tries(self, which: int, action: str, who: str) -> None:
        self.attempt(self.cases[which], action, who)

    @rule(which=st.integers(0, 1), action=st.sampled_from(sorted(ACTIONS)))
    def the_right_person_tries(self, which: int, action: str) -> None:
        self.attempt(self.cases[which], action, ACTOR[action])

    @rule(which=st.integers(0, 1), toward=st.sampled_from(sorted(ONWARD)), steps=st.integers(1, 4))
    def the_case_goes_on(self, which: int, toward: str, steps: int) -> None:
        case = self.cases[which]
        for _step in range(steps):
            status = Case.objects.get(pk=case).status_code
            if status in ("review", "heard"):
                self.findings_are_made(which, toward == "issue", "executor")
                self.the_payment_is_looked_up(which)
            for action in ONWARD[toward].get(status, ()):
                said = {"executor": "executor"} if action == "assign" else {}
                self.attempt(case, action, ACTOR[action], **said)
                self.now += timedelta(minutes=1)
            if status == "heard" and toward == "refuse":
                self.now += timedelta(days=5)  # the notice has to be three working days old (APPC 73(1))

    @rule(which=st.integers(0, 1), who=st.sampled_from(("aigerim", "dana")))
    def another_case_takes_the_place_of_one_that_ended(self, which: int, who: str) -> None:
        if not Case.objects.get(pk=self.cases[which]).is_open:
            ended = self.cases[which]
            self.cases[which] = Stages(self.play).draft(who=who, at=self.now.replace(tzinfo=None).isoformat())
            self.ended.append(ended)

    @rule(which=st.integers(0, 1), good=st.booleans(), who=st.sampled_from(("executor", "executor2")))
    def findings_are_made(self, which: int, good: bool, who: str) -> None:
        try:
            self.play.find(self.cases[which], self.now, who=who, not_met=() if good else ("I-1",))
        except Refusal:
            return

    @rule(which=st.integers(0, 1))
    def the_payment_is_looked_up(self, which: int) -> None:
        try:
            services.look_up_payment(self.cases[which], person=self.play.people["executor"], at=self.now)
        except Refusal:
            return

    def attempt(self, case: UUID, action: str, who: str, **said: str) -> bool:
        before = self.told(case)
        try:
            perform(self.play, action, case, self.now, who, **{**self.said(action), **said})
        except Refusal:
            # asked to sign anew, a head opens the decision anew; all else that is refused changes nothing
            assert self.told(case) == before or action == "sign"
            return False
        version, facts = self.told(case)
        self.reached.add(Case.objects.get(pk=case).status_code)
        assert version > before[0], action
        # one act, one fact; filing in office hours is registered in the same transaction
        assert facts - before[1] in ({1, 2} if action == "submit" else {1}), action
        return True

    @staticmethod
    def told(case: UUID) -> tuple[int, int]:
        facts = Fact.objects.filter(subject_id=case, kind__startswith="application.").count()
        return Case.objects.get(pk=case).version, facts

    def said(self, action: str) -> dict[str, Any]:
        """Content that depends on the hour."""
        if action == "postpone_hearing":
            return {
                "planned_at": slots.after(self.now, slots.LEAD, current_calendar()),
                "place": "Астана, каб. 412",
            }
        if action == "sign_protocol":
            times = {
                "started_at": self.now - timedelta(minutes=20),
                "ended_at": self.now - timedelta(minutes=1),
            }
            held = {name: when.isoformat() for name, when in times.items()}
            return {**held, "attended": True, "present": ["Тестова А. Қ."], "explanations": "Пояснения даны."}
        if action == "notify_hearing":
            return {"grounds": UNTRUE}
        return {}

    # --- what holds --------------------------------------------------------------------------------
    @invariant()
    def no_refusal_without_a_hearing_and_a_notice(self) -> None:
        for case in Case.objects.filter(pk__in=self.seen, status_code="refused"):
            hearing = Hearing.objects.filter(case=case).exclude(state="replaced").latest("notified_at")
            assert hearing.state == "recorded"
            assert hearing.notice.state == "signed"
            refusal = Act.objects.get(case=case, kind="refusal", state="signed")
            assert refusal.act_date is not None
            assert refusal.act_date >= hearing.refusal_not_before
            assert refusal.act_date >= _third_working_day(hearing.notified_on)
            assert heard_of(refusal) <= heard_of(hearing.notice)
            assert hearing.answered_at or hearing.waived_at or _told(hearing)
            if hearing.oral_requested_at and not hearing.waived_at:
                assert hearing.protocol.signatures.values("person").distinct().count() == 2
            last_day = Term.objects.filter(case=case, code="hearing_notice").earliest("pk").due_on
            if hearing.notified_on > last_day:
                assert hearing.late
                assert hearing.consent.reason
                assert hearing.consent.head_id != hearing.notice.signed_by_id

    @invariant()
    def no_licence_where_a_due_fee_is_unpaid(self) -> None:
        for licence in Licence.objects.filter(case_id__in=self.seen):
            paid = Payment.objects.get(application_id=licence.case_id, state="used")
            assert paid.amount >= paid.due
        assert (
            Licence.objects.filter(case_id__in=self.seen).count()
            == Case.objects.filter(pk__in=self.seen, status_code="issued").count()
        )

    @invariant()
    def who_prepared_it_did_not_sign_it(self) -> None:
        for act in Act.objects.filter(case__in=self.seen, four_eyes=True, state="signed"):
            assert act.prepared_by_id != act.signed_by_id

    @invariant()
    def no_passed_term_without_its_mark_after_the_watch(self) -> None:
        if self.watched is not None:
            edge = self.watched.replace(microsecond=0)
            assert not Term.objects.filter(case__in=self.seen, state="open", due_at__lt=edge).exists()
            for term in Term.objects.filter(case__in=self.seen, state="breached"):
                assert Fact.objects.filter(
                    kind="term.breached", subject_id=term.case_id, at=term.due_at
                ).exists()

    @invariant()
    def due_dates_are_never_days_off(self) -> None:
        calendar = current_calendar()
        for term in Term.objects.filter(case__in=self.seen):
            assert calendar.is_working_day(term.due_on), term.code

    @invariant()
    def what_ended_runs_no_more(self) -> None:
        for case in Case.objects.filter(pk__in=self.seen, is_open=False):
            running = Term.objects.filter(case=case, state="open").exclude(code__in=TOLD_WITHIN)
            assert not running.exists()
            assert not Payment.objects.filter(application=case.pk, state="reserved").exists()
            assert not LicenceNumber.objects.filter(case_id=case.pk, state="reserved").exists()
            assert case.next_due_code in ("", *TOLD_WITHIN)


def _third_working_day(notified_on: date) -> date:
    """APPC 73(1), counted day by day, not by the engine."""
    calendar, day = current_calendar(), notified_on
    for _number in range(3):
        day += timedelta(days=1)
        while not calendar.is_working_day(day):
            day += timedelta(days=1)
    return day


def heard_of(act: Act) -> set[tuple[str, str]]:
    """Each ground with each entry it names (Rules 10)."""
    return {(row["code"], entry) for row in act.content["grounds"] for entry in (row["entries"] or [""])}


def _told(hearing: Hearing) -> bool:
    told = Notice.objects.filter(message__case=hearing.case, message__kind="application.hearing_notified")
    return told.filter(message__sent_at__gte=hearing.notified_at).exists()


@pytest.fixture(scope="module")
def course(module_play: QuietPlay, gateway_server: SandboxGateway) -> type[Course]:
    stages = Stages(module_play)
    Course.gateway = gateway_server
    Course.play, Course.drafts = module_play, [stages.draft(), stages.accepted()]
    return Course


HEALTH = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def test_every_short_course_is_lawful(course):
    cache.clear()
    run_state_machine_as_test(
        course,
        settings=settings(
            max_examples=12,
            stateful_step_count=50,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=HEALTH,
        ),
    )
    # the courses are worth something: they come far
    assert len(course.reached) >= 5, course.reached


@pytest.mark.slow
def test_every_long_course_is_lawful(course):
    cache.clear()
    run_state_machine_as_test(
        course,
        settings=settings(
            max_examples=10,
            stateful_step_count=500,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=HEALTH,
        ),
    )
    assert len(course.reached & {"issued", "refused", "returned", "withdrawn", "discontinued"}) >= 4, (
        course.reached
    )
