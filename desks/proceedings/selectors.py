"""What the pages of a proceeding show: where it stands, what is due, what may be done, its papers."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from appeals.models import Complaint
from appeals.selectors import Appealable, appealable, complaints_visible_to, overdue_since
from casework.cases.selectors import cases_visible_to
from casework.deadlines import selectors as deadlines
from casework.decisions.models import Cancellation
from casework.decisions.papers import appeal_block
from casework.decisions.permissions import Offer
from casework.decisions.selectors import signed_act
from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from casework.documents.selectors import documents_of
from desks.case_page import SharedCasePage
from desks.proceedings.corrections import Row, correction_rows
from desks.public.selectors import length
from foundation.accounts.models import Person
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


class ProceedingPage(SharedCasePage):
    """One proceeding as one person sees it now."""

    def __init__(self, situation: Situation) -> None:
        super().__init__(situation)
        self.s = situation
        self.proceeding = situation.proceeding
        self.kind = situation.kind
        self.state = Status(self.proceeding.status).label
        self.citation = CITATIONS[self.kind]

    def offers_of(self) -> list[Offer]:
        return offers(self.s)

    def label(self, kind: str) -> str | Promise:
        return events.label(kind)

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


def proceeding_page(proceeding_id: UUID, person: Person, at: datetime) -> ProceedingPage:
    """Raises NotFound where the person may not see it."""
    situation = COURSE.seen(proceeding_id, person, at)
    if not situation.visible:
        raise NotFound
    return ProceedingPage(situation)


def open_proceedings(person: Person, at: datetime) -> QuerySet[Proceeding]:
    """What goes on and may be seen by this officer, what is due first stands first."""
    return (
        Proceeding.objects.filter(case__is_open=True, case__received_at__isnull=False)
        .filter(case__in=cases_visible_to(person, at))
        .select_related("case__party", "case__executor", "licence")
        .order_by(F("case__next_due_at").asc(nulls_last=True), "pk")
    )


_WHEN = {
    Kind.SUSPEND_ON_REQUEST: _("It is possible while the licence is in force."),
    Kind.RESUME_AFTER_CURE: _(
        "It is possible while the authority has it suspended: show that the breach is removed."
    ),
    Kind.RESUME_ON_REQUEST: _("It is possible while it is suspended at your own request."),
}


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
    def advice(self) -> str:
        """When it can be asked for: the states that `target_allows` knows, in words."""
        return str(_WHEN.get(self.kind, _("It is possible while the licence is in force or suspended.")))

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
