"""Reading and drafting complaints."""

from typing import Any, cast
from uuid import UUID

from django.db.models import F
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from appeals import services
from appeals.api.bodies import ComplaintChangesBody, ComplaintDraftBody, ComplaintFileBody
from appeals.api.shapes import ComplaintFileShape, ComplaintLineShape, ComplaintShape
from appeals.models import Complaint
from appeals.permissions import ComplaintSituation, offers
from appeals.selectors import complaints_visible_to
from appeals.services.acting import COURSE
from appeals.services.drafting import Subject
from appeals.statuses import Status
from applications.api.reading import Pages
from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing
from casework.decisions.api.door import (
    IF_MATCH,
    IF_MATCH_MAY,
    KEY,
    CaseDoor,
    answers,
    read_body,
    version_read,
)
from foundation.kernel.clock import legal_now

NAMESPACE = "appeals-api"


class Door(CaseDoor):
    """A complaint as this person may see it."""

    def situation(self, complaint_id: UUID) -> ComplaintSituation:
        return cast(ComplaintSituation, self.seen(COURSE, complaint_id))


class ComplaintList(CaseDoor):
    """Complaints this person may see; a new draft."""

    @extend_schema(
        operation_id="complaints_list", tags=["complaints"], responses=ComplaintLineShape(many=True)
    )
    def get(self, request: Request) -> Response:
        pages = Pages()  # its cursor follows no relations: a row bears the number of its case
        rows = complaints_visible_to(self.person, legal_now()).annotate(draft_no=F("case__draft_no"))
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(ComplaintLineShape([_line(row) for row in page], many=True).data)

    @extend_schema(
        operation_id="complaints_create",
        tags=["complaints"],
        parameters=[KEY],
        request=ComplaintDraftBody,
        responses=answers(ComplaintShape, 201),
        examples=[
            OpenApiExample(
                "a refusal",
                {
                    "target": "decision",
                    "about": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
                    "act": "2f0a3b1c-1f5f-4f51-8d0e-0c8c6b1f6a20",
                },
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        body = read_body(ComplaintDraftBody, request)
        at = legal_now()

        def make() -> Response:
            subject = Subject(target=body["target"], case_id=body["about"], act_id=body.get("act"))
            made = services.create_draft(subject=subject, person=self.person, at=at)
            return _answered(COURSE.seen(made.pk, self.person, at), status.HTTP_201_CREATED)

        return self.once(raw, make)


class ComplaintDetail(Door):
    """One complaint; a draft can be changed."""

    @extend_schema(operation_id="complaints_read", tags=["complaints"], responses=ComplaintShape)
    def get(self, _request: Request, complaint_id: UUID) -> Response:
        return _answered(self.situation(complaint_id))

    @extend_schema(
        operation_id="complaints_update",
        tags=["complaints"],
        parameters=[IF_MATCH, KEY],
        request=ComplaintChangesBody,
        responses=answers(ComplaintShape),
        examples=[
            OpenApiExample(
                "contents",
                {
                    "addressee": "superior",
                    "postal_address": "г. Караганда, проспект Бухар жырау, 15",
                    "circumstances": "Адрес указан на втором листе документа.",
                    "demands": "Отменить отказ и выдать лицензию.",
                },
                request_only=True,
            )
        ],
    )
    def patch(self, request: Request, complaint_id: UUID) -> Response:
        self.situation(complaint_id)
        version = version_read(request)
        changes = read_body(ComplaintChangesBody, request)
        at = legal_now()
        services.save_draft(complaint_id, changes=changes, person=self.person, at=at, version=version)
        return _answered(self.situation(complaint_id))


class ComplaintFiles(Door):
    """Files of a draft."""

    @extend_schema(
        operation_id="complaints_file_add",
        tags=["complaints"],
        parameters=[IF_MATCH_MAY],
        request={"multipart/form-data": ComplaintFileBody},
        responses=answers(ComplaintFileShape, 201),
    )
    def post(self, request: Request, complaint_id: UUID) -> Response:
        self.situation(complaint_id)
        body = read_body(ComplaintFileBody, request)
        row = services.add_file(
            complaint_id,
            name=body["file"].name,
            title=body.get("title", ""),
            stream=body["file"],
            person=self.person,
            at=legal_now(),
        )
        return Response(ComplaintFileShape(_file(row)).data, status=status.HTTP_201_CREATED)


def _answered(s: Any, code: int = status.HTTP_200_OK) -> Response:
    headers = {"ETag": f'"{s.case.version}"', "Cache-Control": "private, no-store"}
    return Response(ComplaintShape(_whole(s)).data, status=code, headers=headers)


def _line(complaint: Complaint, *, masked: bool = True, officer: bool = False) -> dict[str, Any]:
    case, about = complaint.case, complaint.about
    return {
        "id": case.pk,
        "status": str(complaint.status),
        "status_label": str(Status(complaint.status).label),
        "version": case.version,
        "draft_no": case.draft_no,
        "incoming_no": case.incoming_no,
        "target": complaint.target,
        "addressee": complaint.addressee,
        "about": about.pk,
        "about_number": about.incoming_no or about.draft_no,
        "party": showing.party(case.party, masked=masked),
        "executor": showing.officer_shown(case.executor, officer=officer),
        "received_at": case.received_at,
        "registered_on": case.registered_on,
        "late": complaint.late,
        "outcome": complaint.outcome,
    }


def _whole(s: ComplaintSituation) -> dict[str, Any]:
    complaint, act = s.complaint, s.complaint.act
    plain = (
        "complained_of", "postal_address", "actual_address", "circumstances", "demands", "late_reason", "stays",
        "arrived_on", "extended_until", "left_for", "decided_on",
    )  # fmt: skip
    return {
        **_line(complaint, masked=False, officer=bool(s.roles & READS_ALL)),
        **{name: getattr(complaint, name) for name in plain},
        "act": {
            "id": act.pk,
            "kind": act.kind,
            "number": act.number,
            "date": act.act_date,
            "delivered_on": complaint.delivered_on,
            "file_until": complaint.file_until,
        }
        if act is not None
        else None,
        "files": [_file(row) for row in complaint.files.select_related("file")],
        "terms": showing.terms(s, NAMESPACE),
        "hearing": showing.hearing_shown(s.last_hearing),
        "documents": showing.documents(s, NAMESPACE),
        "actions": [showing.offer_shown(offer) for offer in offers(s)],
    }


def _file(row: Any) -> dict[str, Any]:
    return {
        "id": row.file.pk,
        "name": row.file.name,
        "title": row.title,
        "sha256": row.file.sha256,
        "scan_state": row.file.scan_state,
    }
