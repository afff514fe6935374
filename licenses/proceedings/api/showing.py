"""A proceeding as a person may read it, from what a `Situation` holds; no rule of law is decided here."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing as common
from casework.documents.models import StoredFile
from licenses.models import Proceeding
from licenses.proceedings.permissions import Situation, offers
from licenses.proceedings.statuses import CITATIONS, Kind, Status

NAMESPACE = "proceedings-api"


def line(proceeding: Proceeding, *, officer: bool, at: datetime) -> dict[str, Any]:
    """One proceeding in a list, an entrepreneur's IIN masked."""
    return {
        **_case(proceeding, officer=officer, at=at),
        "party": common.party(proceeding.case.party, masked=True),
    }


def whole(s: Situation) -> dict[str, Any]:
    """Everything of one proceeding that this person may read, and what they may try."""
    proceeding, officer = s.proceeding, bool(s.roles & READS_ALL)
    return {
        **_case(proceeding, officer=officer, at=s.at),
        "party": common.party(s.case.party, masked=False),
        "citation": str(CITATIONS[s.kind]),
        "content": proceeding.content,
        "registered_at": s.case.registered_at,
        "closed_at": s.case.closed_at,
        "ended_why": proceeding.ended_why,
        "files": [file(row, s) for row in s.files],
        "terms": common.terms(s, NAMESPACE),
        "hearing": common.hearing_shown(s.last_hearing),
        "decision": common.decision_shown(s) if officer and proceeding.status == Status.SIGNING else None,
        "documents": common.documents(s, NAMESPACE),
        "actions": [common.offer_shown(offer) for offer in offers(s)],
    }


def file(row: StoredFile, s: Situation) -> dict[str, Any]:
    """A file with where it is read."""
    return {
        "id": row.pk,
        "name": row.name,
        "sha256": row.sha256,
        "scan_state": row.scan_state,
        "by_licensee": not row.uploaded_by.is_staff,
        "url": reverse(f"{NAMESPACE}:file", args=[s.case.pk, row.pk]),
    }


def _case(proceeding: Proceeding, *, officer: bool, at: datetime) -> dict[str, Any]:
    shown = common.case_shown(
        proceeding.case, status_label=str(Status(proceeding.status).label), officer=officer, at=at
    )
    kind = Kind(proceeding.kind)
    return {
        **shown,
        "kind": str(kind),
        "kind_label": str(kind.label),
        "licence": proceeding.licence.number,
        "annexes": sorted(annex.number for annex in proceeding.annexes.all()),
        "by_licensee": proceeding.by_licensee,
    }
