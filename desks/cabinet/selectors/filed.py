"""A filed application as its applicant sees it: state, dates day by day, documents, messages, hearing, what can be done."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import OuterRef
from django.utils.functional import Promise
from django.utils.translation import get_language

from appeals.suits.selectors import touched_by_suits
from applications import addresses, events
from applications.fees import Fee, fee_of
from applications.models import Application
from applications.permissions import Situation, refusal_of
from applications.statuses import ACTIONS, TERMINAL, Status
from casework.cases.selectors import happenings
from casework.deadlines import rules as days
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.explaining import Explanation, explanations
from casework.deadlines.models import Term
from casework.deadlines.selectors import current_calendar
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import term_name
from casework.decisions.models import Hearing, HearingFile
from casework.decisions.papers import appeal_block
from casework.decisions.selectors import answer_files, papers_of, signed_act
from casework.decisions.statuses import Action
from casework.documents.models import OfficialDocument
from casework.notices.models import Notice
from casework.notices.selectors import deliveries_of, notices_of_case
from desks.cabinet.progress import Standing, Stop, shown_status, standing_of, track
from desks.cabinet.selectors.draft import Asked, asked
from desks.cabinet.selectors.home import DISCARDED, Mine, NextDate, next_date
from desks.cabinet.selectors.papers import DocumentLine, grouped, rank_of, with_signatures
from desks.cabinet.steps import FORM_TITLES
from foundation.accounts.models import Person
from foundation.kernel.refusals import NotFound, Refusal
from foundation.rulebook.rules import Pack

_SHOWN_TERMS = ("completeness", "service", "hearing_objections", "earliest_refusal")
# inner steps of the authority, and the portal's own housekeeping
_HIDDEN_FACTS = frozenset(
    {
        events.DRAFTED,
        events.FOUND,
        events.OPENED,
        events.SENT_BACK,
        events.FELL_BACK,
        "document.published",
        "documents.certified",
        "file.opened",
        "notice.sent",
        "term.due",
        "term.elapsed",
        "term.met",
        "term.missed",
    }
)
_DECIDING_FACTS = frozenset(
    {events.ISSUED, events.REFUSED, events.RETURNED, events.DISCONTINUED, events.HEARING_NOTIFIED}
)
_ALWAYS = ("withdraw", "ask_recusal")
_AT_HEARING = ("answer_hearing", "request_oral", "waive_hearing")


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term with its explanation."""

    code: str
    name: str
    due_on: date
    due_at: datetime
    left: int | None
    met: bool
    passed: bool
    explained: Explanation


