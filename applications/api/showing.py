"""An application as a person may read it, from what a `Situation` holds; no rule of law is decided here."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language

from applications.completeness import Item, Report
from applications.forms import filing_faults
from applications.models import Application, Evidence, Finding
from applications.permissions import Offer, Situation, offers
from applications.statuses import Status
from casework.cases.models import Case
from casework.cases.selectors import READS_ALL
from casework.deadlines import selectors as deadlines
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import Term
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import citation_text, term_name, why_text
from casework.decisions.models import Hearing
from casework.documents.models import OfficialDocument
from casework.documents.selectors import documents_of
from foundation.accounts.identifiers import mask_iin
from foundation.accounts.models import Party, Person
from foundation.kernel.clock import almaty

# a hearing begins in review; before and after these states there is none to read
_HEARD = (Status.HEARING, Status.HEARD, Status.SIGNING, Status.ISSUED, Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED)  # fmt: skip


def line(case: Case, *, officer: bool, at: datetime) -> dict[str, Any]:
    """One case in a list, an entrepreneur's IIN masked."""
    return {**_case(case, officer=officer, at=at), "party": _party(case.party, masked=True)}


def stand(application: Application) -> dict[str, Any]:
    """Where the application stands after a command."""
    case = application.case
    return {
        "id": case.pk,
        "status": str(application.status),
        "version": case.version,
        "draft_no": case.draft_no,
        "incoming_no": case.incoming_no,
    }


def whole(s: Situation) -> dict[str, Any]:
    """Everything of one application that this person may read, and what they may try."""
    application, officer = s.application, bool(s.roles & READS_ALL)
    return {
        **_case(s.case, officer=officer, at=s.at),
        "party": _party(s.case.party, masked=False),
        "scope": application.scope,
        "target_licence": application.target_licence,
        "address": application.address,
        "email": application.email,
        "phone": application.phone,
        "owns_hardware": application.owns_hardware,
        "locale": application.locale,
        "data_centers": [
            {
                "id": centre.pk,
                "position": centre.position,
                "address": centre.address,
                "power_source": centre.power_source,
                "grid_connected": centre.grid_connected,
                "grid_connected_on": centre.grid_connected_on,
            }
            for centre in application.data_centres.all()
        ],
        "confirmations": _confirmations(s),
        "signatory": application.signatory.full_name if application.signatory else None,
        "registered_at": s.case.registered_at,
        "closed_at": s.case.closed_at,
        "reviewed_automatically": application.reviewed_automatically,
        "evidence": [evidence(row, s.findings.get(str(row.pk)), s.report) for row in s.evidence],
        "terms": _terms(s),
        "fee": _fee(s),
        "hearing": _hearing(s.last_hearing) if application.status in _HEARD else None,
        "decision": _decision(s) if officer and application.status == Status.SIGNING else None,
        "documents": documents(s),
        "actions": [_offer(offer) for offer in offers(s)],
    }


def evidence(row: Evidence, finding: Finding | None, report: Report) -> dict[str, Any]:
    """One piece of evidence with the finding that counts."""
    titles = {item.code: item.verdict.requirement for item in report.items}
    known = titles.get(row.requirement)
    return {
        "id": row.pk,
        "requirement": row.requirement,
        "title": known.title(_language()) if known else "",
        "data_center": row.data_centre_id,
        "issued_on": row.issued_on,
        "expires_on": row.expires_on,
        "particulars": row.particulars,
        "file": {
            "id": row.file.pk,
            "name": row.file.name,
            "size": row.file.size,
            "sha256": row.file.sha256,
            "media_type": row.file.media_type,
            "scan_state": row.file.scan_state,
            "url": reverse("applications-api:evidence-file", args=[row.application_id, row.pk]),
        },
        "added_at": row.added_at,
        "finding": found(finding) if finding else None,
    }


def found(finding: Finding) -> dict[str, Any]:
    """A finding with who made it."""
    return {
        "result": finding.result,
        "reason": finding.reason,
        "found_by": finding.found_by.full_name,
        "found_at": finding.found_at,
    }


def completeness(s: Situation) -> dict[str, Any]:
    """The officer's look at the package, for everybody the same."""
    report = s.report
    draft = s.application.status == Status.DRAFT
    faults = filing_faults(s.application, s.today) if draft else {}
    return {
        "on": report.on,
        "complete": report.complete and not faults,
        "items": [_item(item, report) for item in report.items],
        "form": {name: [str(text) for text in texts] for name, texts in faults.items()},
    }


def documents(s: Situation) -> list[dict[str, Any]]:
    """Officers read every living document, the applicant what is published and shown by now."""
    officer = bool(s.roles & READS_ALL)
    return [
        _document(row, s.case)
        for row in documents_of(s.case.pk)
        if officer or (row.state == OfficialDocument.State.PUBLISHED and _shown(row, s.at))
    ]


def term(row: Term, case: Case, at: datetime, calendar: WorkingCalendar) -> dict[str, Any]:
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
        "explanation": reverse("applications-api:term", args=[case.pk, row.pk]),
    }


