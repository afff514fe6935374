"""What answers about suits look like; the OpenAPI document is made from these."""

from typing import Any

from rest_framework import serializers

from appeals.statuses import Target
from appeals.suits.statuses import ACTIONS, Status
from casework.decisions.api import shapes
from casework.decisions.api.shapes import DocumentShape, OfficerShape, PartyShape, TermShape


class SuitOfferShape(shapes.OfferShape):
    """An action this person may try on a suit; closed ones say why."""

    action = serializers.ChoiceField(  # type: ignore[assignment]  # the same text, its values named
        choices=[(name, name) for name in ACTIONS]
    )


class SuitStandShape(shapes.StandShape):
    """Where the suit stands after a command; read it again for the rest."""

    status = serializers.ChoiceField(choices=Status.choices)  # type: ignore[assignment]  # as above


class ContestedShape(serializers.Serializer[Any]):
    """The contested act, and whether it is in force."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    number = serializers.CharField()
    date = serializers.DateField()
    in_force = serializers.BooleanField()


class SuitLineShape(serializers.Serializer[Any]):
    """One suit in a list."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    version = serializers.IntegerField()
    incoming_no = serializers.CharField(allow_null=True)
    target = serializers.ChoiceField(choices=Target.choices)
    about = serializers.UUIDField()
    about_number = serializers.CharField()
    court = serializers.CharField()
    number = serializers.CharField()
    received_on = serializers.DateField()
    complained_first = serializers.BooleanField()
    party = PartyShape()
    executor = OfficerShape(allow_null=True)
    outcome = serializers.CharField(allow_blank=True, help_text="once a court act is in force")
    in_force_on = serializers.DateField(allow_null=True)


class SuitShape(SuitLineShape):
    """One suit in full; `court_set`: where the set for the court is, once the response is signed, for officers."""

    demands = serializers.CharField()
    act = ContestedShape(allow_null=True)
    response = serializers.CharField(allow_blank=True)
    position = serializers.CharField(allow_blank=True)
    court_set = serializers.CharField(allow_blank=True)
    terms = TermShape(many=True)
    documents = DocumentShape(many=True)
    actions = SuitOfferShape(many=True)
