"""Reading what every case has: a term day by day, the journal, the documents; built for one kind of case."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from casework.decisions.api import showing
from casework.decisions.api.acting import CaseApi
from casework.decisions.api.door import CaseDoor, FileRenderer
from casework.decisions.api.shapes import DocumentsShape, TermExplainedShape, TimelineShape
from casework.documents.selectors.outgoing import download
from foundation.kernel.refusals import NotFound


def reading_paths(api: CaseApi, namespace: str) -> list[URLPattern]:
    """`terms/{id}/`, `timeline/`, `documents/`, `documents/{id}/` below one case of this kind."""
    one = f"{api.word}/<uuid:{api.id_name}>/"
    views = (
        (f"{one}terms/<int:term_id>/", "term", _term(api, namespace)),
        (f"{one}timeline/", "timeline", _timeline(api)),
        (f"{one}documents/", "documents", _documents(api, namespace)),
        (f"{one}documents/<uuid:document_id>/", "document", _document(api)),
    )
    return [path(where, view.as_view(), name=name) for where, name, view in views]


def _term(api: CaseApi, namespace: str) -> type[CaseDoor]:
    class TermDoor(CaseDoor):
        """One term of the case, day by day."""

        @extend_schema(
            operation_id=f"{api.word}_term",
            tags=[api.word],
            parameters=[OpenApiParameter("term_id", int, OpenApiParameter.PATH)],
            responses=TermExplainedShape,
        )
        def get(self, _request: Request, term_id: int, **ids: UUID) -> Response:
            s = self.seen(api.course, ids[api.id_name])
            row = next((term for term in s.every_term if term.pk == term_id), None)
            if row is None:
                raise NotFound
            explained = showing.term_explained(row, s.every_term, s.case, s.at, namespace)
            return Response(TermExplainedShape(explained).data)

    return TermDoor


def _timeline(api: CaseApi) -> type[CaseDoor]:
    class TimelineDoor(CaseDoor):
        """The journal of the case."""

        @extend_schema(operation_id=f"{api.word}_timeline", tags=[api.word], responses=TimelineShape)
        def get(self, _request: Request, **ids: UUID) -> Response:
            rows = showing.timeline(self.seen(api.course, ids[api.id_name]), api.course.label)
            return Response(TimelineShape({"results": rows}).data)

    return TimelineDoor


def _documents(api: CaseApi, namespace: str) -> type[CaseDoor]:
    class DocumentsDoor(CaseDoor):
        """The documents of the case."""

        @extend_schema(operation_id=f"{api.word}_documents", tags=[api.word], responses=DocumentsShape)
        def get(self, _request: Request, **ids: UUID) -> Response:
            rows = showing.documents(self.seen(api.course, ids[api.id_name]), namespace)
            return Response(DocumentsShape({"results": rows}).data)

    return DocumentsDoor


def _document(api: CaseApi) -> type[CaseDoor]:
    class DocumentDoor(CaseDoor):
        """The PDF: published to whoever may see the case, opened for signature to who signs."""

        renderer_classes = (JSONRenderer, FileRenderer)

        @extend_schema(
            operation_id=f"{api.word}_document",
            tags=[api.word],
            parameters=[OpenApiParameter("document_id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
            responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        )
        def get(self, _request: Request, document_id: UUID, **ids: UUID) -> HttpResponse:
            s = self.seen(api.course, ids[api.id_name])
            row, content = download(document_id, person=s.person, at=s.at)
            if row.case_id != s.case.pk:
                raise NotFound
            name = content_disposition_header(True, f"{row.file_name}.pdf") or "attachment"
            return HttpResponse(
                content,
                content_type="application/pdf",
                headers={
                    "Content-Disposition": name,
                    "Cache-Control": "private, no-store",
                    "X-Content-Type-Options": "nosniff",
                },
            )

    return DocumentDoor
