"""Who looked at one's data, for programs; the page of the cabinet shows the same."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from applications.api.door import Door
from casework.documents.selectors.looked import FILES, looks_at
from foundation.egov.models import Register
from foundation.kernel.clock import legal_now


class LookShape(serializers.Serializer[Any]):
    """One look at one's data; `case_id` where the case may be seen, `subject` masked."""

    at = serializers.DateTimeField()
    register = serializers.ChoiceField(choices=[*Register.values, FILES], source="source")
    register_label = serializers.CharField(source="source_label")
    who = serializers.CharField()
    subject = serializers.CharField(allow_blank=True)
    case_no = serializers.CharField(allow_blank=True)
    case_id = serializers.UUIDField(allow_null=True)
    purpose = serializers.CharField()
    citation = serializers.CharField()
    outcome = serializers.CharField(allow_blank=True)


class LooksShape(serializers.Serializer[Any]):
    """The newest two hundred."""

    results = LookShape(many=True)


class LookList(Door):
    """Who looked at the data of the person and of the companies they act for: registers asked, files opened."""

    @extend_schema(operation_id="looks_list", tags=["my data"], responses=LooksShape)
    def get(self, _request: Request) -> Response:
        return Response(LooksShape({"results": looks_at(self.person, legal_now())}).data)