def term_line(term: Term, explained: Explanation, calendar: WorkingCalendar, at: datetime) -> TermLine:
    """A term as the applicant's side reads it; `left` counts working days while it runs."""
    left = calendar.working_days_between(days.to_almaty(at).date(), term.due_on)
    return TermLine(
        code=term.code,
        name=term_name(term.code),
        due_on=term.due_on,
        due_at=term.due_at,
        left=left if term.state == TermState.OPEN else None,
        met=term.state == TermState.MET,
        passed=term.state in (TermState.BREACHED, TermState.MISSED),
        explained=explained,
    )


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message with its deliveries."""

    at: datetime
    subject: str
    text: str
    deliveries: list[Notice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Offered:
    """A step of the applicant's: possible, or closed with the reason."""

    action: Action
    refusal: Refusal | None

    @property
    def possible(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of the preliminary decision with its facts."""

    code: str
    text: str
    facts: str
    entries: list[str]
    evidence: list[tuple[str, str]]
    records: str = ""
    assessment: str = ""


class CasePage:
    """One filed application as one person of the applicant's side sees it."""

    def __init__(self, application: Application, person: Person, at: datetime, mine: Mine) -> None:
        self.application = application
        self.case = application.case
        self.situation = Situation(application, person, at)
        self.person = person
        self.at = at
        self.mine = mine
        self.language = get_language() or "ru"
        # what the person may do is read already; the situation need not ask again
        self.situation.scopes = mine.scopes(self.case.party_id)

    @cached_property
    def unseen(self) -> list[str]:
        """Signed documents whose moment has not come: signed after hours (Rules 5)."""
        rows = self._all_documents
        return [row.kind for row in rows if row.published_at is not None and row.published_at > self.at]

    @cached_property
    def status(self) -> Status:
        return shown_status(Status(self.application.status), self.unseen)

    @property
    def standing(self) -> Standing:
        return standing_of(self.status, self.situation.way, self.application.scope)

    @property
    def title(self) -> str | Promise:
        return FORM_TITLES[self.application.form][1]

    @property
    def over(self) -> bool:
        return self.status in TERMINAL

    @cached_property
    def hearing(self) -> Hearing | None:
        return None if "hearing_notice" in self.unseen else self.situation.last_hearing

    @property
    def stops(self) -> list[Stop]:
        return track(self.status, heard=self.hearing is not None)

    @cached_property
    def calendar(self) -> Any:
        return current_calendar()

    @cached_property
    def next(self) -> NextDate | None:
        """The next date and whose it is; none when nothing is awaited."""
        if self.over:
            return None
        return next_date(self.application, self.hearing, self.at, self.calendar)

    @cached_property
    def terms(self) -> list[TermLine]:
        """The terms that concern the applicant, each day by day."""
        found = [self.situation.terms[code] for code in _SHOWN_TERMS if code in self.situation.terms]
        explained = explanations(self.situation.every_term, self.calendar)
        return [
            term_line(term, explained[term.pk], self.calendar, self.at)
            for term in found
            if term.state != TermState.VOID
        ]

    @property
    def overdue(self) -> bool:
        """The service term passed and there is no decision (APPC 91(2))."""
        service = self.situation.terms.get("service")
        return not self.over and service is not None and service.state == TermState.BREACHED

    @property
    def pay_by(self) -> date | None:
        """The last day of the hearing notice: an unpaid fee is a ground that needs a hearing."""
        term = self.situation.terms.get("hearing_notice")
        return term.due_on if term is not None and not self.over else None

    @cached_property
    def documents(self) -> list[DocumentLine]:
        """What is published, the latest first: the licence and its annexes stand on top once there is one."""
        lines = grouped([row for row in self._all_documents if self._is_shown(row)], self.language)
        return sorted(lines, key=lambda line: (-line.document_date.toordinal(), rank_of(line), line.subject))

    @property
    def licence_number(self) -> str:
        """The licence this case ended with, once it may be seen."""
        return next((line.number for line in self.documents if line.kind.startswith("licence")), "")

    @property
    def being_sealed(self) -> bool:
        """A document is signed and is being made ready."""
        return any(not self._is_shown(row) and row.state != "prepared" for row in self._all_documents)

    @cached_property
    def _all_documents(self) -> list[OfficialDocument]:
        return list(with_signatures(papers_of(self.case.pk)))

    def _is_shown(self, row: OfficialDocument) -> bool:
        published = row.state == OfficialDocument.State.PUBLISHED
        return published and row.published_at is not None and row.published_at <= self.at

    @cached_property
    def messages(self) -> list[MessageLine]:
        """What was told to the applicant's side, the newest first, with the proof for each person."""
        lines: dict[UUID, MessageLine] = {}
        for notice in notices_of_case(self.case.pk).filter(person__is_staff=False).reverse():
            told = notice.message
            if told.pk not in lines:
                subject, text = told.subject(self.language), told.text(self.language)
                lines[told.pk] = MessageLine(notice.in_cabinet_at, subject, text)
            lines[told.pk].deliveries.append(notice)
        return list(lines.values())

    @cached_property
    def timeline(self) -> list[tuple[datetime, str | Promise, str]]:
        """What happened, the newest first; people of the authority by their role."""
        found = happenings(self.case, self.person, self.at, by_name=False)
        return [
            (row.at, events.label(row.kind), row.who)
            for row in reversed(found)
            if row.kind not in _HIDDEN_FACTS and not (self.unseen and row.kind in _DECIDING_FACTS)
        ]

    @cached_property
    def offers(self) -> dict[str, Offered]:
        """The applicant's steps: possible or closed with the reason and its paragraph."""
        names = (*_ALWAYS, *(_AT_HEARING if self.status == Status.HEARING else ()))
        return {name: Offered(ACTIONS[name], refusal_of(name, self.situation)) for name in names}

    @property
    def pack(self) -> Pack:
        """The rules of the day the case was or will be registered."""
        return self.situation.pack

    @cached_property
    def fee(self) -> Fee:
        return fee_of(self.application, self.situation.today, self.pack)

    @cached_property
    def entries(self) -> list[tuple[str, Asked]]:
        """(data centre, entry) of what was handed in."""
        places = {
            str(centre.pk): f"{number}. {addresses.one_line(centre.address, self.language)}"
            for number, centre in enumerate(self.application.data_centres.all(), start=1)
        }
        return [
            (places.get(item.data_centre_id or "", ""), asked(self.pack, item, self.language))
            for item in self.situation.report.required
        ]

    @cached_property
    def grounds(self) -> list[Ground]:
        """The grounds of the notice, in the reader's language."""
        return self._grounds(self.hearing.notice.content) if self.hearing is not None else []

    @cached_property
    def refused_on(self) -> list[Ground]:
        """The grounds of a signed refusal, each with how the answer was weighed (Rules 10)."""
        if self.status != Status.REFUSED:
            return []
        act = signed_act(self.case.pk, "refusal")
        return self._grounds(act.content) if act is not None else []

    def _grounds(self, content: dict[str, Any]) -> list[Ground]:
        known = {row.code: row for row in self.situation.grounds_known}
        side = "kk" if self.language == "kk" else "ru"
        return [
            Ground(
                code=said["code"],
                text=known[said["code"]].text(self.language) if said["code"] in known else "",
                facts=said.get(f"facts_{side}", ""),
                entries=list(said.get("entries", [])),
                evidence=[(row["name"], row["pages"]) for row in said.get("evidence", [])],
                records=said.get(f"records_{side}", ""),
                assessment=said.get(f"assessment_{side}", ""),
            )
            for said in content.get("grounds", [])
        ]

    @cached_property
    def deliveries(self) -> list[Notice]:
        """To whom, when and how the notice of the hearing came (APPC 73(1))."""
        return list(deliveries_of(self.case.pk, events.HEARING_NOTIFIED)) if self.hearing is not None else []

    @cached_property
    def files(self) -> tuple[list[HearingFile], list[HearingFile]]:
        """The files of the answer: signed for, and waiting for the signature."""
        rows = list(answer_files(self.hearing)) if self.hearing is not None else []
        return [row for row in rows if row.answer_id], [row for row in rows if not row.answer_id]

    @property
    def hearing_place(self) -> str:
        return self.hearing.where("kk" if self.language == "kk" else "ru") if self.hearing else ""

    @cached_property
    def appeal(self) -> str:
        """How to complain, in the words of the decision (APPC 80(5))."""
        return appeal_block(self.situation.today, "kk" if self.language == "kk" else "ru")


def case_page(person: Person, application_id: UUID, at: datetime, mine: Mine) -> CasePage:
    """The application if it is one of the person's parties'; raises NotFound for anybody else."""
    found = (
        Application.objects.select_related("case__party", "case__body", "case__executor", "signatory")
        .annotate(has_suits=touched_by_suits(OuterRef("pk")))
        .prefetch_related("payments")
        .filter(pk=application_id, case__party_id__in=mine.ids)
        .exclude(case__status_code=DISCARDED)
        .first()
    )
    if found is None:
        raise NotFound
    return CasePage(found, person, at, mine)
