"""Drafting: a new draft, its fields, its evidence; and the executor's findings on evidence."""

import hashlib
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from applications import services
from applications.api import showing
from applications.api.bodies import ChangesBody, DraftBody, EvidenceBody, FindingBody
from applications.api.door import Door
from applications.api.reading import ApplicationListing, answered
from applications.api.shapes import (
    ApplicationShape,
    EvidenceAddedShape,
    FindingMadeShape,
    StandShape,
)
from applications.services.acting import require_version
from applications.services.drafting import NewEvidence
from casework.decisions.api import showing as common
from casework.decisions.api.door import IF_MATCH, IF_MATCH_MAY, KEY, answers, version_read
from foundation.accounts import selectors as accounts
from foundation.accounts.identifiers import Kind, is_valid
from foundation.accounts.models import Party, Person
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput, NotFound, NotPermitted


class ApplicationList(ApplicationListing):
    """GET the list; POST a new draft."""

    @extend_schema(
        operation_id="applications_create",
        tags=["applications"],
        parameters=[KEY],
        request=DraftBody,
        responses=answers(ApplicationShape, 201),
        examples=[
            OpenApiExample(f"Form {form}", {"form": form, "party": "150140000002"}, request_only=True)
            for form in ("1", "2", "9", "10")
        ],
    )
    def post(self, request: Request) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        body = DraftBody(data=request.data)
        body.is_valid(raise_exception=True)
        return self.once(raw, lambda: self._create(body.validated_data))

    def _create(self, said: dict[str, Any]) -> Response:
        at = legal_now()
        party = _party(self.person, str(said.get("party", "")), at)
        made = services.create_draft(party_id=party.pk, form=said["form"], person=self.person, at=at)
        response = answered(self.situation(made.pk, at, whole=True))
        response.status_code = status.HTTP_201_CREATED
        return response


class ApplicationDetail(Door):
    """GET everything; PATCH a draft."""

    @extend_schema(operation_id="applications_retrieve", tags=["applications"], responses=ApplicationShape)
    def get(self, _request: Request, application_id: UUID) -> Response:
        return answered(self.situation(application_id, whole=True))

    @extend_schema(
        operation_id="applications_update",
        tags=["applications"],
        parameters=[IF_MATCH, KEY],
        request=ChangesBody,
        responses=answers(ApplicationShape),
        examples=[OpenApiExample("Form 1", _FORM_1, request_only=True) for _FORM_1 in ({
            "address": {"region": "71", "street": "Мәңгілік ел", "house": "1"},
            "email": "office@example.kz",
            "phone": "+77172000000",
            "owns_hardware": True,
            "data_centers": [{
                "address": {"region": "35", "city": "Екібастұз", "street": "Өнеркәсіп көшесі", "house": "7/1"},
                "power_source": "single_purchaser", "grid_connected": True, "grid_connected_on": "2023-06-15",
            }],
            "confirmations": ["true_data", "contacts"],
        },)] + [
            OpenApiExample("Form 2", {
                "owns_hardware": True,
                "data_centers": [{
                    "address": {"region": "35", "city": "Екібастұз", "street": "Өнеркәсіп көшесі", "house": "7/1"},
                    "host_name": "ТОО «Сандбокс Майнинг»", "host_licence": "KZ32DML00000001",
                }],
            }, request_only=True),
            OpenApiExample("Annex alone", {"scope": "annex", "target_licence": "KZ32DML00000001"}, request_only=True),
            OpenApiExample("Form 9", {
                "target_licence": "KZ32DML00000001",
                "targets": ["licence", "001"],
                "grounds": [
                    {"code": "9.1", "changed_on": "2026-11-02", "name_kk": "«Жаңа атау» ЖШС", "name_ru": "ТОО «Новое имя»"},
                    {"code": "9.5", "changed_on": "2026-11-02"},
                ],
                "data_centers": [{"annex": "001", "power_source": "off_grid_producer"}],
            }, request_only=True),
        ],
    )  # fmt: skip
    def patch(self, request: Request, application_id: UUID) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        at = legal_now()
        self.situation(application_id, at)
        version = version_read(request)
        said = _said(request)
        codes = said.pop("confirmations", None)
        if codes is not None and not (isinstance(codes, list) and all(isinstance(c, str) for c in codes)):
            raise BadInput(
                _("Confirmations are a list of codes."), fields={"confirmations": [_("A list of codes.")]}
            )

        def save() -> Response:
            services.save_draft(
                application_id,
                changes=said,
                confirmations=codes,
                person=self.person,
                at=at,
                version=version,
            )
            return answered(self.situation(application_id, at, whole=True))

        return self.once(raw, save)


