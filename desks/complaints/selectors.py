"""A complaint as its side and as the officers see it: state, terms day by day, documents, what can be done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appeals import events
from appeals.models import Complaint, Suit
from appeals.permissions import ComplaintSituation, Offer, offers
from appeals.selectors import Appealable, appealable, complaints_visible_to, overdue_since, reviewers, whose
from appeals.services.acting import COURSE
from appeals.statuses import TERMINAL, Addressee, Status
from appeals.suits.selectors import suits_about
from casework.cases.models import Case
from casework.cases.rules import Hindered, Load
from casework.cases.selectors import cases_visible_to, loads
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.selectors import current_calendar
from casework.deadlines.wording import term_name
from casework.decisions.models import Hearing
from desks.case_page import SharedCasePage
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import NotFound

_INNER = frozenset({events.DRAFTED, events.OPENED, events.SENT_BACK, events.PREPARED})


class ComplaintPage(SharedCasePage):
    """One complaint as one person sees it."""

    inner = _INNER

    def __init__(self, situation: ComplaintSituation) -> None:
        super().__init__(situation)
        self.situation: ComplaintSituation = situation
        self.complaint = situation.complaint

    def offers_of(self) -> list[Offer]:
        return offers(self.situation)

    def label(self, kind: str) -> str | Promise:
        return events.label(kind)

    @property
    def over(self) -> bool:
        return self.complaint.status in TERMINAL

    @cached_property
    def suits(self) -> list[Suit]:
        """Suits on the same matter: while one is before the court the complaint may be left (APPC 95)."""
        return list(suits_about(self.complaint.about))

    @property
    def silent(self) -> bool:
        """The body did not answer in time: it counts as dismissed (APPC 100(5))."""
        return not self.over and any(
            line.passed
            for line in self.terms
            if line.code.startswith("complaint_") and "forward" not in line.code
        )

    @cached_property
    def hearing(self) -> Hearing | None:
        return self.situation.last_hearing

    @cached_property
    def loads(self) -> list[tuple[Person, Load]]:
        """Who can be assigned now, with the open cases and what stands against it (Rules 20-22; APPC 67, 97(2)).

        At the provider its executors, and its reviewers where the provider considers; elsewhere the body's reviewers.
        """
        today = self.situation.today
        considered = reviewers(self.complaint.addressee, today)
        at_provider = self.complaint.status == Status.REGISTERED
        own = whose(self.complaint)
        if at_provider and self.complaint.addressee != Addressee.PROVIDER:
            own = set()  # to satisfy it in full is open to whose act it was (APPC 97(2))
            found = accounts.people_with(Role.EXECUTOR, today)
        elif at_provider:
            both = Q(pk__in=considered.values("pk")) | Q(
                pk__in=accounts.people_with(Role.EXECUTOR, today).values("pk")
            )
            found = Person.objects.filter(both).order_by("surname", "given_name")
        else:
            found = considered
        return [
            (person, replace(load, hindered=load.hindered or (Hindered.BARRED if person.pk in own else None)))
            for person, load in loads(self.case, found, self.at)
        ]


def complaint_page(person: Person, complaint_id: UUID, at: datetime) -> ComplaintPage:
    """The complaint if this person may see it; raises NotFound."""
    situation = COURSE.seen(complaint_id, person, at)
    if not situation.visible:
        raise NotFound
    return ComplaintPage(situation)


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be complained of in a case."""

    case: Case
    decisions: list[Appealable]
    overdue_since: date | None
    today: date

    def left(self, row: Appealable) -> int:
        """Calendar days left to complain."""
        return (row.until - self.today).days


def choice(person: Person, case_id: UUID, at: datetime) -> Choice:
    """Decisions in force, a failure to decide in time, an officer's action; raises NotFound."""
    case = cases_visible_to(person, at).select_related("party", "executor").filter(pk=case_id).first()
    if case is None or case.received_at is None or not accounts.may_act_for(person, case.party_id, at):
        raise NotFound
    return Choice(
        case=case,
        decisions=appealable(case.pk, at),
        overdue_since=overdue_since(case),
        today=almaty(at).date(),
    )


# who does what next, by the state of a complaint (process.md, Complaints)
_NEXT: dict[str, Promise] = {
    Status.RECEIVED: _("it is registered at 09:00 of the next working day"),
    Status.REGISTERED: _("satisfy in full or forward with the case (Rules 20)"),
    Status.SIGNING: _("the head or the reviewer signs what is prepared"),
    Status.FORWARDED: _("the chancery assigns a reviewer"),
    Status.CONSIDERED: _("hear both sides, or decide at once if all demands are met (APPC 98)"),
    Status.HEARING: _("record the hearing when it is over"),
    Status.HEARD: _("prepare the answer (APPC 98, 100)"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One complaint of the officers' list: what is due, the working days left, and what comes next."""

    complaint: Complaint
    term: str
    left: int | None
    late: bool
    next_step: str | Promise


def queue(person: Person, at: datetime, *, mine: bool = False, text: str = "") -> list[Line]:
    """Open complaints this officer may see, what is due first on top; `mine`: only the officer's own."""
    rows = complaints_visible_to(person, at).filter(case__is_open=True, case__received_at__isnull=False)
    if mine:
        rows = rows.filter(case__executor=person)
    if text:
        said = Q(case__incoming_no__icontains=text) | Q(about__incoming_no__icontains=text)
        named = Q(case__party__name_kk__icontains=text) | Q(case__party__name_ru__icontains=text)
        rows = rows.filter(said | named | Q(case__party__number=text))
    calendar, now = current_calendar(), almaty(at)
    return [
        _line(row, calendar, now) for row in rows.order_by("case__next_due_at", "case__received_at")[:200]
    ]


def _line(row: Complaint, calendar: WorkingCalendar, now: datetime) -> Line:
    due = row.case.next_due_at
    left = None if due is None else calendar.working_days_between(now.date(), almaty(due).date())
    late = due is not None and due < now
    term = term_name(row.case.next_due_code) if row.case.next_due_code else ""
    return Line(row, term, None if late and left == 0 else left, late, _NEXT.get(row.status, ""))


def of_parties(party_ids: list[UUID]) -> list[Complaint]:
    """The complaints of some parties, newest first."""
    return list(
        Complaint.objects.filter(case__party_id__in=party_ids)
        .select_related("case", "about")
        .order_by("-case__created_at")[:50]
    )
