"""Own licences in full; officers see all (api.md)."""

from typing import cast

from django.http import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound
from licenses.api.conditional import answer_if_changed
from licenses.api.register import AS_OF, FILTERS, PAGING, asked_day, asked_query, next_url
from licenses.api.shapes import CardShape, FoundShape, RegisterPageShape
from licenses.rules import tidy_number
from licenses.selectors import (
    licence_visible_to,
    licences_visible_to,
    own_licence_card,
    register_token,
    search,
)


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


def _person(request: Request) -> Person:
    return cast(Person, request.user)
