"""What answers look like; the OpenAPI document is made from these."""

from typing import Any

from rest_framework import serializers

from applications.cautions import CautionCode
from applications.completeness import ItemState
from applications.models import Application, Finding, Payment, PowerSource
from applications.rules import Way
from applications.statuses import ACTIONS, Status
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
from casework.documents.models import StoredFile
from licenses.selectors import HostState


class AddressShape(serializers.Serializer[Any]):
    """As the forms ask for it; `region` is the first two digits of KATO."""

    region = serializers.CharField(required=False, allow_blank=True)
    city = serializers.CharField(required=False, allow_blank=True)
    district = serializers.CharField(required=False, allow_blank=True)
    settlement = serializers.CharField(required=False, allow_blank=True)
    street = serializers.CharField(required=False, allow_blank=True)
    house = serializers.CharField(required=False, allow_blank=True)
    room = serializers.CharField(required=False, allow_blank=True)
    free_text = serializers.CharField(required=False, allow_blank=True)


class LineShape(serializers.Serializer[Any]):
    """One application in a list."""

    id = serializers.UUIDField()
    form = serializers.CharField()
    sub_kind = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    status_label = serializers.CharField()
    version = serializers.IntegerField()
    draft_no = serializers.CharField()
    incoming_no = serializers.CharField(allow_null=True)
    party = PartyShape()
    executor = OfficerShape(allow_null=True)
    created_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField(allow_null=True)
    registered_on = serializers.DateField(allow_null=True)
    next_due = NextDueShape(allow_null=True)
    overdue = serializers.BooleanField()


class HostShape(serializers.Serializer[Any]):
    """Sub-kind II: what our register says of the host; it warns, the executor's finding decides."""

    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in HostState])
    number = serializers.CharField(allow_blank=True)
    holder = serializers.CharField(allow_blank=True)
    status = serializers.CharField(allow_blank=True)
    expires_on = serializers.DateField(allow_null=True)


class DataCentreShape(serializers.Serializer[Any]):
    """A data centre of the form."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    address = AddressShape()
    power_source = serializers.ChoiceField(choices=PowerSource.choices, allow_blank=True)
    grid_connected = serializers.BooleanField(allow_null=True)
    grid_connected_on = serializers.DateField(allow_null=True)
    host_name = serializers.CharField(allow_blank=True)
    host_licence = serializers.CharField(allow_blank=True)
    host = HostShape(allow_null=True)
    annex = serializers.CharField(allow_blank=True)
    moves = serializers.BooleanField(allow_null=True)


class StatedGroundShape(serializers.Serializer[Any]):
    """A stated ground of re-issue; `late`: told after the 30 calendar days of PL 33(4)."""

    code = serializers.CharField()
    text = serializers.CharField()
    changed_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    late = serializers.BooleanField()
    details = serializers.DictField()


class ConfirmationShape(serializers.Serializer[Any]):
    """One of the four statements of the form, verbatim; `given_at` null: not ticked yet."""

    code = serializers.CharField()
    text_kk = serializers.CharField()
    text_ru = serializers.CharField()
    given_at = serializers.DateTimeField(allow_null=True)


class FileShape(serializers.Serializer[Any]):
    """A file that was handed in; closed until it is found clean."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    media_type = serializers.CharField()
    scan_state = serializers.ChoiceField(choices=StoredFile.ScanState.choices)
    url = serializers.CharField()


class FindingShape(serializers.Serializer[Any]):
    """The executor's finding that counts."""

    result = serializers.ChoiceField(choices=Finding.Result.choices)
    reason = serializers.CharField()
    found_by = serializers.CharField()
    found_at = serializers.DateTimeField()


class EvidenceShape(serializers.Serializer[Any]):
    """One file for one entry of Annex 11."""

    id = serializers.UUIDField()
    requirement = serializers.CharField()
    title = serializers.CharField()
    data_center = serializers.UUIDField(allow_null=True)
    issued_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    particulars = serializers.DictField()
    file = FileShape()
    added_at = serializers.DateTimeField()
    finding = FindingShape(allow_null=True)


class EvidenceAddedShape(EvidenceShape):
    """What was attached, and the version it made."""

    version = serializers.IntegerField()


class FindingMadeShape(FindingShape):
    """What was found, and the version it made."""

    evidence = serializers.UUIDField()
    version = serializers.IntegerField()


class PaymentShape(serializers.Serializer[Any]):
    """The payment that covers the fee."""

    reference = serializers.CharField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    paid_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=Payment.State.choices)


class FeeShape(serializers.Serializer[Any]):
    """The licence fee if paid today, and how it follows."""

    due = serializers.BooleanField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    formula = serializers.CharField(allow_blank=True)
    citation = serializers.CharField()
    payment = PaymentShape(allow_null=True)


class OfferShape(shapes.OfferShape):
    """An action this person may try; when it is not possible now: why, by which paragraph, and what to do."""

    action = serializers.ChoiceField(  # type: ignore[assignment]  # the same text, its values named
        choices=[(name, name) for name in ACTIONS]
    )


class ApplicationShape(LineShape):
    """One application in full."""

    scope = serializers.ChoiceField(choices=Application.Scope.choices)
    way = serializers.ChoiceField(
        choices=[(way.value, way.value) for way in Way], help_text="how it is decided"
    )
    target_licence = serializers.CharField(allow_blank=True)
    targets = serializers.ListField(child=serializers.CharField())
    grounds = StatedGroundShape(many=True)
    address = AddressShape()
    email = serializers.CharField(allow_blank=True)
    phone = serializers.CharField(allow_blank=True)
    owns_hardware = serializers.BooleanField(allow_null=True)
    locale = serializers.CharField()
    data_centers = DataCentreShape(many=True)
    confirmations = ConfirmationShape(many=True)
    signatory = serializers.CharField(allow_null=True)
    registered_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    reviewed_automatically = serializers.BooleanField()
    evidence = EvidenceShape(many=True)
    terms = TermShape(many=True)
    fee = FeeShape()
    hearing = HearingShape(allow_null=True)
    decision = DecisionShape(allow_null=True)
    documents = DocumentShape(many=True)
    actions = OfferShape(many=True)


class StandShape(shapes.StandShape):
    """Where the application stands after a command; read it again for the rest."""

    status = serializers.ChoiceField(choices=Status.choices)  # type: ignore[assignment]  # as above


class ItemShape(serializers.Serializer[Any]):
    """One entry of Annex 11, for the application or one of its data centres."""

    key = serializers.CharField(help_text="names the entry in `return`")
    code = serializers.CharField()
    title = serializers.CharField()
    data_center = serializers.UUIDField(allow_null=True)
    state = serializers.ChoiceField(choices=[(state.value, state.value) for state in ItemState])
    why = serializers.CharField()
    citation = serializers.CharField()
    evidence = serializers.ListField(child=serializers.UUIDField())


class CautionShape(serializers.Serializer[Any]):
    """What to think of before paying and filing; it forbids nothing."""

    code = serializers.ChoiceField(choices=[str(code) for code in CautionCode])
    title = serializers.CharField()
    text = serializers.CharField()
    citation = serializers.CharField()
    cases = serializers.ListField(child=serializers.CharField(), help_text="numbers of own open cases")


class CompletenessShape(serializers.Serializer[Any]):
    """What the officer will look for (Rules 7); `form` names what the form itself still lacks."""

    on = serializers.DateField(help_text="the day of registration it is looked at for")
    complete = serializers.BooleanField()
    items = ItemShape(many=True)
    form = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    cautions = CautionShape(many=True)