def term_explained(row: Term, case: Case, at: datetime) -> dict[str, Any]:
    """The same with its days."""
    days = deadlines.explanation_of(row)
    return {
        **term(row, case, at, deadlines.current_calendar()),
        "days": [{"date": day.date, "counted": day.counted, "why": why_text(day)} for day in days],
    }


def _case(case: Case, *, officer: bool, at: datetime) -> dict[str, Any]:
    due = case.next_due_at
    return {
        "id": case.pk,
        "form": case.form,
        "sub_kind": case.sub_kind,
        "status": case.status_code,
        "status_label": _status_label(case.status_code),
        "version": case.version,
        "draft_no": case.draft_no,
        "incoming_no": case.incoming_no,
        "executor": _officer(case.executor, officer=officer),
        "created_at": case.created_at,
        "received_at": case.received_at,
        "registered_on": case.registered_on,
        "next_due": {"code": case.next_due_code, "name": term_name(case.next_due_code), "due_at": due}
        if due
        else None,
        "overdue": bool(due and case.is_open and due < at),
    }


def _status_label(code: str) -> str:
    return str(Status(code).label) if code in Status.values else code


def _party(party: Party, *, masked: bool) -> dict[str, Any]:
    hidden = masked and party.kind == Party.Kind.ENTREPRENEUR
    return {
        "id": party.pk,
        "kind": party.kind,
        "number": mask_iin(party.number) if hidden else party.number,
        "name_kk": party.name("kk"),
        "name_ru": party.name_ru,
    }


def _officer(person: Person | None, *, officer: bool) -> dict[str, Any] | None:
    if person is None:
        return None
    return {"id": person.pk, "login": person.login if officer else None, "name": person.full_name}


def _confirmations(s: Situation) -> list[dict[str, Any]]:
    """As given, verbatim; while it is a draft also those not ticked yet, as the rulebook words them."""
    given = {row["code"]: row for row in s.application.given}  # type: ignore[attr-defined]  # annotated by the door
    if s.application.status != Status.DRAFT:
        return list(given.values())
    open_ones = (
        {"code": row.code, "text_kk": row.text_kk, "text_ru": row.text_ru, "given_at": None}
        for row in s.report.pack.confirmations(int(s.application.form))
    )
    return [given.get(row["code"], row) for row in open_ones]


def _terms(s: Situation) -> list[dict[str, Any]]:
    rows = list(s.terms.values())
    if not rows:
        return []
    calendar = deadlines.current_calendar()
    return [term(row, s.case, s.at, calendar) for row in rows]


def _fee(s: Situation) -> dict[str, Any]:
    fee = s.fee
    return {
        "due": fee.due,
        "amount": fee.amount,
        "formula": fee.derivation.formula_in(_language()),
        "citation": fee.derivation.citation,
        "payment": fee.payment,
    }


def _hearing(hearing: Hearing | None) -> dict[str, Any] | None:
    if hearing is None:
        return None
    names = (
        "state", "mode", "notified_on", "objections_until", "refusal_not_before", "late", "oral_requested_at",
        "planned_at", "place", "waived_at", "answer", "answered_at", "answer_final", "attended", "recorded_at",
    )  # fmt: skip
    shown = {name: getattr(hearing, name) for name in names}
    return {**shown, "grounds": hearing.notice.content.get("grounds", [])}


def _decision(s: Situation) -> dict[str, Any] | None:
    act = s.decision
    if act is None:
        return None
    return {
        "kind": act.kind,
        "outcome": s.application.prepared_outcome,
        "state": act.state,
        "number": act.number,
        "prepared_by": act.prepared_by.full_name,
        "prepared_at": act.prepared_at,
        "opened_by": act.opened_by.full_name if act.opened_by else None,
    }


def _document(row: OfficialDocument, case: Case) -> dict[str, Any]:
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
        "url": reverse("applications-api:document", args=[case.pk, row.pk]),
    }


def _shown(row: OfficialDocument, at: datetime) -> bool:
    return row.published_at is not None and row.published_at <= at


def _offer(offer: Offer) -> dict[str, Any]:
    refusal = offer.refusal
    citation = (refusal.citation if refusal else None) or offer.action.citation
    return {
        "action": offer.action.name,
        "label": str(offer.action.label),
        "possible": offer.possible,
        "signed": offer.action.signed,
        "code": refusal.code if refusal else None,
        "reason": _text(refusal.detail) if refusal else None,
        "advice": _text(refusal.advice) if refusal else None,
        "citation": str(citation),
    }


def _item(item: Item, report: Report) -> dict[str, Any]:
    return {
        "key": item.key,
        "code": item.code,
        "title": item.verdict.requirement.title(_language()),
        "data_center": item.data_centre_id,
        "state": str(item.state),
        "why": report.pack.text(f"why.{item.verdict.why}").text(_language()),
        "citation": item.verdict.citation,
        "evidence": [row.pk for row in item.evidence],
    }


def _text(words: str | Promise | None) -> str | None:
    return str(words) if words else None


def _language() -> str:
    return get_language() or "ru"
