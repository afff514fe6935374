"""The set for the court (Rules 23): response, reasoned position and the administrative case, with their list."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from appeals import events as of_complaints
from appeals.models import Suit
from appeals.suits import events
from appeals.suits.api.reading import NAMESPACE, Door
from applications import events as of_applications
from casework.cases.models import Case
from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing
from casework.decisions.api.door import FileRenderer
from casework.documents.bundle import Bundle, case_bundle, with_case
from casework.documents.services.bundling import note_bundle_taken
from casework.documents.views import zip_response
from foundation.kernel.refusals import NotFound
from licenses.proceedings import events as of_proceedings

_LABELS = {
    Case.Kind.APPLICATION: of_applications.label,
    Case.Kind.PROCEEDING: of_proceedings.label,
    Case.Kind.COMPLAINT: of_complaints.label,
}


class CourtSet(Door):
    """For officers, once the response is signed: everything in one ZIP that checks itself; who took it is recorded."""

    renderer_classes = (JSONRenderer, FileRenderer)

    @extend_schema(
        operation_id="suits_court_set",
        tags=["suits"],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, suit_id: UUID) -> StreamingHttpResponse:
        s = self.situation(suit_id)
        suit = s.suit
        if suit.response is None or not s.roles & READS_ALL:
            raise NotFound
        own = case_bundle(
            s.case, s.person, s.at, officer=True, label=events.label, terms=showing.terms(s, NAMESPACE)
        )
        about = case_bundle(
            suit.about, s.person, s.at, officer=True, label=_LABELS[Case.Kind(suit.about.kind)]
        )
        whole = replace(with_case(own, about, prefix="case"), facts=_facts(suit))
        whole.tables["court_set"] = _listed(suit, whole)
        with transaction.atomic():
            note_bundle_taken(s.case, own, person=s.person)
            note_bundle_taken(suit.about, about, person=s.person)
        return zip_response(whole)


def _facts(suit: Suit) -> tuple[tuple[Any, str], ...]:
    """What the court looks for first: its own number, what is contested, the response."""
    assert suit.response is not None  # noqa: S101 -- the door has looked
    contested = [(_("Contested act"), suit.act.number)] if suit.act is not None else []
    return (
        (_("Court"), suit.court),
        (_("Number of the suit"), suit.number),
        (_("Case"), str(suit.about)),
        *contested,
        (_("Response to the suit"), suit.response.number),
    )


def _listed(suit: Suit, bundle: Bundle) -> dict[str, Any]:
    """The list of the set: what is contested, the response, the position, and every other part by its SHA-256."""
    assert suit.response is not None  # noqa: S101 -- the door has looked
    said = suit.response.content
    papers = [
        {"kind": one.kind, "number": one.number, "language": one.language, "sha256": one.sha256}
        for one in bundle.documents
    ]
    files = [{"name": file.name, "sha256": file.sha256, "id": str(file.pk)} for file in bundle.files]
    return {
        "court": suit.court,
        "suit": suit.number,
        "received_on": suit.received_on.isoformat(),
        "contested_act": suit.act.number if suit.act is not None else None,
        "contested_case": suit.about.incoming_no,
        "response": suit.response.number,
        "position": {
            "by": said["position_by"],
            "on": said["position_on"],
            "number": said["position_number"],
            "file": next((file for file in files if file["id"] == said["position_scan"]), None),
        },
        "suit_file": next((file for file in files if file["id"] == str(suit.scan_id)), None),
        "documents": papers,
        "files": files,
    }
