"""A complaint as its side and as the officers see it: state, terms day by day, documents, what can be done."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import get_language

from appeals import events
from appeals.models import Complaint
from appeals.permissions import ComplaintSituation, Offer, offers
from appeals.selectors import Appealable, appealable, complaints_visible_to, reviewers
from appeals.services.acting import COURSE
from appeals.statuses import TERMINAL, Status
from casework.cases.models import Case
from casework.cases.selectors import cases_visible_to, happenings
from casework.deadlines import rules as days
from casework.deadlines.explaining import explanations
from casework.deadlines.selectors import current_calendar, latest_term
from casework.deadlines.statuses import TermState
from casework.decisions.models import Hearing
from casework.documents.selectors import documents_of
from desks.cabinet.selectors.filed import DocumentLine, TermLine, grouped, term_line, with_signatures
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.refusals import NotFound

_HOUSEKEEPING = frozenset(
    {"document.published", "documents.certified", "file.opened", "notice.sent", "term.due", "term.elapsed"}
)
_INNER = frozenset({events.DRAFTED, events.OPENED, events.SENT_BACK, events.PREPARED})


class ComplaintPage:
    """One complaint as one person sees it."""

    def __init__(self, situation: ComplaintSituation) -> None:
        self.situation = situation
        self.complaint = situation.complaint
        self.case = situation.case
        self.at = situation.at
        self.language = get_language() or "ru"
        self.calendar = current_calendar()

    @property
    def officer(self) -> bool:
        return not self.situation.represents

    @property
    def over(self) -> bool:
        return self.complaint.status in TERMINAL

    @cached_property
    def offers(self) -> dict[str, Offer]:
        return {offer.action.name: offer for offer in offers(self.situation)}

    @property
    def possible(self) -> list[Offer]:
        return [offer for offer in self.offers.values() if offer.possible]

    @property
    def closed(self) -> list[Offer]:
        """Steps of this person's roles that are closed now, with the reason."""
        return [offer for offer in self.offers.values() if not offer.possible]

    @cached_property
    def terms(self) -> list[TermLine]:
        rows = [term for term in self.situation.terms.values() if term.state != TermState.VOID]
        explained = explanations(self.situation.every_term, self.calendar)
        return [
            term_line(term, explained[term.pk], self.calendar, self.at)
            for term in rows
            if term.code != "registration"
        ]

    @property
    def silent(self) -> bool:
        """The body did not answer in time: it counts as dismissed (APPC 100(5))."""
        return not self.over and any(
            line.passed
            for line in self.terms
            if line.code.startswith("complaint_") and "forward" not in line.code
        )

    @cached_property
    def documents(self) -> list[DocumentLine]:
        rows = [
            row
            for row in with_signatures(documents_of(self.case.pk))
            if row.state == "published" and row.published_at is not None and row.published_at <= self.at
        ]
        return grouped(rows, self.language)

    @cached_property
    def hearing(self) -> Hearing | None:
        return self.situation.last_hearing

    @cached_property
    def timeline(self) -> list[tuple[datetime, str | Promise, str]]:
        hidden = _HOUSEKEEPING if self.officer else _HOUSEKEEPING | _INNER
        found = happenings(self.case, self.situation.person, self.at, by_name=self.officer)
        return [
            (row.at, events.label(row.kind), row.who) for row in reversed(found) if row.kind not in hidden
        ]

    @cached_property
    def officers(self) -> list[Person]:
        """Who can be assigned now: executors, or the reviewers of the body once the complaint is there."""
        found = list(reviewers(self.complaint.addressee, self.situation.today))
        if self.complaint.status == Status.REGISTERED:
            found += list(accounts.people_with(Role.EXECUTOR, self.situation.today))
        return found


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
    service = latest_term(case.pk, "service")
    late = service is not None and service.state == TermState.BREACHED and case.is_open
    return Choice(
        case=case,
        decisions=appealable(case.pk, at),
        overdue_since=service.due_on if late and service is not None else None,
        today=days.to_almaty(at).date(),
    )


def queue(person: Person, at: datetime) -> list[Complaint]:
    """Open complaints this officer may see, what is due first on top."""
    return list(
        complaints_visible_to(person, at)
        .filter(case__is_open=True, case__received_at__isnull=False)
        .order_by("case__next_due_at", "case__received_at")[:200]
    )


def of_parties(party_ids: list[UUID]) -> list[Complaint]:
    """The complaints of some parties, newest first."""
    return list(
        Complaint.objects.filter(case__party_id__in=party_ids)
        .select_related("case", "about")
        .order_by("-case__created_at")[:50]
    )
