"""Public doors: the deadline calculator and the calendar with its acts; no account needed."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from casework.deadlines import rules, selectors, wording
from casework.deadlines.calendar import OutsideCalendarError, days_between
from foundation.kernel.refusals import BadInput

FORMS = ("1", "2", "9", "10")
LONGEST_SPAN = timedelta(days=3 * 366)
_PLUS_LOST = re.compile(r"(T.*) (\d\d:?\d\d)$")  # "+05:00" in an address arrives as " 05:00"

_DAY = inline_serializer(
    "CountedDay",
    {"date": serializers.DateField(), "counted": serializers.BooleanField(), "why": serializers.CharField()},
    many=True,
)
_TERMS = inline_serializer(
    "FilingTerms",
    {
        "received": serializers.DateTimeField(),
        "form": serializers.ChoiceField(FORMS),
        "registered_on": serializers.DateField(),
        "registered_at": serializers.DateTimeField(),
        "completeness": serializers.DateField(),
        "service": serializers.DateField(),
        "hearing_notice": serializers.DateField(allow_null=True),
        "result_due_at": serializers.DateTimeField(),
        "terms": inline_serializer(
            "FilingTerm",
            {
                "code": serializers.CharField(),
                "name": serializers.CharField(),
                "due_on": serializers.DateField(),
                "due_at": serializers.DateTimeField(),
                "citation": serializers.CharField(),
                "days": _DAY,
            },
            many=True,
        ),
        "calendar_revision": serializers.IntegerField(),
    },
)
_DAYS = inline_serializer(
    "CalendarDays",
    {
        "from": serializers.DateField(),
        "to": serializers.DateField(),
        "working_days": serializers.IntegerField(),
        "calendar_revision": serializers.IntegerField(),
        "days": inline_serializer(
            "CalendarDay",
            {
                "date": serializers.DateField(),
                "working": serializers.BooleanField(),
                "kind": serializers.CharField(),
                "why": serializers.CharField(),
                "provisional": serializers.BooleanField(),
            },
            many=True,
        ),
    },
)


class PublicView(APIView):
    """Anybody may ask; too often is slowed down."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "public"


class TermsView(PublicView):
    """The terms of a filing by the moment of its receipt."""

    @extend_schema(
        operation_id="calendar_terms",
        parameters=[
            OpenApiParameter("received", str, required=True, description="ISO 8601; without offset: Almaty"),
            OpenApiParameter("form", str, enum=FORMS, default="1"),
            OpenApiParameter("long", bool, default=False, description="forms 9, 10 by the 2/15 way"),
        ],
        responses=_TERMS,
        examples=[
            OpenApiExample("New licence", {"received": "2026-03-06T12:00:00+05:00"}, response_only=True)
        ],
    )
    def get(self, request: Request) -> Response:
        received = _moment(request.query_params.get("received", ""))
        form = request.query_params.get("form", "1")
        long = request.query_params.get("long", "") in {"1", "true"}
        if form not in FORMS:
            raise _bad("form", _("Choose one of the forms %(forms)s.") % {"forms": ", ".join(FORMS)})
        try:
            return Response(filing_terms(received, form, long=long))
        except (OutsideCalendarError, OverflowError) as error:
            raise _bad("received", _outside()) from error


class DaysView(PublicView):
    """Every day of a span: working or not, and by which act."""

    @extend_schema(
        operation_id="calendar_days",
        parameters=[
            OpenApiParameter("from", date, required=True),
            OpenApiParameter("to", date, required=True, description="at most three years later"),
        ],
        responses=_DAYS,
    )
    def get(self, request: Request) -> Response:
        first = _date("from", request.query_params.get("from", ""))
        last = _date("to", request.query_params.get("to", ""))
        if not timedelta() <= last - first <= LONGEST_SPAN:
            raise _bad("to", _("Take a day from the first one to three years after it."))
        calendar = selectors.current_calendar()
        try:
            reasons = [(day, calendar.why(day)) for day in days_between(first, last)]
        except OutsideCalendarError as error:
            raise _bad("from", _outside()) from error
        return Response(
            {
                "from": first,
                "to": last,
                "working_days": sum(reason.working for _day, reason in reasons),
                "calendar_revision": calendar.revision,
                "days": [
                    {
                        "date": day,
                        "working": reason.working,
                        "kind": reason.kind.value,
                        "why": wording.reason_text(reason),
                        "provisional": reason.provisional,
                    }
                    for day, reason in reasons
                ],
            }
        )


def filing_terms(received: datetime, form: str, *, long: bool = False) -> dict[str, Any]:
    """What a filing received at a moment would have to go by; the calculator page shows the same."""
    calendar = selectors.current_calendar()
    track = rules.form_track(form, long=long)
    registered_on = rules.registration_day(received, calendar)
    table = selectors.rules_on(registered_on)
    rows = []
    starts = {"completeness": registered_on, "service": registered_on}
    service_on = rules.last_day("service", registered_on, calendar, track, table=table)
    if track is not rules.Track.REISSUE:
        starts["hearing_notice"] = service_on
    for code, start in starts.items():
        rule = rules.rule_for(code, track, table)
        due_on = rules.compute(rule, start, calendar)
        rows.append(
            {
                "code": code,
                "name": wording.term_name(code),
                "due_on": due_on,
                "due_at": rules.due_moment(rule, due_on),
                "citation": wording.citation_text(rule),
                "days": [
                    {"date": day.date, "counted": day.counted, "why": wording.why_text(day)}
                    for day in rules.explain(rule, start, calendar)
                ],
            }
        )
    ends = {row["code"]: row["due_on"] for row in rows}
    return {
        "received": rules.to_almaty(received),
        "form": form,
        "registered_on": registered_on,
        "registered_at": rules.registration_moment(received, calendar),
        "completeness": ends["completeness"],
        "service": ends["service"],
        "hearing_notice": ends.get("hearing_notice"),
        "result_due_at": rules.officer_due_at(service_on),
        "terms": rows,
        "calendar_revision": calendar.revision,
    }


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_PLUS_LOST.sub(r"\1+\2", text.strip()))
    except ValueError as error:
        raise _bad("received", _("Write the time as 2026-03-06T12:00:00+05:00.")) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=rules.ALMATY)


def _date(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _bad(name, _("Write the day as 2026-03-06.")) from error


def _outside() -> str:
    return _("The calendar of working days does not cover this time; take one from 2020 to 2040.")


def _bad(name: str, reason: str) -> BadInput:
    return BadInput(_("The question cannot be read."), advice=reason, fields={name: [reason]})
