"""Own licences in full; officers see all (api.md)."""

from typing import cast

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from casework.decisions.api.door import FileRenderer, PersonRate
from casework.documents.views import zip_response
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound
from licenses.api.conditional import answer_if_changed
from licenses.api.register import AS_OF, FILTERS, PAGING, asked_day, asked_query, next_url
from licenses.api.shapes import CardShape, FoundShape, RegisterPageShape
from licenses.rules import tidy_number
from licenses.selectors import (
    licence_bundle,
    licence_visible_to,
    licences_visible_to,
    own_licence_card,
    register_token,
    search,
)
from licenses.services import note_licence_bundle_taken


class LicenceList(APIView):
    """The licences of one's parties, or for officers all; numbers unmasked."""

    @extend_schema(operation_id="licenses_list", parameters=[*FILTERS, *PAGING], responses=RegisterPageShape)
    def get(self, request: Request) -> Response:
        query, at = asked_query(request), legal_now()
        page = search(query, at, within=licences_visible_to(_person(request), at), masked=False)
        return Response(
            {
                "as_of": query.day or at.date(),
                "results": FoundShape(page.items, many=True).data,
                "next": next_url(request, page.next_cursor),
                "cut": page.cut,
            }
        )


class LicenceDetail(APIView):
    """One licence in full; another party's is the same as none."""

    @extend_schema(operation_id="licenses_retrieve", parameters=[AS_OF], responses=CardShape)
    def get(self, request: Request, number: str) -> HttpResponseBase:
        day, at = asked_day(request), legal_now()
        licence = licence_visible_to(_person(request), tidy_number(number), at)
        if licence is None:
            raise NotFound

        def make() -> Response:
            card = own_licence_card(licence, at, get_language() or "ru", day)
            if card is None:
                raise NotFound(_("There was no such licence on that day."))
            return Response(CardShape(card).data)

        return answer_if_changed(request, f"{register_token(at)}|{licence.version}", make, private=True)


class LicenceBundle(APIView):
    """Everything of a licence in one ZIP that checks itself: documents, legal periods, journal, signatures."""

    renderer_classes = (JSONRenderer, FileRenderer)
    throttle_classes = (PersonRate,)

    @extend_schema(operation_id="licenses_bundle", responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def get(self, request: Request, number: str) -> StreamingHttpResponse:
        person, at = _person(request), legal_now()
        licence = licence_visible_to(person, tidy_number(number), at)
        card = own_licence_card(licence, at, get_language() or "ru") if licence else None
        if licence is None or card is None:
            raise NotFound
        bundle = licence_bundle(licence, person, at, card=dict(CardShape(card).data))
        note_licence_bundle_taken(licence, bundle, person=person)
        return zip_response(bundle)


def _person(request: Request) -> Person:
    return cast(Person, request.user)
