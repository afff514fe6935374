"""Breaches whose explanation is asked for: an officer's own, for those who look at the dashboards all."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from casework.cases.permissions import require_role
from casework.deadlines import breaches, services
from casework.deadlines.models import BreachExplanation
from casework.deadlines.wording import term_name
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.clock import almaty, legal_now

SEES_ALL = frozenset({Role.SUPERVISOR, Role.HEAD, Role.AUDITOR})
MOST = 200

_SAID = serializers.CharField(max_length=services.LONGEST_EXPLANATION)
_ROW: dict[str, Any] = {
    "term": serializers.IntegerField(),
    "case": serializers.CharField(),
    "code": serializers.CharField(),
    "name": serializers.CharField(),
    "due_at": serializers.DateTimeField(),
    "asked_of": serializers.CharField(),
    "text": serializers.CharField(),
    "given_by": serializers.CharField(allow_null=True),
    "given_at": serializers.DateTimeField(allow_null=True),
    "told": inline_serializer(
        "LadderTold",
        {
            "step": serializers.CharField(),
            "person": serializers.CharField(),
            "told_at": serializers.DateTimeField(allow_null=True),
            "read_at": serializers.DateTimeField(allow_null=True),
        },
        many=True,
    ),
}
_BREACH = inline_serializer("Breach", _ROW)


class OfficersView(APIView):
    """For signed-in people and their programs."""

    permission_classes = (IsAuthenticated,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "person"

    @property
    def person(self) -> Person:
        found = self.request.user
        assert isinstance(found, Person)  # noqa: S101 -- nobody else passes IsAuthenticated
        return found


class BreachesView(OfficersView):
    """What is asked for and what was given, the newest breach first."""

    @extend_schema(
        operation_id="breaches_list", tags=["terms"], responses=inline_serializer("Breaches", _ROW, many=True)
    )
    def get(self, _request: Request) -> Response:
        at = legal_now()
        held = accounts.roles_of(self.person, almaty(at).date())
        require_role(self.person, Role.EXECUTOR, Role.REVIEWER, *sorted(SEES_ALL), at=almaty(at), held=held)
        found = breaches.explanations(None if held & SEES_ALL else self.person, at)
        return Response([_shown(row) for row in found.order_by("-asked_at", "-pk")[:MOST]])


class ExplanationView(OfficersView):
    """The explanation of one breach, given once."""

    @extend_schema(
        operation_id="breach_explain",
        tags=["terms"],
        request=inline_serializer("Explanation", {"text": _SAID}),
        responses=_BREACH,
        examples=[
            OpenApiExample(
                "Explanation",
                {"text": "The answer of the register came on the day after."},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request, term_id: int) -> Response:
        said = request.data.get("text", "") if isinstance(request.data, dict) else ""
        row = services.explain_breach(term_id=term_id, text=str(said), by=self.person, at=legal_now())
        return Response(_shown(row))


def _shown(row: BreachExplanation) -> dict[str, Any]:
    return {
        "term": row.term_id,
        "case": str(row.term.case),
        "code": row.term.code,
        "name": term_name(row.term.code),
        "due_at": almaty(row.term.due_at),
        "asked_of": row.asked_of.short_name,
        "text": row.text,
        "given_by": row.given_by.short_name if row.given_by else None,
        "given_at": almaty(row.given_at) if row.given_at else None,
        "told": [
            {
                "step": step.step,
                "person": telling.person.short_name,
                "told_at": almaty(telling.notice.in_cabinet_at) if telling.notice else None,
                "read_at": almaty(telling.notice.read_at)
                if telling.notice and telling.notice.read_at
                else None,
            }
            for step in row.term.steps.all()
            for telling in step.tellings.all()
        ],
    }
