"""The courses that `walkthrough` plays: one case to an outcome, and from a refusal on through a complaint."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from applications import services
from foundation.kernel.clock import legal_time
from sandbox.complaints import Complaints
from sandbox.four_forms import played
from sandbox.moments import moment
from sandbox.play import GROUNDS, Play

# the outcome → kinds of the document that decides
OUTCOMES = {
    "issue": ("licence_form_4", "licence_form_5"),
    "return": ("further_refusal",),
    "refuse": ("refusal_form_8",),
    "issue-after-hearing": ("licence_form_4",),
}
COMPLAINTS = ("satisfied", "forwarded", "dismissed")
_ASSESSMENT = {
    "assessment_kk": "Өтініш берушінің жауабы құжатпен расталмаған.",
    "assessment_ru": "Ответ заявителя не подтверждён документом.",
}
_ANSWER = "Адрес указан на обороте документа; прилагаем заверенную копию."


@dataclass(slots=True)
class Walk:
    """One case of Form 1, `first` working days before today."""

    play: Play
    today: date
    first: int

    def at(self, day: int, clock: str) -> datetime:
        """`day` working days after the filing."""
        return moment(self.today, self.first + day, clock)

    def filed(self) -> UUID:
        """Drafted, filed, registered, assigned on the first day."""
        start = self.at(0, "10:00")
        with legal_time(start):
            draft = self.play.draft(start)
            self.play.attach(draft, self.at(0, "10:20"))
            self.play.file(draft.pk, self.at(0, "11:00"))
            self.play.deliver()
        self.play.assign(draft.pk, self.at(0, "12:00"))
        case_id: UUID = draft.pk
        return case_id

    def heard(self) -> UUID:
        """A requirement is not met: notice, the applicant's answer, the hearing recorded (Rules 10, APPC 73)."""
        case = self.filed()
        self.play.accept(case, self.at(1, "10:00"))
        self.play.find(case, self.at(2, "11:00"), not_met=("I-1",))
        self.play.notify_hearing(case, self.at(2, "15:00"))
        self.play.signed(
            case,
            "answer_hearing",
            services.answer_hearing,
            self.at(3, "11:00"),
            who="aigerim",
            text=_ANSWER,
            final=True,
        )
        self.play.tell(f"{self.at(3, '11:00'):%Y-%m-%d %H:%M} applicant answered")
        services.record_hearing(
            case, person=self.play.people["executor"], at=self.at(4, "10:00"), version=None
        )
        return case

    def refused(self) -> UUID:
        """The answer did not convince: Form 8, not before the third working day after the notice."""
        case = self.heard()
        grounds = [{**ground, **_ASSESSMENT} for ground in GROUNDS]
        services.prepare_refusal(
            case, grounds=grounds, person=self.play.people["executor"], at=self.at(5, "11:00"), version=None
        )
        self.play.open_signing(case, self.at(5, "14:30"))
        self.play.sign(case, self.at(5, "14:35"))
        return case

    def convinced(self) -> UUID:
        """The answer convinced: the finding is changed, the licence issued."""
        case = self.heard()
        self.play.find(case, self.at(4, "15:00"))
        self._licence(case, 5)
        return case

    def _licence(self, case: UUID, day: int) -> None:
        self.play.prepare_issue(case, self.at(day, "11:00"))
        self.play.open_signing(case, self.at(day, "15:00"))
        self.play.sign(case, self.at(day, "15:04"))

    # --- from the refusal on ---------------------------------------------------------------------
    def complained(self, case: UUID, how: str) -> UUID:
        """A complaint on the sixth day, to its end; returns its id."""
        self.play.deliver()
        complaints = Complaints(self.play)
        complaint = complaints.draft(case, self.at(6, "10:00"))
        complaints.file(complaint.pk, self.at(6, "10:10"))
        key: UUID = complaint.pk
        _COURSES[how](self, complaints, key)
        return key

    def satisfied(self, complaints: Complaints, complaint: UUID) -> None:
        """Rules 20: the provider gives in, in full."""
        complaints.assign(complaint, self.at(6, "12:00"), to="executor2")
        complaints.satisfy(complaint, self.at(7, "11:00"))
        complaints.open_and_sign(complaint, self.at(7, "15:00"), who="head")

    def forwarded(self, complaints: Complaints, complaint: UUID) -> None:
        """Rules 20: the case goes to the superior body."""
        complaints.forward(complaint, self.at(7, "11:00"))
        complaints.open_and_sign(complaint, self.at(7, "15:00"), who="head")

    def dismissed(self, complaints: Complaints, complaint: UUID) -> None:
        """The superior body hears both sides and upholds the refusal (APPC 98-100)."""
        self.forwarded(complaints, complaint)
        complaints.assign(complaint, self.at(8, "10:00"), to="superior")
        complaints.notify(complaint, self.at(9, "10:00"), who="superior")
        complaints.record_hearing(complaint, self.at(12, "10:00"), who="superior")
        complaints.decide(complaint, self.at(12, "11:00"), who="superior", outcome="dismissed", grounds=["3"])
        complaints.open_and_sign(complaint, self.at(12, "11:30"), who="superior")


_COURSES: dict[str, Callable[[Walk, Complaints, UUID], None]] = {
    "satisfied": Walk.satisfied,
    "forwarded": Walk.forwarded,
    "dismissed": Walk.dismissed,
}
_HEARD: dict[str, Callable[[Walk], UUID]] = {"refuse": Walk.refused, "issue-after-hearing": Walk.convinced}
_FIRST_DAY, _FIRST_WITH_COMPLAINT = -6, -14


def walk(play: Play, today: date, outcome: str, *, form: str = "1", complaint: str = "") -> list[UUID]:
    """Play it; returns the case, and the complaint if there is one. What is heard is played with Form 1."""
    if outcome not in _HEARD:
        return [played(play, today, form, outcome)]
    course = Walk(play, today, _FIRST_WITH_COMPLAINT if complaint else _FIRST_DAY)
    cases = [_HEARD[outcome](course)]
    if complaint:
        cases.append(course.complained(cases[0], complaint))
    return cases
