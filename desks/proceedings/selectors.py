"""What the pages of a proceeding show: where it stands, what is due, what may be done, its papers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import get_language

from appeals.models import Complaint
from appeals.selectors import Appealable, appealable, complaints_visible_to, overdue_since
from casework.cases.rules import Load, next_officer
from casework.cases.selectors import cases_visible_to, happenings, loads
from casework.deadlines import selectors as deadlines
from casework.deadlines.explaining import explanations
from casework.deadlines.statuses import TermState
from casework.decisions.models import Cancellation
from casework.decisions.papers import appeal_block
from casework.decisions.permissions import Offer
from casework.decisions.selectors import signed_act
from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from casework.documents.selectors import documents_of
from desks.cabinet.selectors.filed import TermLine, term_line
from desks.cabinet.selectors.papers import DocumentLine, grouped, with_signatures
from desks.proceedings.corrections import Row, correction_rows
from desks.public.selectors import length
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.citations import Citation
from foundation.kernel.refusals import NotFound
from licenses.models import Licence, Proceeding
from licenses.proceedings import events
from licenses.proceedings.permissions import Situation, offers
from licenses.proceedings.rules import target_allows
from licenses.proceedings.selectors import open_of, target_standings
from licenses.proceedings.services.acting import COURSE
from licenses.proceedings.statuses import BY_LICENSEE, CITATIONS, TERMS, Kind, Status
from licenses.rules import Standing
from licenses.statuses import CORRECTION


class ProceedingPage:
    """One proceeding as one person sees it now."""

    def __init__(self, situation: Situation, *, officer: bool) -> None:
        self.s = situation
        self.officer = officer
        self.proceeding = situation.proceeding
        self.case = situation.case
        self.kind = situation.kind
        self.state = Status(self.proceeding.status).label
        self.citation = CITATIONS[self.kind]

    @cached_property
    def offers(self) -> list[Offer]:
        return offers(self.s)

    @cached_property
    def complainable(self) -> list[Appealable]:
        """What the licensee may complain of now: orders that burden, refused requests (APPC 91)."""
        return [] if self.officer else appealable(self.case.pk, self.s.at)

    @property
    def overdue(self) -> bool:
        """APPC 91(2): the licensee asked, the term is over, nothing is decided."""
        return not self.officer and overdue_since(self.case) is not None

    @property
    def appeal(self) -> str:
        """How to complain, in the words of the decision (APPC 80(5))."""
        return appeal_block(self.s.today, "kk" if get_language() == "kk" else "ru")

    @cached_property
    def complaints(self) -> list[Complaint]:
        """The filed complaints about it; of a licensee also the drafts."""
        rows = complaints_visible_to(self.s.person, self.s.at).filter(about=self.case)
        return list(rows.filter(case__received_at__isnull=False) if self.officer else rows)

    @cached_property
    def cancellation(self) -> Cancellation | None:
        """What made its decision lose force (APPC 84, 100)."""
        return Cancellation.objects.select_related("act").filter(act__case=self.case).first()

    @property
    def possible(self) -> list[Offer]:
        return [offer for offer in self.offers if offer.possible]

    @property
    def closed(self) -> list[Offer]:
        """Closed ones of this state; of other states only the name stands in the table."""
        return [offer for offer in self.offers if offer.refusal and offer.refusal.code != "WRONG_STATE"]

    @cached_property
    def terms(self) -> list[TermLine]:
        """Every term but a void one, with its explanation day by day."""
        calendar = deadlines.current_calendar()
        rows = [row for row in self.s.terms.values() if row.state != TermState.VOID]
        explained = explanations(rows, calendar)
        return [term_line(row, explained[row.pk], calendar, self.s.at) for row in rows]

    @cached_property
    def documents(self) -> list[DocumentLine]:
        """What is published and shown by now (Rules 5), both languages side by side."""
        rows = [
            row
            for row in with_signatures(documents_of(self.case.pk))
            if row.state == "published" and row.published_at is not None and row.published_at <= self.s.at
        ]
        return grouped(rows, get_language() or "ru")

    @cached_property
    def corrections(self) -> list[Row]:
        """PL 44: the errors as the head will correct them, else as they were named or corrected."""
        act = self.s.decision if self.officer else None
        if self.proceeding.status == Status.DONE:
            act = signed_act(self.case.pk, CORRECTION)
        prepared = act.content if act is not None else {}
        return correction_rows(prepared) or correction_rows(self.proceeding.content)

    @cached_property
    def drafts(self) -> list[tuple[str, OfficialDocument]]:
        """What officers have prepared and nobody has signed yet: title and row."""
        language: Any = get_language() if get_language() in ("kk", "ru") else "ru"
        rows = documents_of(self.case.pk) if self.officer else []
        return [(KINDS[row.kind].named(language), row) for row in rows if row.state != "published"]

    @cached_property
    def timeline(self) -> list[tuple[datetime, Any, str]]:
        """What happened, the newest first."""
        found = happenings(self.case, self.s.person, self.s.at)
        return [(row.at, events.label(row.kind), row.who) for row in reversed(found)]

    @property
    def officers(self) -> list[Person]:
        """Whom an assignment or a recusal may name."""
        return [person for person, _load in self.loads]

    @cached_property
    def loads(self) -> list[tuple[Person, Load]]:
        """Every executor with the open cases and what stands against an assignment (Rules 6; APPC 67)."""
        return loads(self.case, accounts.people_with(Role.EXECUTOR, self.s.today), self.s.at)

    @property
    def proposed(self) -> Load | None:
        """Whom the portal would give it: by load and absence, never the one who has it."""
        return next_officer(load for _person, load in self.loads if load.officer != self.case.executor_id)


def proceeding_page(proceeding_id: UUID, person: Person, at: datetime, *, officer: bool) -> ProceedingPage:
    """Raises NotFound where the person may not see it."""
    situation = COURSE.seen(proceeding_id, person, at)
    if not situation.visible:
        raise NotFound
    return ProceedingPage(situation, officer=officer)


def open_proceedings(person: Person, at: datetime) -> QuerySet[Proceeding]:
    """What goes on and may be seen by this officer, what is due first stands first."""
    return (
        Proceeding.objects.filter(case__is_open=True, case__received_at__isnull=False)
        .filter(case__in=cases_visible_to(person, at))
        .select_related("case__party", "case__executor", "licence")
        .order_by(F("case__next_due_at").asc(nulls_last=True), "pk")
    )


@dataclass(frozen=True, slots=True)
class Request:
    """One request of the licensee's: what it is, how long its answer takes, and for what it can be made today."""

    kind: Kind
    citation: Citation
    length: str  # of the term for the answer; empty: received without a decision
    whole: bool  # for the licence itself
    annexes: tuple[str, ...]  # single annexes it can be made for
    going_on: tuple[Proceeding, ...]  # of the same kind, under way

    @property
    def possible(self) -> bool:
        """By the state of the licence or of an annex."""
        return self.whole or bool(self.annexes)

    @property
    def whole_free(self) -> bool:
        """One at a time on the same target: what goes on about an annex goes on about the licence too."""
        return self.whole and not self.going_on

    @property
    def annexes_free(self) -> tuple[str, ...]:
        taken = [{annex.number for annex in row.annexes.all()} for row in self.going_on]
        if not all(taken):  # about the whole licence
            return ()
        return tuple(number for number in self.annexes if not any(number in some for some in taken))


def requests_of(licence: Licence, at: datetime) -> list[Request]:
    """What the licensee may ask for, and what not today, by the state of the licence and of each annex (DA 9; PL 35, 44, 45)."""
    day = deadlines.current_calendar_act_day(at)
    annexes = list(licence.annexes.order_by("number").prefetch_related("periods"))
    whole, single = target_standings(licence, [], day), target_standings(licence, annexes, day)
    own = {rule.code: rule for rule in deadlines.rules_on(day)}
    under_way = list(
        open_of(licence.pk).exclude(status=Status.DRAFT).select_related("case").prefetch_related("annexes")
    )
    found = []
    for kind in BY_LICENSEE:
        rule = own.get(TERMS.get(kind, ""))

        def allowed(standing: Standing | None, kind: Kind = kind) -> bool:
            return standing is not None and target_allows(
                kind, status=standing.status, basis=standing.basis, until=standing.until, today=day
            )

        found.append(
            Request(
                kind,
                CITATIONS[kind],
                length(rule) if rule else "",
                all(allowed(standing) for standing in whole.values()),
                tuple(number for number, standing in single.items() if allowed(standing)),
                tuple(row for row in under_way if row.kind == kind),
            )
        )
    return found
