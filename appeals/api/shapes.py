"""What answers about complaints look like; the OpenAPI document is made from these."""

from typing import Any

from rest_framework import serializers

from appeals.statuses import ACTIONS, Addressee, Status, Target
from casework.decisions.api import shapes
from casework.decisions.api.shapes import DocumentShape, HearingShape, OfficerShape, PartyShape, TermShape


class ComplaintOfferShape(shapes.OfferShape):
    """An action this person may try on a complaint; closed ones say why."""

    action = serializers.ChoiceField(  # type: ignore[assignment]  # the same text, its values named
        choices=[(name, name) for name in ACTIONS]
    )


class ComplaintStandShape(shapes.StandShape):
    """Where the complaint stands after a command; read it again for the rest."""

    status = serializers.ChoiceField(choices=Status.choices)  # type: ignore[assignment]  # as above


class ComplaintFileShape(serializers.Serializer[Any]):
    """A file of the complaint."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    title = serializers.CharField()
    sha256 = serializers.CharField()
    scan_state = serializers.CharField()


class ComplaintLineShape(serializers.Serializer[Any]):
    """One complaint in a list."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    version = serializers.IntegerField()
    draft_no = serializers.CharField()
    incoming_no = serializers.CharField(allow_null=True)
    target = serializers.ChoiceField(choices=Target.choices)
    addressee = serializers.ChoiceField(choices=Addressee.choices)
    about = serializers.UUIDField()
    about_number = serializers.CharField()
    party = PartyShape()
    executor = OfficerShape(allow_null=True)
    received_at = serializers.DateTimeField(allow_null=True)
    registered_on = serializers.DateField(allow_null=True)
    late = serializers.BooleanField()
    outcome = serializers.CharField(allow_blank=True)


class ActShape(serializers.Serializer[Any]):
    """The act complained of, the day it was delivered, and until when it can be complained of."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    number = serializers.CharField()
    date = serializers.DateField()
    delivered_on = serializers.DateField()
    file_until = serializers.DateField()


class ComplaintShape(ComplaintLineShape):
    """One complaint in full."""

    act = ActShape(allow_null=True)
    complained_of = serializers.CharField(allow_blank=True)
    postal_address = serializers.CharField(allow_blank=True)
    actual_address = serializers.CharField(allow_blank=True)
    circumstances = serializers.CharField(allow_blank=True)
    demands = serializers.CharField(allow_blank=True)
    late_reason = serializers.CharField(allow_blank=True)
    stays = serializers.BooleanField(allow_null=True)
    arrived_on = serializers.DateField(allow_null=True)
    extended_until = serializers.DateField(allow_null=True)
    left_for = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField(allow_null=True)
    files = ComplaintFileShape(many=True)
    terms = TermShape(many=True)
    hearing = HearingShape(allow_null=True)
    documents = DocumentShape(many=True)
    actions = ComplaintOfferShape(many=True)
