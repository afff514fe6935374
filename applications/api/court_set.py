"""The set for the court (Rules 23): response, reasoned position and the administrative case, with their list."""

from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from applications import events
from applications.api import showing
from applications.api.door import Door
from applications.models import Suit
from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing as common
from casework.decisions.api.door import FileRenderer
from casework.documents.bundle import Bundle, case_bundle
from casework.documents.services.bundling import note_bundle_taken
from casework.documents.views import zip_response
from foundation.kernel.refusals import NotFound


class CourtSet(Door):
    """For officers, once the response is signed: everything in one ZIP that checks itself; who took it is recorded."""

    renderer_classes = (JSONRenderer, FileRenderer)

    @extend_schema(
        operation_id="applications_court_set",
        tags=["applications"],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, application_id: UUID, suit_id: int) -> StreamingHttpResponse:
        s = self.situation(application_id)
        suit = (
            s.case.suits.filter(pk=suit_id).exclude(response=None).select_related("act", "response").first()
        )
        if suit is None or not s.roles & READS_ALL:
            raise NotFound
        terms = common.terms(s, showing.NAMESPACE)
        bundle = case_bundle(s.case, s.person, s.at, officer=True, label=events.label, terms=terms)
        bundle.tables["court_set"] = _listed(suit, bundle)
        note_bundle_taken(s.case, bundle, person=s.person)
        return zip_response(bundle)


def _listed(suit: Suit, bundle: Bundle) -> dict[str, Any]:
    """The list of the set: what is contested, the response, the position, and every other part by its SHA-256."""
    response = suit.response
    assert response is not None  # noqa: S101 -- asked for in the query
    position = response.content["position_scan"]
    papers = [
        {"kind": one.kind, "number": one.number, "language": one.language, "sha256": one.sha256}
        for one in bundle.documents
    ]
    files = [{"name": file.name, "sha256": file.sha256, "id": str(file.pk)} for file in bundle.files]
    return {
        "court": suit.court,
        "suit": suit.number,
        "received_on": suit.received_on.isoformat(),
        "contested_act": suit.act.number,
        "response": response.number,
        "position": {
            "by": response.content["position_by"],
            "on": response.content["position_on"],
            "file": next((file for file in files if file["id"] == position), None),
        },
        "suit_file": next((file for file in files if file["id"] == str(suit.scan_id)), None),
        "documents": papers,
        "files": files,
    }
