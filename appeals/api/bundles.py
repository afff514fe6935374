"""The complaint together with the administrative case it is about (Rules 20): one ZIP that checks itself."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from appeals import events
from appeals.api.reading import NAMESPACE, Door
from applications import events as of_applications
from casework.cases.models import Case
from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing
from casework.decisions.api.door import FileRenderer
from casework.documents.bundle import case_bundle, with_case
from casework.documents.services.bundling import note_bundle_taken
from casework.documents.views import zip_response
from foundation.kernel.refusals import NotFound
from licenses.proceedings import events as of_proceedings

_LABELS = {Case.Kind.APPLICATION: of_applications.label, Case.Kind.PROCEEDING: of_proceedings.label}


class ComplaintBundle(Door):
    """The complaint with its covering letter and the whole administrative case; both journals say who took them."""

    renderer_classes = (JSONRenderer, FileRenderer)

    @extend_schema(
        operation_id="complaints_bundle",
        tags=["complaints"],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, complaint_id: UUID) -> StreamingHttpResponse:
        s = self.situation(complaint_id)
        if s.case.received_at is None:
            raise NotFound
        officer, about = bool(s.roles & READS_ALL), s.complaint.about
        own = case_bundle(
            s.case, s.person, s.at, officer=officer, label=events.label, terms=showing.terms(s, NAMESPACE)
        )
        theirs = case_bundle(about, s.person, s.at, officer=officer, label=_LABELS[Case.Kind(about.kind)])
        with transaction.atomic():
            note_bundle_taken(s.case, own, person=s.person)
            note_bundle_taken(about, theirs, person=s.person)
        facts = ((_("Complaint"), str(s.case)), (_("Case"), str(about)))
        return zip_response(replace(with_case(own, theirs, prefix="case"), facts=facts))
