"""The public register for programs: no account, no captcha, rate-limited (api.md)."""

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput, NotFound
from licenses.api.conditional import answer_if_changed
from licenses.api.shapes import CardShape, CheckShape, ExportShape, FoundShape, RegisterPageShape
from licenses.forms import CheckForm, DayForm, RegisterForm
from licenses.models import Licence
from licenses.permissions import PublicRate
from licenses.rules import tidy_number
from licenses.selectors import (
    Found,
    Query,
    check_number,
    check_qr,
    export_rows,
    licence_card,
    register_token,
    search,
)
from licenses.statuses import LicenceStatus, SubKind
from licenses.wording import EXPORTED, REGIONS

AS_OF = OpenApiParameter("as_of", OpenApiTypes.DATE, description="A past day; today when left out.")
FILTERS = [
    OpenApiParameter("q", str, description="Start of a number or BIN, a whole IIN, or words of a name."),
    OpenApiParameter("region", str, enum=list(REGIONS), description="First two digits of KATO."),
    OpenApiParameter("sub_kind", str, enum=SubKind.values),
    OpenApiParameter("status", str, enum=LicenceStatus.values),
    AS_OF,
]
PAGING = [
    OpenApiParameter("cursor", str, description="From `next` of the page before."),
    OpenApiParameter("limit", int, description="1 to 100, 20 when left out."),
]
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class PublicView(APIView):
    """Open to anyone, at the public rate."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (PublicRate,)


class RegisterList(PublicView):
    """Search of the register."""

    @extend_schema(operation_id="register_list", parameters=[*FILTERS, *PAGING], responses=RegisterPageShape)
    def get(self, request: Request) -> HttpResponseBase:
        query, at = asked_query(request), legal_now()

        def make() -> Response:
            page = search(query, at)
            return Response(
                {
                    "as_of": query.day or at.date(),
                    "results": FoundShape(page.items, many=True).data,
                    "next": next_url(request, page.next_cursor),
                    "cut": page.cut,
                }
            )

        return answer_if_changed(request, register_token(at), make)


class RegisterCsv(PublicView):
    """The register as CSV (UTF-8 with a mark for spreadsheets), streamed; the same filters."""

    @extend_schema(
        operation_id="register_csv", parameters=FILTERS, responses={(200, "text/csv"): OpenApiTypes.STR}
    )
    def get(self, request: Request) -> HttpResponseBase:
        query, at = asked_query(request), legal_now()

        def make() -> StreamingHttpResponse:
            return StreamingHttpResponse(
                _csv_lines(export_rows(query, at)),
                content_type="text/csv; charset=utf-8",
                headers={
                    "Content-Disposition": f'attachment; filename="register-{query.day or at.date()}.csv"'
                },
            )

        return answer_if_changed(request, register_token(at), make)


class RegisterJson(PublicView):
    """The register as one JSON object, streamed; the same filters, lines and names as in the CSV."""

    @extend_schema(operation_id="register_json", parameters=FILTERS, responses=ExportShape)
    def get(self, request: Request) -> HttpResponseBase:
        query, at = asked_query(request), legal_now()

        def make() -> StreamingHttpResponse:
            day = query.day or at.date()
            return StreamingHttpResponse(
                _json_lines(export_rows(query, at), day),
                content_type="application/json",
                headers={"Content-Disposition": f'attachment; filename="register-{day}.json"'},
            )

        return answer_if_changed(request, register_token(at), make)


class RegisterCard(PublicView):
    """One licence with annexes, editions and history."""

    @extend_schema(operation_id="register_retrieve", parameters=[AS_OF], responses=CardShape)
    def get(self, request: Request, number: str) -> HttpResponseBase:
        day, at = asked_day(request), legal_now()

        def make() -> Response:
            licence = Licence.objects.select_related("party").filter(number=tidy_number(number)).first()
            card = licence_card(licence, at, get_language() or "ru", day) if licence else None
            if card is None:
                raise NotFound(_("The register knows no such licence on that day."))
            return Response(CardShape(card).data)

        return answer_if_changed(request, register_token(at), make)


class Check(PublicView):
    """The check by number or by the text of a QR code."""

    @extend_schema(
        operation_id="check_retrieve",
        parameters=[
            OpenApiParameter(
                "number", str, description="Of a licence, or of an annex as KZ32DML00000001/001."
            ),
            OpenApiParameter("d", str, description="What the QR code says after `d=`, or its whole address."),
        ],
        responses=CheckShape,
    )
    def get(self, request: Request) -> Response:
        form = CheckForm(request.query_params)
        if not form.is_valid():
            raise BadInput(_("The question cannot be read."), fields=form.errors)
        payload, number = form.cleaned_data["d"], form.cleaned_data["number"]
        if not payload and not number:
            raise BadInput(
                _("Give a number or the text of a QR code."), fields={"number": [_("Nothing was given.")]}
            )
        language = get_language() or "ru"
        result = (
            check_qr(payload, legal_now(), language)
            if payload
            else check_number(number, legal_now(), language)
        )
        return Response(CheckShape(result).data)


def asked_query(request: Request) -> Query:
    """The question of the parameters; raises BadInput naming each that cannot be read."""
    form = RegisterForm(request.query_params)
    if not form.is_valid():
        raise BadInput(_("The question cannot be read."), fields=form.errors)
    return form.query()


def asked_day(request: Request) -> date | None:
    """The asked past day, None for today."""
    form = DayForm(request.query_params)
    if not form.is_valid():
        raise BadInput(_("The question cannot be read."), fields=form.errors)
    day: date | None = form.cleaned_data["as_of"]
    return day


def next_url(request: Request, cursor: str) -> str | None:
    """The address of the next page."""
    if not cursor:
        return None
    asked = request.query_params.copy()
    asked["cursor"] = cursor
    return str(request.build_absolute_uri(f"{request.path}?{asked.urlencode()}"))


class _Line:
    """A file for the csv module that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _csv_lines(rows: Iterable[Found]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(EXPORTED)
    for row in rows:
        yield writer.writerow([_cell(value) for value in exported(row).values()])


def _json_lines(rows: Iterable[Found], day: date) -> Iterator[str]:
    before = f'{{"as_of":"{day}","licences":['
    for row in rows:
        yield before + "\n" + json.dumps(exported(row), ensure_ascii=False, cls=DjangoJSONEncoder)
        before = ","
    yield ("\n]}" if before == "," else f"{before}]}}") + "\n"


def exported(row: Found) -> dict[str, Any]:
    """One line under the names that the description of the open data explains (`licenses.wording.EXPORTED`)."""
    standing = row.standing
    values = (
        row.number, row.sub_kind, standing.status, standing.since, standing.until, standing.stayed,
        row.holder_kind, row.holder_number, row.holder_kk, row.holder_ru, row.regions,
        row.first_issued_on, row.expires_on, row.edition, row.annexes,
    )  # fmt: skip
    return dict(zip(EXPORTED, values, strict=True))


def _cell(value: object) -> str:
    if isinstance(value, list):
        value = " ".join(value)
    if isinstance(value, bool):
        value = int(value)
    return "" if value is None else _safe(value)


def _safe(value: object) -> str:
    """A name that begins like a formula must not be reckoned by a spreadsheet."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