class EvidenceList(Door):
    """Attach a file to an entry of Annex 11."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        operation_id="applications_evidence_add",
        tags=["applications"],
        parameters=[IF_MATCH_MAY, KEY],
        request={"multipart/form-data": EvidenceBody},
        responses=answers(EvidenceAddedShape, 201),
    )
    def post(self, request: Request, application_id: UUID) -> Response:
        at = legal_now()
        situation = self.situation(application_id, at)
        version = version_read(request, required=False)
        body = EvidenceBody(data=request.data)
        body.is_valid(raise_exception=True)
        said: dict[str, Any] = body.validated_data
        file: UploadedFile[Any] = said["file"]
        particulars = said.get("particulars") or {}
        if not isinstance(particulars, dict):
            raise BadInput(_("Particulars are an object."), fields={"particulars": [_("An object as JSON.")]})

        def add() -> Response:
            require_version(situation, version)
            row = services.add_evidence(
                application_id,
                said=NewEvidence(
                    requirement=said["requirement"],
                    data_centre_id=said.get("data_center"),
                    issued_on=said.get("issued_on"),
                    expires_on=said.get("expires_on"),
                    particulars=particulars,
                ),
                name=file.name or "",
                stream=file,
                person=self.person,
                at=at,
            )
            shown = showing.evidence(row, None, situation.report)
            shown["version"] = row.application.case.version
            return Response(EvidenceAddedShape(shown).data, status=status.HTTP_201_CREATED)

        return self.once(_fingerprint(said, file), add)


class EvidenceDetail(Door):
    """Take a file out of a draft again."""

    @extend_schema(
        operation_id="applications_evidence_remove",
        tags=["applications"],
        parameters=[IF_MATCH],
        request=None,
        responses=answers(StandShape),
    )
    def delete(self, request: Request, application_id: UUID, evidence_id: UUID) -> Response:
        at = legal_now()
        situation = self.situation(application_id, at)
        require_version(situation, version_read(request))
        services.remove_evidence(application_id, evidence_id=evidence_id, person=self.person, at=at)
        return Response(StandShape(common.stand(self.situation(application_id, at).application)).data)


class FindingDetail(Door):
    """The executor's finding on one piece of evidence; earlier ones stay in the case."""

    @extend_schema(
        operation_id="applications_finding_put",
        tags=["applications"],
        parameters=[IF_MATCH, KEY],
        request=FindingBody,
        responses=answers(FindingMadeShape),
        examples=[
            OpenApiExample(
                "Meets",
                {"result": "meets", "reason": "Документ соответствует требованию."},
                request_only=True,
            )
        ],
    )
    def put(self, request: Request, application_id: UUID, evidence_id: UUID) -> Response:
        raw = request._request.body  # noqa: SLF001 -- read before DRF takes the stream
        at = legal_now()
        self.situation(application_id, at)
        version = version_read(request)
        body = FindingBody(data=request.data)
        body.is_valid(raise_exception=True)

        def record() -> Response:
            finding = services.record_finding(
                application_id,
                evidence_id=evidence_id,
                person=self.person,
                at=at,
                version=version,
                **body.validated_data,
            )
            made = finding.evidence.application.case.version
            shown = {**showing.found(finding), "evidence": evidence_id, "version": made}
            return Response(FindingMadeShape(shown).data)

        return self.once(raw, record)


def _party(person: Person, said: str, at: Any) -> Party:
    """The party meant: by id, BIN or IIN among those one acts for; the only one where none is named."""
    mine = list(accounts.parties_of(person, at))
    if not mine:
        raise NotPermitted(
            _("You do not act for any applicant."),
            advice=_("Sign in as the head with ЭЦП, or let the head give you a power."),
        )
    if not said and len(mine) == 1:
        return mine[0]
    if not said:
        raise BadInput(
            _("You act for several parties; name one."), fields={"party": [party.name_ru for party in mine]}
        )
    named = [party for party in mine if said in (str(party.pk), party.number)]
    if not named and said.isdecimal() and not any(is_valid(kind, said) for kind in Kind):
        raise BadInput(
            _("“{number}” is no BIN or IIN.").format(number=said[:40]),
            fields={"party": [_("Check the twelve digits: the last one does not follow from the others.")]},
            advice=_("Write the twelve digits of the BIN or IIN without spaces."),
        )
    if not named:
        raise NotFound(
            _("You act for no party with this id, BIN or IIN."),
            advice=_("Check the number, or ask the head for a power."),
        )
    return named[0]


def _said(request: Request) -> dict[str, Any]:
    if not isinstance(request.data, dict):
        raise BadInput(_("An object is expected."), fields={"": [_("Send the changes as a JSON object.")]})
    unknown = sorted(set(request.data) - set(ChangesBody().fields))
    if unknown:
        raise BadInput(
            _("Some fields are not known; nothing was stored."),
            fields={name: [_("There is no such field in a draft.")] for name in unknown},
        )
    return dict(request.data)


def _fingerprint(said: dict[str, Any], file: "UploadedFile[Any]") -> bytes:
    """What makes two uploads the same one, without holding the file in memory."""
    digest = hashlib.sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    words = {name: str(value) for name, value in said.items() if name != "file"}
    return canonical_bytes({**words, "file": digest.hexdigest(), "name": file.name or ""})
