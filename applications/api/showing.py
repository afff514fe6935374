"""An application as a person may read it, from what a `Situation` holds; no rule of law is decided here."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.urls import reverse

from applications import ways
from applications.cautions import cautions_of
from applications.completeness import Item, Report
from applications.forms import filing_faults
from applications.models import DataCentre, Evidence, Finding, StatedGround
from applications.permissions import Situation, offers
from applications.statuses import Status
from applications.telling import telling
from casework.cases.models import Case
from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing as common
from licenses.selectors import look_up_host

NAMESPACE = "applications-api"
# a hearing begins in review; before and after these states there is none to read
_HEARD = (Status.HEARING, Status.HEARD, Status.SIGNING, Status.ISSUED, Status.REFUSED, Status.WITHDRAWN, Status.DISCONTINUED)  # fmt: skip


def line(case: Case, *, officer: bool, at: datetime) -> dict[str, Any]:
    """One case in a list, an entrepreneur's IIN masked."""
    return {**_case(case, officer=officer, at=at), "party": common.party(case.party, masked=True)}


def whole(s: Situation) -> dict[str, Any]:
    """Everything of one application that this person may read, and what they may try."""
    application, officer = s.application, bool(s.roles & READS_ALL)
    return {
        **_case(s.case, officer=officer, at=s.at),
        "party": common.party(s.case.party, masked=False),
        "scope": application.scope,
        "way": str(s.way),
        "target_licence": application.target_licence,
        "targets": application.targets,
        "grounds": [_ground(s, row) for row in ways.stated(application)],
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
                "host_name": centre.host_name,
                "host_licence": centre.host_licence,
                "host": _host(s, centre),
                "annex": centre.annex,
                "moves": centre.moves,
            }
            for centre in application.data_centres.all()
        ],
        "confirmations": _confirmations(s),
        "signatory": application.signatory.full_name if application.signatory else None,
        "registered_at": s.case.registered_at,
        "closed_at": s.case.closed_at,
        "reviewed_automatically": application.reviewed_automatically,
        "evidence": [evidence(row, s.findings.get(str(row.pk)), s.report) for row in s.evidence],
        "terms": common.terms(s, NAMESPACE),
        "fee": _fee(s),
        "hearing": common.hearing_shown(s.last_hearing) if application.status in _HEARD else None,
        "decision": common.decision_shown(s) if officer and application.status == Status.SIGNING else None,
        "documents": common.documents(s, NAMESPACE),
        "actions": [common.offer_shown(offer) for offer in offers(s)],
    }


def _host(s: Situation, centre: DataCentre) -> dict[str, Any] | None:
    """What the register says of the host that is named (Annex 11, entry II-1)."""
    if s.case.sub_kind != "II":
        return None
    answer = look_up_host(centre.host_name, centre.host_licence, s.today)
    return {
        "state": str(answer.state),
        "number": answer.number,
        "holder": answer.holder(common.language()),
        "status": answer.status,
        "expires_on": answer.expires_on,
    }


def _ground(s: Situation, row: StatedGround) -> dict[str, Any]:
    told = telling(row, s.application, s.at)
    texts = {known.code: known for known in s.pack.reissue_grounds(int(s.application.form))}
    return {
        "code": row.code,
        "text": texts[row.code].text(common.language()) if row.code in texts else "",
        "changed_on": row.changed_on,
        "due_on": told.due_on if told else None,
        "late": bool(told and told.late),
        "details": row.details,
    }


def evidence(row: Evidence, finding: Finding | None, report: Report) -> dict[str, Any]:
    """One piece of evidence with the finding that counts."""
    titles = {item.code: item.verdict.requirement for item in report.items}
    known = titles.get(row.requirement)
    return {
        "id": row.pk,
        "requirement": row.requirement,
        "title": known.title(common.language()) if known else "",
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
        "cautions": [asdict(found) for found in cautions_of(s.application)] if draft else [],
    }


def _case(case: Case, *, officer: bool, at: datetime) -> dict[str, Any]:
    return common.case_shown(case, status_label=_status_label(case.status_code), officer=officer, at=at)


def _status_label(code: str) -> str:
    return str(Status(code).label) if code in Status.values else code


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


def _fee(s: Situation) -> dict[str, Any]:
    fee = s.fee
    return {
        "due": fee.due,
        "amount": fee.amount,
        "formula": fee.derivation.formula_in(common.language()),
        "citation": fee.derivation.citation,
        "payment": fee.payment,
    }


def _item(item: Item, report: Report) -> dict[str, Any]:
    return {
        "key": item.key,
        "code": item.code,
        "title": item.verdict.requirement.title(common.language()),
        "data_center": item.data_centre_id,
        "state": str(item.state),
        "why": report.pack.text(f"why.{item.verdict.why}").text(common.language()),
        "citation": item.verdict.citation,
        "evidence": [row.pk for row in item.evidence],
    }
