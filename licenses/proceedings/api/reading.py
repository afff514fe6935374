"""The proceedings of a licence, one proceeding, its files."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from casework.cases.selectors import READS_ALL
from casework.decisions.api.door import IF_MATCH_MAY, KEY, CaseDoor, FileRenderer, answers, read_body
from casework.documents.services import incoming
from casework.documents.views import file_response
from foundation.accounts import selectors as accounts
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound
from licenses.proceedings import services
from licenses.proceedings.api import showing
from licenses.proceedings.api.bodies import PoolNoticeBody, ProceedingBody, ProceedingFileBody
from licenses.proceedings.api.shapes import ProceedingFileShape, ProceedingShape, ProceedingsShape
from licenses.proceedings.permissions import Situation
from licenses.proceedings.selectors import proceedings_of
from licenses.proceedings.services.acting import COURSE
from licenses.proceedings.statuses import Kind
from licenses.rules import tidy_number
from licenses.selectors import licence_visible_to

_CONTENT = ("months", "reason", "grounds", "pool_name", "pool_bin", "changed_on", "corrections")


class Door(CaseDoor):
    """A proceeding as this person may see it."""

    def situation(self, proceeding_id: UUID) -> Situation:
        return cast(Situation, self.seen(COURSE, proceeding_id))


class LicenceProceedings(CaseDoor):
    """The proceedings of a licence one may see in full; a new request or proceeding."""

    @extend_schema(operation_id="licenses_proceedings_list", tags=["proceedings"], responses=ProceedingsShape)
    def get(self, _request: Request, number: str) -> Response:
        at = legal_now()
        licence = licence_visible_to(self.person, tidy_number(number), at)
        if licence is None:
            raise NotFound
        officer = bool(accounts.roles_of(self.person, at.date()) & READS_ALL)
        own = accounts.may_act_for(self.person, licence.party_id, at)
        rows = [
            showing.line(row, officer=officer, at=at)
            for row in proceedings_of(licence)
            if own or row.case.received_at is not None
        ]
        return Response(ProceedingsShape({"results": rows}).data)

    @extend_schema(
        operation_id="licenses_proceedings_create",
        tags=["proceedings"],
        parameters=[KEY],
        request=ProceedingBody,
        responses=answers(ProceedingShape, 201),
        examples=[
            OpenApiExample(
                "a request", {"kind": "suspend_on_request", "annexes": [], "months": 3}, request_only=True
            ),
            OpenApiExample(
                "an error to be corrected",
                {
                    "kind": "correct",
                    "corrections": [{"field": "holder_ru", "reads": "ТОО «Алтын Майнинг»"}],
                    "reason": "В уставе одна буква «н».",
                },
                request_only=True,
            ),
            OpenApiExample(
                "opened by an executor", {"kind": "suspend", "annexes": ["002"]}, request_only=True
            ),
        ],
    )
    def post(self, request: Request, number: str) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        body = read_body(ProceedingBody, request)
        at = legal_now()

        def make() -> Response:
            made = services.begin(
                tidy_number(number),
                kind=body["kind"],
                annexes=body.get("annexes", []),
                content=_content(body),
                person=self.person,
                at=at,
            )
            return _answered(COURSE.seen(made.case.pk, self.person, at), status.HTTP_201_CREATED)

        return self.once(raw, make)


class NotifyPoolChange(CaseDoor):
    """Rules 16: the beginning of a notice; files, signature and filing go on at the notice's own address."""

    @extend_schema(
        operation_id="licenses_notify_pool_change",
        tags=["licenses"],
        parameters=[KEY],
        request=PoolNoticeBody,
        responses=answers(ProceedingShape, 201),
        examples=[
            OpenApiExample(
                "a changed pool",
                {"pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002", "changed_on": "2026-11-20"},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, number: str) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        body = read_body(PoolNoticeBody, request)
        at = legal_now()

        def make() -> Response:
            made = services.begin(
                tidy_number(number),
                kind=Kind.POOL_NOTICE,
                content=_content(body),
                person=self.person,
                at=at,
            )
            return _answered(COURSE.seen(made.case.pk, self.person, at), status.HTTP_201_CREATED)

        return self.once(raw, make)


class ProceedingDetail(Door):
    """One proceeding with its terms, documents and what may be done."""

    @extend_schema(operation_id="proceedings_read", tags=["proceedings"], responses=ProceedingShape)
    def get(self, _request: Request, proceeding_id: UUID) -> Response:
        return _answered(self.situation(proceeding_id))


class ProceedingFiles(Door):
    """Files: of the licensee's draft, or scans of the executor."""

    @extend_schema(
        operation_id="proceedings_file_add",
        tags=["proceedings"],
        parameters=[IF_MATCH_MAY],
        request={"multipart/form-data": ProceedingFileBody},
        responses=answers(ProceedingFileShape, 201),
    )
    def post(self, request: Request, proceeding_id: UUID) -> Response:
        self.situation(proceeding_id)
        said = read_body(ProceedingFileBody, request)["file"]
        row = services.add_file(
            proceeding_id, name=said.name, stream=said, person=self.person, at=legal_now()
        )
        shown = showing.file(row, self.situation(proceeding_id))
        return Response(ProceedingFileShape(shown).data, status=status.HTTP_201_CREATED)


class ProceedingFile(Door):
    """One file, once it was found clean; an officer's look is recorded."""

    renderer_classes = (JSONRenderer, FileRenderer)

    @extend_schema(
        operation_id="proceedings_file",
        tags=["proceedings"],
        parameters=[OpenApiParameter("file_id", OpenApiTypes.UUID, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, proceeding_id: UUID, file_id: UUID) -> FileResponse:
        s = self.situation(proceeding_id)
        if not any(row.pk == file_id for row in s.files):
            raise NotFound
        return file_response(incoming.open_for(person=s.person, file_id=file_id, at=s.at), inline=False)


def _content(body: dict[str, Any]) -> dict[str, Any]:
    """What was said at the beginning, as the proceeding keeps it; days in ISO form."""
    said = {name: body[name] for name in _CONTENT if name in body}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def _answered(s: Situation, code: int = status.HTTP_200_OK) -> Response:
    headers = {"ETag": f'"{s.case.version}"', "Cache-Control": "private, no-store"}
    return Response(ProceedingShape(showing.whole(s)).data, status=code, headers=headers)
