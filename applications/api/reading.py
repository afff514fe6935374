"""Reading: the list, one application, completeness, terms, the journal, documents."""

from datetime import datetime
from uuid import UUID

import django_filters
from django.db.models import Q, QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from applications import events
from applications.api import showing
from applications.api.door import Door
from applications.api.shapes import (
    ApplicationShape,
    CompletenessShape,
    LineShape,
)
from applications.permissions import Situation
from applications.statuses import Status
from casework.cases.models import Case
from casework.cases.selectors import READS_ALL, cases_visible_to
from casework.decisions.api import showing as common
from casework.decisions.api.door import FileRenderer
from casework.documents.bundle import case_bundle
from casework.documents.services import incoming
from casework.documents.services.bundling import note_bundle_taken
from casework.documents.views import file_response, zip_response
from foundation.accounts import selectors as accounts
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound

FORMS = ("1", "2", "9", "10")
_LONGEST_QUESTION = 200


class Filters(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """The filters of the list."""

    status = django_filters.MultipleChoiceFilter(
        field_name="status_code", choices=Status.choices, help_text="may be repeated"
    )
    form = django_filters.ChoiceFilter(choices=[(form, form) for form in FORMS])
    overdue = django_filters.BooleanFilter(
        method="filter_overdue", help_text="what the authority owes and is past"
    )
    executor = django_filters.CharFilter(method="filter_executor", help_text="login or id, `me`, or `none`")
    q = django_filters.CharFilter(
        method="filter_q", help_text="start of a number or BIN, a whole IIN, or words of a name"
    )

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def filter_overdue(self, cases: QuerySet[Case], _name: str, overdue: bool) -> QuerySet[Case]:
        past = Q(is_open=True, next_due_at__lt=self.at)
        return cases.filter(past) if overdue else cases.exclude(past)

    def filter_executor(self, cases: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        if value == "none":
            return cases.filter(executor=None)
        if value == "me":
            return cases.filter(executor=self.request.user)
        try:
            return cases.filter(executor_id=UUID(value))
        except ValueError:
            return cases.filter(executor__login=value)

    def filter_q(self, cases: QuerySet[Case], _name: str, value: str) -> QuerySet[Case]:
        asked = " ".join(value.replace("\x00", "").split())[:_LONGEST_QUESTION]
        found = Q(incoming_no__startswith=asked.upper()) | Q(draft_no__startswith=asked.upper())
        found |= Q(party__number=asked) | Q(party__kind="entity", party__number__startswith=asked)
        name_kk, name_ru = Q(), Q()
        for word in asked.split():
            name_kk &= Q(party__name_kk__icontains=word)
            name_ru &= Q(party__name_ru__icontains=word)
        return cases.filter(found | name_kk | name_ru)

    @property
    def at(self) -> datetime:
        moment: datetime = self.request.legal_moment
        return moment


class Pages(CursorPagination):
    """Newest first; the draft number is unique and grows."""

    ordering = "-draft_no"
    page_size = 20
    max_page_size = 100
    page_size_query_param = "limit"
    invalid_cursor_message = _("This is no place in the list: take `next` of a page as it is.")  # type: ignore[assignment]  # lazy on purpose


class ApplicationListing(Door, GenericAPIView[Case]):
    """The applications this person may see: their parties' own, or for officers all that were filed."""

    queryset = Case.objects.none()
    filter_backends = (DjangoFilterBackend,)
    filterset_class = Filters
    pagination_class = Pages
    serializer_class = LineShape

    @extend_schema(operation_id="applications_list", tags=["applications"])
    def get(self, request: Request) -> Response:
        at = legal_now()
        request.legal_moment = at  # type: ignore[attr-defined]  # one moment for the whole answer
        roles = accounts.roles_of(self.person, at.date())
        cases = cases_visible_to(self.person, at).filter(kind=Case.Kind.APPLICATION)
        rows = self.filter_queryset(cases.select_related("party", "executor"))
        page = self.paginate_queryset(rows) or []
        officer = bool(roles & READS_ALL)
        lines = [showing.line(case, officer=officer, at=at) for case in page]
        return self.get_paginated_response(LineShape(lines, many=True).data)


def answered(situation: Situation) -> Response:
    """The whole application, its version also as ETag."""
    body = ApplicationShape(showing.whole(situation)).data
    return Response(
        body, headers={"ETag": f'"{situation.case.version}"', "Cache-Control": "private, no-store"}
    )


class Completeness(Door):
    """What the officer will look for, before filing and after it."""

    @extend_schema(
        operation_id="applications_completeness", tags=["applications"], responses=CompletenessShape
    )
    def get(self, _request: Request, application_id: UUID) -> Response:
        return Response(CompletenessShape(showing.completeness(self.situation(application_id))).data)


class EvidenceFile(Door):
    """The file behind a piece of evidence, once it was found clean; an officer's look is recorded."""

    renderer_classes = (JSONRenderer, FileRenderer)

    @extend_schema(
        operation_id="applications_evidence_file",
        tags=["applications"],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, application_id: UUID, evidence_id: UUID) -> FileResponse:
        s = self.situation(application_id)
        row = s.application.evidence.filter(pk=evidence_id).first()
        if row is None:
            raise NotFound
        opened = incoming.open_for(person=s.person, file_id=row.file_id, at=s.at)
        return file_response(opened, inline=False)


class BundleDownload(Door):
    """Everything of the case in one ZIP that checks itself: documents, files, journal, signatures; who took it is recorded."""

    renderer_classes = (JSONRenderer, FileRenderer)

    @extend_schema(
        operation_id="applications_bundle",
        tags=["applications"],
        responses={(200, "application/zip"): OpenApiTypes.BINARY},
    )
    def get(self, _request: Request, application_id: UUID) -> StreamingHttpResponse:
        s = self.situation(application_id)
        officer = bool(s.roles & READS_ALL)
        bundle = case_bundle(
            s.case,
            s.person,
            s.at,
            officer=officer,
            label=events.label,
            terms=common.terms(s, showing.NAMESPACE),
        )
        note_bundle_taken(s.case, bundle, person=s.person)
        return zip_response(bundle)
