"""The demo's cases: two in each state, and for each executor one term due today, one tomorrow, one passed.

Built by the services with past moments relative to today. `submitted` lasts from 18:30 to 09:00 of the next working
day only, so its two cases are registered by the watch as soon as that hour has come.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from applications import services
from foundation.accounts.models import Representation
from foundation.kernel.clock import legal_time
from licenses.models import Licence, LicenceEdition
from licenses.statuses import EditionState
from sandbox.complaints import Complaints
from sandbox.four_forms import WHO, Days, decide, drafted
from sandbox.moments import moment
from sandbox.play import CENTRES, GROUNDS, Play
from sandbox.proceedings import SUSPENSION, Docket
from sandbox.suits import Suits

ONE_CENTRE = CENTRES[:1]


@dataclass(slots=True)
class Stage:
    """Where a case is taken to, step by step; each method goes on from the one before."""

    play: Play
    today: date

    def on(self, offset: int, clock: str) -> datetime:
        return moment(self.today, offset, clock)

    def filed(self, day: int, clock: str, *, who: str, leave_out: tuple[str, ...] = (), **draft: Any) -> UUID:
        at = self.on(day, clock)
        with legal_time(at):
            application = self.play.draft(at, who=who, centres=draft.pop("centres", ONE_CENTRE), **draft)
            self.play.attach(application, at, who=who, leave_out=leave_out)
            self.play.file(application.pk, at, who=who)
            self.play.deliver()
        case_id: UUID = application.case.pk
        return case_id

    def assigned(self, day: int, *, who: str, executor: str, **draft: Any) -> UUID:
        case = self.filed(day, "10:00", who=who, **draft)
        self.play.assign(case, self.on(day, "11:00"), executor=executor)
        return case

    def accepted(self, day: int, *, who: str, executor: str, **draft: Any) -> UUID:
        case = self.assigned(day, who=who, executor=executor, **draft)
        self.play.accept(case, self.on(day + 1, "10:00"), who=executor)
        return case

    def examined(self, day: int, *, executor: str, not_met: tuple[str, ...] = (), **draft: Any) -> UUID:
        case = self.accepted(day, executor=executor, **draft)
        self.play.find(case, self.on(day + 2, "15:00"), who=executor, not_met=not_met)
        return case

    def heard_of(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        case = self.examined(day, executor=executor, who=who, not_met=("I-1",))
        self.play.notify_hearing(case, self.on(notice, "10:00"), who=executor)
        return case

    def heard(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        case = self.heard_of(day, notice, executor=executor, who=who)
        with legal_time(self.on(notice + 1, "09:00")):
            self.play.deliver()  # nobody is refused who was not told (APPC 73)
        person = self.play.people[executor]
        services.record_hearing(case, person=person, at=self.on(notice + 3, "09:30"), version=None)
        return case

    def prepared(self, day: int, *, executor: str, who: str) -> UUID:
        case = self.examined(day, executor=executor, who=who)
        self.play.prepare_issue(case, self.on(day + 3, "16:00"), who=executor)
        return case

    def issued(self, day: int, *, executor: str, who: str, head: str = "head", **draft: Any) -> UUID:
        case = self.examined(day, executor=executor, who=who, **draft)
        self.play.prepare_issue(case, self.on(day + 3, "16:00"), who=executor)
        self.play.open_signing(case, self.on(day + 4, "10:00"), who=head)
        self.play.sign(case, self.on(day + 4, "10:05"), who=head)
        return case

    def refusal_prepared(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        case = self.heard(day, notice, executor=executor, who=who)
        person = self.play.people[executor]
        at = self.on(notice + 3, "11:00")
        services.prepare_refusal(case, grounds=GROUNDS, person=person, at=at, version=None)
        return case

    def refused(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        case = self.refusal_prepared(day, notice, executor=executor, who=who)
        self.play.open_signing(case, self.on(notice + 4, "12:00"))
        self.play.sign(case, self.on(notice + 4, "12:05"))
        return case

    def returned(self, day: int, *, executor: str, who: str) -> UUID:
        case = self.assigned(day, who=who, executor=executor, leave_out=("I-2",))
        self.play.refuse_further(case, self.on(day + 1, "12:00"), who=executor)
        return case

    def withdrawn(self, day: int, *, executor: str, who: str) -> UUID:
        case = self.accepted(day, who=who, executor=executor)
        self.play.signed(case, "withdraw", services.withdraw, self.on(day + 2, "17:00"), who=who)
        return case

    def discontinued(self, day: int, *, executor: str, who: str) -> UUID:
        case = self.accepted(day, who=who, executor=executor)
        services.prepare_discontinuance(
            case,
            reason="not_entrepreneur",
            facts_kk="Дара кәсіпкер ретінде тіркеуден шығарылған.",
            facts_ru="Снят с регистрационного учёта в качестве индивидуального предпринимателя.",
            person=self.play.people[executor],
            at=self.on(day + 2, "12:00"),
            version=None,
        )
        self.play.open_signing(case, self.on(day + 3, "10:00"))
        self.play.sign(case, self.on(day + 3, "10:05"))
        return case

    def of_form(self, form: str, pace: Days, *, signed: bool) -> UUID:
        """A case of Form 2, 9 or 10, whose host or licence is in the register by then."""
        start, who = self.on(pace.filed, "10:00"), WHO[form]
        with legal_time(start):
            draft = drafted(self.play, form, start)
            self.play.attach(draft, start, who=who)
            self.play.file(draft.pk, self.on(pace.filed, "11:00"), who=who)
            self.play.deliver()
        case: UUID = draft.pk
        if signed:
            decide(self.play, case, self.today, pace)
        else:
            self.play.assign(case, self.on(pace.filed, "12:00"))
        return case

    def complained(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        """A refused case with a complaint that waits for the provider's choice (Rules 20)."""
        case = self.refused(day, notice, executor=executor, who=who)
        self.play.deliver()
        complaints = Complaints(self.play)
        made = complaints.draft(case, self.on(-1, "09:40"), who=who)
        complaints.file(made.pk, self.on(-1, "09:50"), who=who)
        return UUID(str(made.pk))

    def complaint_considered(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        """A refused case whose complaint is before the superior body."""
        case = self.refused(day, notice, executor=executor, who=who)
        self.play.deliver()
        complaints = Complaints(self.play)
        made = complaints.draft(case, self.on(-4, "09:40"), who=who)
        complaints.file(made.pk, self.on(-4, "09:50"), who=who)
        complaints.forward(made.pk, self.on(-3, "10:00"))
        complaints.open_and_sign(made.pk, self.on(-3, "11:00"), who="head")
        complaints.assign(made.pk, self.on(-2, "10:00"), to="superior")
        return UUID(str(made.pk))

    def sued_over(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        """A refused case that went to court without a complaint: the superior body's position is signed (Rules 23)."""
        case = self.refused(day, notice, executor=executor, who=who)
        self.play.deliver()
        suits = Suits(self.play)
        made = suits.record(case, self.on(-3, "10:00"), who=executor)
        suits.give_position(made.pk, self.on(-1, "11:00"))
        return UUID(str(made.pk))

    def suspension_heard_of(self, day: int, notice: int, *, executor: str, who: str) -> UUID:
        """A suspension opened by the executor, the licensee notified of the hearing."""
        docket, number = Docket(self.play), self._licence_of(who)
        case = docket.begin(number, "suspend", self.on(day, "11:00"), who=executor, content=SUSPENSION)
        docket.signed(case, "notify_hearing", self.on(notice, "10:00"), who=executor)
        return case

    def resumption_asked(self, day: int, *, executor: str, head: str, who: str) -> UUID:
        """Suspended at the licensee's request, and the request to resume it registered."""
        docket, number = Docket(self.play), self._licence_of(who)
        earlier = docket.begin(number, "suspend_on_request", self.on(day, "10:00"), who=who)
        docket.signed(
            earlier, "submit", self.on(day, "10:05"), who=who, months=2, reason="Ремонт подстанции."
        )
        docket.assign(earlier, self.on(day, "11:00"), executor=executor)
        docket.act("prepare", earlier, self.on(day + 1, "10:00"), who=executor)
        docket.decide(earlier, self.on(day + 1, "12:00"), head=head)
        case = docket.begin(number, "resume_on_request", self.on(day + 4, "10:00"), who=who)
        docket.signed(case, "submit", self.on(day + 4, "10:05"), who=who)
        docket.assign(case, self.on(day + 4, "11:00"), executor=executor)
        return case

    def pools_told_of(self, day: int, *, who: str) -> UUID:
        """Two changes of the mining pool: told in time, then late and of a pool that is in no list."""
        docket, number = Docket(self.play), self._licence_of(who)
        for on, changed, name, bin_number in (
            (day, day - 1, "«Қазақ пул» ЖШС", "150140000002"),
            (day + 5, day + 1, "«Жаңа пул» ЖШС", "160240000008"),
        ):
            case = docket.begin(number, "pool_notice", self.on(on, "10:00"), who=who)
            docket.attach(case, self.on(on, "10:02"), who=who, title="Договор с пулом")
            said = {"pool_name": name, "pool_bin": bin_number, "changed_on": self.on(changed, "09:00").date()}
            docket.signed(case, "submit", self.on(on, "10:05"), who=who, **said)
        return case

    def error_named(self, day: int, *, executor: str, who: str) -> UUID:
        """A room left out of the holder's location (PL 44): asked for and assigned, due in two working days."""
        docket, number = Docket(self.play), self._licence_of(who)
        held = LicenceEdition.objects.get(licence__number=number, state=EditionState.CURRENT)
        named = [
            {"field": "location_kk", "reads": f"{held.location_kk}, 12-кеңсе"},
            {"field": "location_ru", "reads": f"{held.location_ru}, офис 12"},
        ]
        case = docket.begin(number, "correct", self.on(day, "10:00"), who=who)
        docket.attach(case, self.on(day, "10:02"), who=who, title="Справка о регистрации")
        docket.signed(case, "submit", self.on(day, "10:05"), who=who, corrections=named)
        docket.assign(case, self.on(day, "11:00"), executor=executor)
        return case

    def error_corrected(self, day: int, *, executor: str, head: str, who: str) -> UUID:
        """The same, decided on the next day: a new edition, the earlier one superseded."""
        docket, case = Docket(self.play), self.error_named(day, executor=executor, who=who)
        docket.act("prepare", case, self.on(day + 1, "10:00"), who=executor)
        docket.decide(case, self.on(day + 1, "12:00"), head=head)
        return case

    def _licence_of(self, who: str) -> str:
        party = Representation.objects.filter(person=self.play.people[who]).values("party_id")
        numbers = Licence.objects.filter(party_id__in=party).order_by("number")
        return str(numbers.values_list("number", flat=True)[0])

    def drafts(self) -> None:
        at = self.on(0, "09:10")
        self.play.draft(at, who="aigerim")
        self.play.draft(at, who="dana", centres=ONE_CENTRE)


def script(stage: Stage) -> list[tuple[str, Callable[[], object]]]:
    """Every demo case with its name, oldest first."""
    s = stage
    pair = (("executor", "aigerim"), ("executor2", "dana"))
    steps: list[tuple[str, Callable[[], object]]] = []

    def step(name: str, make: Callable[[], object]) -> None:
        steps.append((name, make))

    for executor, who in pair:
        step("issued", lambda e=executor, w=who: s.issued(-22, executor=e, who=w))  # type: ignore[misc]
        step("refused", lambda e=executor, w=who: s.refused(-20, -14, executor=e, who=w))  # type: ignore[misc]
        step("service term passed", lambda e=executor, w=who: s.accepted(-17, executor=e, who=w))  # type: ignore[misc]
        step("returned", lambda e=executor, w=who: s.returned(-12, executor=e, who=w))  # type: ignore[misc]
        step("withdrawn", lambda e=executor, w=who: s.withdrawn(-11, executor=e, who=w))  # type: ignore[misc]
        step("discontinued", lambda e=executor, w=who: s.discontinued(-10, executor=e, who=w))  # type: ignore[misc]
        step("heard", lambda e=executor, w=who: s.heard(-10, -5, executor=e, who=w))  # type: ignore[misc]
        step("signing", lambda e=executor, w=who: s.prepared(-7, executor=e, who=w))  # type: ignore[misc]
        step("hearing", lambda e=executor, w=who: s.heard_of(-8, -1, executor=e, who=w))  # type: ignore[misc]
        step("review", lambda e=executor, w=who: s.examined(-5, executor=e, who=w))  # type: ignore[misc]
        step("due today", lambda e=executor, w=who: s.assigned(-2, executor=e, who=w))  # type: ignore[misc]
        step("due tomorrow", lambda e=executor, w=who: s.assigned(-1, executor=e, who=w))  # type: ignore[misc]
    step("issued, Form 2", lambda: s.of_form("2", Days(-9, -8, -7, -6, -5), signed=True))
    step("re-issued, Form 9", lambda: s.of_form("9", Days(-4, -3, -3, -3, -2), signed=True))
    step("re-issued, Form 10", lambda: s.of_form("10", Days(-3, -2, -2, -2, -1), signed=True))
    step("completeness, Form 2", lambda: s.of_form("2", Days(0, 0, 0, 0, 0), signed=False))
    step("completeness, Form 9", lambda: s.of_form("9", Days(0, 0, 0, 0, 0), signed=False))
    step("completeness, Form 10", lambda: s.of_form("10", Days(0, 0, 0, 0, 0), signed=False))
    step("complaint filed", lambda: s.complained(-19, -13, executor="executor2", who="dana"))
    step("complaint considered", lambda: s.complaint_considered(-18, -12, executor="executor", who="aigerim"))
    step("suit", lambda: s.sued_over(-21, -15, executor="executor", who="aigerim"))
    step("unassigned", lambda: s.filed(-1, "12:00", who="marat"))
    step("submitted", lambda: s.filed(-1, "19:10", who="aigerim"))
    step("submitted", lambda: s.filed(-1, "20:40", who="dana"))
    step("draft", s.drafts)
    step("suspension", lambda: s.suspension_heard_of(-3, -1, executor="executor", who="aigerim"))
    step("pools", lambda: s.pools_told_of(-6, who="aigerim"))
    step("resumption", lambda: s.resumption_asked(-6, executor="executor2", head="head2", who="dana"))
    step("corrected", lambda: s.error_corrected(-4, executor="executor2", head="head2", who="dana"))
    step("error named", lambda: s.error_named(-1, executor="executor", who="aigerim"))
    return steps
