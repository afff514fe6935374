"""One case as an officer reads it: who, what state, which dates day by day. Every tab of the case page begins here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, JSONObject
from django.utils.translation import get_language

from applications.models import Application, Evidence, Finding
from applications.permissions import Situation
from applications.statuses import TERMINAL, Status
from casework.deadlines import rules as days
from casework.deadlines import selectors as deadlines
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.explaining import Explanation, explanations
from casework.deadlines.models import Term
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import term_name
from desks.officer.doors import Visit
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import NotFound
from foundation.rulebook.rules import Pack

_SHOWN_ORDER = (TermState.OPEN, TermState.DUE, TermState.BREACHED, TermState.MISSED)


@dataclass(frozen=True, slots=True)
class TermLine:
    """One term with its explanation."""

    code: str
    name: str
    due_on: date
    due_at: datetime
    left: int | None
    state: str
    running: bool
    met: bool
    passed: bool
    met_at: datetime | None
    explained: Explanation

    @property
    def ends(self) -> str:
        """The last moment, as the law says it: an applicant's own day ends at 24:00."""
        if almaty(self.due_at).date() > self.due_on:
            return f"{self.due_on:%d.%m.%Y} 24:00"
        return f"{almaty(self.due_at):%d.%m.%Y %H:%M:%S}"


class CaseFile:
    """One application as one officer sees it now."""

    def __init__(self, application: Application, visit: Visit) -> None:
        self.application = application
        self.case = application.case
        self.visit = visit
        self.at = visit.at
        self.language = get_language() or "ru"
        self.situation = Situation(application, visit.person, visit.at)
        # the door has read them already
        self.situation.roles = visit.roles

    def share_recusals(self) -> None:
        """What was read along with the application is not asked for again."""
        self.situation.recusals = {
            (UUID(row["officer_id"]), row["granted"])
            for row in self.application.recusal_rows  # type: ignore[attr-defined]  # annotated
        }

    @property
    def side(self) -> str:
        """The state language or Russian: what the rulebook and the documents are written in."""
        return "kk" if self.language == "kk" else "ru"

    @property
    def status(self) -> Status:
        return Status(self.application.status)

    @property
    def over(self) -> bool:
        return self.status in TERMINAL

    @property
    def party_name(self) -> str:
        return self.case.party.name(self.side)

    @property
    def pack(self) -> Pack:
        return self.situation.report.pack

    @cached_property
    def calendar(self) -> WorkingCalendar:
        return deadlines.current_calendar()

    @cached_property
    def next_left(self) -> int | None:
        """Working days to what is due next; None once it passed on the same day."""
        due = self.case.next_due_at
        if due is None:
            return None
        left = self.calendar.working_days_between(almaty(self.at).date(), almaty(due).date())
        return None if self.late and left == 0 else left

    @property
    def late(self) -> bool:
        return self.case.next_due_at is not None and self.case.next_due_at < days.whole_seconds(self.at)

    @property
    def next_name(self) -> str:
        return term_name(self.case.next_due_code) if self.case.next_due_code else ""

    @cached_property
    def clock(self) -> list[TermLine]:
        """The terms of the case, what runs or is owed first, each with its days."""
        explained = explanations(self.situation.every_term, self.calendar)
        terms = [term for term in self.situation.terms.values() if term.state != TermState.VOID]
        shown = [self._term(term, explained[term.pk]) for term in terms]
        return sorted(shown, key=lambda line: (line.state not in _SHOWN_ORDER, line.due_at))

    def _term(self, term: Term, explained: Explanation) -> TermLine:
        running = term.state in (TermState.OPEN, TermState.DUE)
        owed = running or (term.state in (TermState.BREACHED, TermState.MISSED) and term.met_at is None)
        left = self.calendar.working_days_between(almaty(self.at).date(), term.due_on) if owed else None
        return TermLine(
            code=term.code,
            name=term_name(term.code),
            due_on=term.due_on,
            due_at=term.due_at,
            left=left if running or left else None,
            state=term.state,
            running=running,
            met=term.state == TermState.MET,
            passed=term.state in (TermState.BREACHED, TermState.MISSED),
            met_at=term.met_at,
            explained=explained,
        )

    @cached_property
    def evidence(self) -> list[Evidence]:
        """Everything attached with its findings, newest first, in one question; shared with the situation."""
        findings = (
            Finding.objects.filter(evidence=OuterRef("pk"))
            .order_by("-pk")
            .values(
                shown=JSONObject(result="result", reason="reason", at="found_at", who=full_name("found_by"))
            )
        )
        rows = (
            self.application.evidence.select_related("file", "data_centre")
            .annotate(found=ArraySubquery(findings))
            .order_by("added_at", "pk")
        )
        return list(rows)

    def share_evidence(self) -> None:
        """Let the situation decide by the rows that are read here."""
        self.situation.evidence = self.evidence
        self.situation.findings = {}
        for row in self.evidence:
            found = [said for said in findings_of(row) if not self.is_earlier(said)]
            if found:
                self.situation.findings[str(row.pk)] = Finding(
                    evidence=row, result=found[0]["result"], reason=found[0]["reason"]
                )

    def is_earlier(self, finding: dict[str, Any]) -> bool:
        """Made before the case was reopened: it stays in the file and no longer counts (process.md, Reopening)."""
        reopened_at = self.application.reopened_at
        return reopened_at is not None and finding["at"] < reopened_at


def findings_of(evidence: Evidence) -> list[dict[str, Any]]:
    """The findings that were read along with a piece of evidence, newest first."""
    return with_moments(evidence.found, "at")  # type: ignore[attr-defined]  # annotated


def full_name(person: str) -> Concat:
    """Surname and given name of a related person, in SQL."""
    return Concat(f"{person}__surname", Value(" "), f"{person}__given_name", output_field=CharField())


F = TypeVar("F", bound=CaseFile)


def open_file(
    page: Callable[[Application, Visit], F], visit: Visit, application_id: UUID, rows: QuerySet[Application]
) -> F:
    """The page of the case if this officer may see it; raises NotFound as if there were none."""
    application = (
        rows.select_related("case__party", "case__executor", "signatory").filter(pk=application_id).first()
    )
    if application is None:
        raise NotFound
    file = page(application, visit)
    if not file.situation.visible:
        raise NotFound
    return file


def moment(said: str | None) -> datetime | None:
    """A moment that came out of the database as JSON."""
    return almaty(datetime.fromisoformat(said)) if said else None


def with_moments(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """Rows of JSON with some of their texts read as moments."""
    return [{**row, **{name: moment(row[name]) for name in names}} for row in rows]
