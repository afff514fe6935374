"""A case as a person may read it, from what its situation holds; no rule of law is decided here."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from casework.cases.models import Case
from casework.cases.selectors import READS_ALL, happenings
from casework.deadlines import selectors as deadlines
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.explaining import explanations
from casework.deadlines.models import Term
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import citation_text, term_name
from casework.decisions.models import Hearing
from casework.decisions.permissions import CaseSituation, Offer
from casework.documents.models import OfficialDocument
from casework.documents.selectors import documents_of
from foundation.accounts.identifiers import mask_iin
from foundation.accounts.models import Party, Person
from foundation.kernel.clock import almaty


def case_shown(case: Case, *, status_label: str, officer: bool, at: datetime) -> dict[str, Any]:
    """One case in a line."""
    due = case.next_due_at
    return {
        "id": case.pk,
        "form": case.form,
        "sub_kind": case.sub_kind,
        "status": case.status_code,
        "status_label": status_label,
        "version": case.version,
        "draft_no": case.draft_no,
        "incoming_no": case.incoming_no,
        "executor": officer_shown(case.executor, officer=officer),
        "created_at": case.created_at,
        "received_at": case.received_at,
        "registered_on": case.registered_on,
        "next_due": {"code": case.next_due_code, "name": term_name(case.next_due_code), "due_at": due}
        if due
        else None,
        "overdue": bool(due and case.is_open and due < at),
    }


def timeline(s: CaseSituation, label: Callable[[str], str | Promise]) -> list[dict[str, Any]]:
    """The journal of the case, oldest first; `label` reads a kind of fact."""
    return [
        {
            "seq": row.fact.seq,
            "at": row.at,
            "kind": row.kind,
            "what": str(label(row.kind)),
            "who": row.who,
            "version": row.version,
            "hash": row.fact.hash,
        }
        for row in happenings(s.case, s.person, s.at)
    ]


def stand(subject: Any) -> dict[str, Any]:
    """Where a case stands after a command."""
    case: Case = subject.case
    return {
        "id": case.pk,
        "status": str(subject.status),
        "version": case.version,
        "draft_no": case.draft_no,
        "incoming_no": case.incoming_no,
    }


def documents(s: CaseSituation, namespace: str) -> list[dict[str, Any]]:
    """Officers read every living document, the applicant what is published and shown by now."""
    officer = bool(s.roles & READS_ALL)
    return [
        _document(row, s.case, namespace)
        for row in documents_of(s.case.pk)
        if officer or (row.state == OfficialDocument.State.PUBLISHED and _shown(row, s.at))
    ]


def term(row: Term, case: Case, at: datetime, calendar: WorkingCalendar, namespace: str) -> dict[str, Any]:
    """One term with its paragraph and the address of its explanation."""
    running = row.state in (TermState.OPEN, TermState.DUE)
    left = calendar.working_days_between(almaty(at).date(), row.due_on) if running else None
    return {
        "id": row.pk,
        "code": row.code,
        "name": term_name(row.code),
        "state": row.state,
        "start": row.start,
        "due_on": row.due_on,
        "due_at": row.due_at,
        "days_left": left,
        "met_at": row.met_at,
        "passed_at": row.passed_at,
        "citation": citation_text(deadlines.rule_of(row)),
        "explanation": reverse(f"{namespace}:term", args=[case.pk, row.pk]),
    }


def term_explained(row: Term, rows: list[Term], case: Case, at: datetime, namespace: str) -> dict[str, Any]:
    """The same with its days, the changes of its date and the outages meanwhile; `rows`: all terms of the case."""
    calendar = deadlines.current_calendar()
    explained = explanations(rows, calendar)[row.pk]
    return {
        **term(row, case, at, calendar, namespace),
        "days": explained.days,
        "changes": explained.changes,
        "outages": explained.outages,
    }


def party(party: Party, *, masked: bool) -> dict[str, Any]:
    hidden = masked and party.kind == Party.Kind.ENTREPRENEUR
    return {
        "id": party.pk,
        "kind": party.kind,
        "number": mask_iin(party.number) if hidden else party.number,
        "name_kk": party.name("kk"),
        "name_ru": party.name_ru,
    }


def officer_shown(person: Person | None, *, officer: bool) -> dict[str, Any] | None:
    if person is None:
        return None
    return {"id": person.pk, "login": person.login if officer else None, "name": person.full_name}


def terms(s: CaseSituation, namespace: str) -> list[dict[str, Any]]:
    rows = list(s.terms.values())
    if not rows:
        return []
    calendar = deadlines.current_calendar()
    return [term(row, s.case, s.at, calendar, namespace) for row in rows]


def hearing_shown(hearing: Hearing | None) -> dict[str, Any] | None:
    if hearing is None:
        return None
    names = (
        "state", "mode", "notified_on", "objections_until", "refusal_not_before", "late", "oral_requested_at",
        "planned_at", "planned_until", "place", "link", "waived_at", "answer", "answered_at", "answer_final", "attended", "recorded_at",
    )  # fmt: skip
    shown = {name: getattr(hearing, name) for name in names}
    return {**shown, "grounds": hearing.notice.content.get("grounds", [])}


def decision_shown(s: CaseSituation) -> dict[str, Any] | None:
    act = s.decision
    if act is None:
        return None
    return {
        "kind": act.kind,
        "outcome": s.subject.prepared_outcome,
        "state": act.state,
        "number": act.number,
        "prepared_by": act.prepared_by.full_name,
        "prepared_at": act.prepared_at,
        "opened_by": act.opened_by.full_name if act.opened_by else None,
    }


def _document(row: OfficialDocument, case: Case, namespace: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "language": row.language,
        "subject": row.subject,
        "number": row.number,
        "edition": row.edition,
        "date": row.document_date,
        "sha256": row.sha256,
        "state": row.state,
        "published_at": row.published_at,
        "url": reverse(f"{namespace}:document", args=[case.pk, row.pk]),
    }


def _shown(row: OfficialDocument, at: datetime) -> bool:
    return row.published_at is not None and row.published_at <= at


def offer_shown(offer: Offer) -> dict[str, Any]:
    refusal = offer.refusal
    citation = (refusal.citation if refusal else None) or offer.action.citation
    return {
        "action": offer.action.name,
        "label": str(offer.action.label),
        "possible": offer.possible,
        "signed": offer.action.signed,
        "code": refusal.code if refusal else None,
        "reason": text(refusal.detail) if refusal else None,
        "advice": text(refusal.advice) if refusal else None,
        "citation": str(citation),
    }


def text(words: str | Promise | None) -> str | None:
    return str(words) if words else None


def language() -> str:
    return get_language() or "ru"
