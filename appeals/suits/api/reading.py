"""Reading and recording suits."""

from typing import Any, cast
from uuid import UUID

from django.db.models import F
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from appeals.models import Suit
from appeals.suits.api.bodies import RECORD_EXAMPLE, RecordSuitBody
from appeals.suits.api.shapes import SuitLineShape, SuitShape
from appeals.suits.permissions import SuitSituation, offers
from appeals.suits.selectors import suits_visible_to
from appeals.suits.services import record_suit, take_scan
from appeals.suits.services.acting import COURSE
from appeals.suits.services.recording import as_said
from appeals.suits.statuses import Status
from applications.api.reading import Pages
from casework.cases.selectors import READS_ALL
from casework.decisions.api import showing
from casework.decisions.api.door import KEY, CaseDoor, answers, read_body
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now

NAMESPACE = "suits-api"


class Door(CaseDoor):
    """A suit as this person may see it."""

    def situation(self, suit_id: UUID) -> SuitSituation:
        return cast(SuitSituation, self.seen(COURSE, suit_id))


class SuitList(CaseDoor):
    """Suits this person may see; a new one is recorded by an executor or the chancery."""

    @extend_schema(operation_id="suits_list", tags=["suits"], responses=SuitLineShape(many=True))
    def get(self, request: Request) -> Response:
        pages = Pages()  # its cursor follows no relations: a row bears the number of its case
        rows = suits_visible_to(self.person, legal_now()).annotate(draft_no=F("case__draft_no"))
        page = pages.paginate_queryset(rows, request, view=self) or []
        return pages.get_paginated_response(SuitLineShape([_line(row) for row in page], many=True).data)

    @extend_schema(
        operation_id="suits_create",
        tags=["suits"],
        parameters=[KEY],
        request={"multipart/form-data": RecordSuitBody, "application/json": RecordSuitBody},
        responses=answers(SuitShape, 201),
        examples=[OpenApiExample("against a refusal", RECORD_EXAMPLE, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        body = read_body(RecordSuitBody, request)

        def make() -> Response:
            made = recorded(body, self.person)
            return _answered(COURSE.seen(made.pk, self.person, legal_now()), status.HTTP_201_CREATED)

        return self.once(raw, make)


def recorded(body: dict[str, Any], person: Person) -> Suit:
    """Record what a door read: the scan is taken first, once nothing else stands against the suit."""
    at, said, about = legal_now(), as_said(body), body["about"]
    scan, upload = str(body.get("scan_id") or ""), body.get("scan")
    if upload is not None:
        scan = str(take_scan(about, said=said, name=upload.name or "", stream=upload, person=person, at=at))
    return record_suit(about, said=said, scan=scan, person=person, at=at)


class SuitDetail(Door):
    """One suit."""

    @extend_schema(operation_id="suits_read", tags=["suits"], responses=SuitShape)
    def get(self, _request: Request, suit_id: UUID) -> Response:
        return _answered(self.situation(suit_id))


def _answered(s: Any, code: int = status.HTTP_200_OK) -> Response:
    headers = {"ETag": f'"{s.case.version}"', "Cache-Control": "private, no-store"}
    return Response(SuitShape(_whole(s)).data, status=code, headers=headers)


def _line(suit: Suit, *, masked: bool = True, officer: bool = False) -> dict[str, Any]:
    case, about = suit.case, suit.about
    return {
        "id": case.pk,
        "status": str(suit.status),
        "status_label": str(Status(suit.status).label),
        "version": case.version,
        "incoming_no": case.incoming_no,
        "target": suit.target,
        "about": about.pk,
        "about_number": about.incoming_no or about.draft_no,
        "court": suit.court,
        "number": suit.number,
        "received_on": suit.received_on,
        "complained_first": suit.complained_first,
        "party": showing.party(case.party, masked=masked),
        "executor": showing.officer_shown(case.executor, officer=officer),
        "outcome": suit.outcome,
        "in_force_on": suit.in_force_on,
    }


def _whole(s: SuitSituation) -> dict[str, Any]:
    suit, act = s.suit, s.suit.act
    officer = bool(s.roles & READS_ALL)
    court_set = officer and suit.response_id is not None
    return {
        **_line(suit, masked=False, officer=officer),
        "demands": suit.demands,
        "act": {
            "id": act.pk,
            "kind": act.kind,
            "number": act.number,
            "date": act.act_date,
            "in_force": not hasattr(act, "cancellation"),
        }
        if act is not None
        else None,
        "response": suit.response.number if suit.response is not None else "",
        "position": suit.position.number if suit.position is not None else "",
        "court_set": reverse(f"{NAMESPACE}:court-set", args=[suit.pk]) if court_set else "",
        "terms": showing.terms(s, NAMESPACE),
        "documents": showing.documents(s, NAMESPACE),
        "actions": [showing.offer_shown(offer) for offer in offers(s)],
    }
