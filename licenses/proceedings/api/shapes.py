"""What answers about proceedings look like; the OpenAPI document is made from these."""

from typing import Any

from rest_framework import serializers

from casework.decisions.api import shapes
from casework.decisions.api.shapes import (
    DecisionShape,
    DocumentShape,
    HearingShape,
    NextDueShape,
    OfficerShape,
    PartyShape,
    TermShape,
)
from licenses.proceedings.statuses import ACTIONS, Kind, Status


class ProceedingOfferShape(shapes.OfferShape):
    """An action this person may try on a proceeding; closed ones say why."""

    action = serializers.ChoiceField(  # type: ignore[assignment]  # the same text, its values named
        choices=[(name, name) for name in ACTIONS]
    )


class ProceedingStandShape(shapes.StandShape):
    """Where the proceeding stands after a command; read it again for the rest."""

    status = serializers.ChoiceField(choices=Status.choices)  # type: ignore[assignment]  # as above


class ProceedingFileShape(serializers.Serializer[Any]):
    """A file attached to the proceeding."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    sha256 = serializers.CharField()
    scan_state = serializers.CharField()
    by_licensee = serializers.BooleanField()
    url = serializers.CharField()


class ProceedingLineShape(serializers.Serializer[Any]):
    """One proceeding in a list."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    kind_label = serializers.CharField()
    licence = serializers.CharField(help_text="its number")
    annexes = serializers.ListField(child=serializers.CharField(), help_text="none: the licence itself")
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    version = serializers.IntegerField()
    draft_no = serializers.CharField()
    incoming_no = serializers.CharField(allow_null=True)
    by_licensee = serializers.BooleanField()
    party = PartyShape()
    executor = OfficerShape(allow_null=True)
    created_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(allow_null=True)
    registered_on = serializers.DateField(allow_null=True)
    next_due = NextDueShape(allow_null=True)
    overdue = serializers.BooleanField()


class ProceedingShape(ProceedingLineShape):
    """One proceeding in full."""

    citation = serializers.CharField()
    content = serializers.DictField(help_text="what was asked for, or what it was opened with")
    registered_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    ended_why = serializers.CharField(allow_blank=True)
    files = ProceedingFileShape(many=True)
    terms = TermShape(many=True)
    hearing = HearingShape(allow_null=True)
    decision = DecisionShape(allow_null=True)
    documents = DocumentShape(many=True)
    actions = ProceedingOfferShape(many=True)


class ProceedingsShape(serializers.Serializer[Any]):
    """The proceedings of a licence, the latest first."""

    results = ProceedingLineShape(many=True)
