"""What the register's answers look like; the OpenAPI document is made from these."""

from rest_framework import serializers

from licenses.rules.answers import Answer
from licenses.statuses import LicenceStatus, SubKind


class HolderShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """To whom the licence is issued; an entrepreneur's IIN is masked for the public."""

    kind = serializers.CharField(source="holder_kind")
    name_kk = serializers.CharField(source="holder_kk")
    name_ru = serializers.CharField(source="holder_ru")
    number = serializers.CharField(source="holder_number")


class StandingShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """A state on a day."""

    status = serializers.ChoiceField(choices=LicenceStatus.choices)
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True)
    stayed = serializers.BooleanField()


class FoundShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """One line of the register."""

    number = serializers.CharField()
    sub_kind = serializers.ChoiceField(choices=SubKind.choices)
    standing = StandingShape()
    holder = HolderShape(source="*")
    regions = serializers.ListField(child=serializers.CharField())
    first_issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    edition = serializers.IntegerField()
    annexes = serializers.IntegerField()


class RegisterPageShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """A page of the register; `cut`: more than 1,000 names were alike, ask more narrowly."""

    as_of = serializers.DateField()
    results = FoundShape(many=True)
    next = serializers.CharField(allow_null=True)
    cut = serializers.BooleanField()


class ExportedShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dict, no model behind
    """One line of the export, as the description of the open data explains it."""

    number = serializers.CharField()
    sub_kind = serializers.ChoiceField(choices=SubKind.choices)
    status = serializers.ChoiceField(choices=LicenceStatus.choices)
    status_since = serializers.DateField()
    suspended_until = serializers.DateField(allow_null=True)
    stayed = serializers.BooleanField()
    holder_kind = serializers.CharField()
    holder_number = serializers.CharField()
    holder_kk = serializers.CharField()
    holder_ru = serializers.CharField()
    regions = serializers.ListField(child=serializers.CharField())
    first_issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    edition = serializers.IntegerField()
    annexes = serializers.IntegerField()


class ExportShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dict, no model behind
    """The whole register as of a day."""

    as_of = serializers.DateField()
    licences = ExportedShape(many=True)


class EditionShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """One edition of the licence or of an annex."""

    edition = serializers.IntegerField()
    issued_on = serializers.DateField()
    superseded_by = serializers.IntegerField(allow_null=True)
    correction = serializers.BooleanField(help_text="it mends an error of the one before (PL 44)")


class AnnexShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """One data centre."""

    number = serializers.CharField()
    issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    edition = serializers.IntegerField()
    standing = StandingShape()
    address_kk = serializers.CharField()
    address_ru = serializers.CharField()
    region = serializers.CharField(source="region_code")
    power_source = serializers.CharField(allow_blank=True)
    host_name = serializers.CharField(allow_blank=True)
    host_licence_number = serializers.CharField(allow_blank=True)
    replaced_by = serializers.CharField(allow_blank=True)
    editions = EditionShape(many=True)


class HistoryShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """One legal period; `replaced_on`: a later entry about the same days took its place."""

    status = serializers.ChoiceField(choices=LicenceStatus.choices)
    first = serializers.DateField()
    last = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    stayed = serializers.BooleanField()
    basis = serializers.CharField()
    recorded_on = serializers.DateField()
    replaced_on = serializers.DateField(allow_null=True)


class CardShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """One licence; `known_then` is given where the register said otherwise on the asked day itself."""

    number = serializers.CharField()
    sub_kind = serializers.ChoiceField(choices=SubKind.choices)
    as_of = serializers.DateField(source="day")
    standing = StandingShape()
    known_then = StandingShape(allow_null=True)
    edition = serializers.IntegerField()
    first_issued_on = serializers.DateField()
    issued_on = serializers.DateField()
    expires_on = serializers.DateField()
    holder = HolderShape(source="*")
    location = serializers.CharField(allow_blank=True)
    activity = serializers.CharField()
    special_conditions = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    provider = serializers.CharField()
    head_name = serializers.CharField()
    annexes = AnnexShape(many=True)
    editions = EditionShape(many=True)
    history = HistoryShape(many=True)


class CheckShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dataclass, no model behind
    """The answer of the check."""

    answer = serializers.ChoiceField(choices=[(answer.value, answer.value) for answer in Answer])
    number = serializers.CharField(allow_blank=True)
    annex = serializers.CharField(allow_blank=True)
    edition = serializers.IntegerField(allow_null=True)
    superseded_by = serializers.CharField(allow_blank=True)
    standing = StandingShape(allow_null=True)
    mistyped = serializers.BooleanField()
    document_kind = serializers.CharField(allow_blank=True)
    document_date = serializers.DateField(allow_null=True)


class KeyShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dict, no model behind
    """A public key: 32 raw bytes, base64url without padding."""

    purpose = serializers.ChoiceField(choices=[("qr", "qr"), ("anchor", "anchor")])
    key_id = serializers.CharField()
    algorithm = serializers.CharField()
    public_key = serializers.CharField()


class KeysShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dict, no model behind
    """Every key ever used."""

    keys = KeyShape(many=True)


class SignedShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dict, no model behind
    """Bytes (base64url) and the Ed25519 signature over exactly them."""

    content = serializers.CharField()
    key_id = serializers.CharField()
    signature = serializers.CharField()


class AnchorShape(SignedShape):
    """A signed daily anchor of the journal."""

    seq = serializers.IntegerField()
    date = serializers.DateField()
    hash = serializers.CharField()


class StatusListShape(serializers.Serializer):  # type: ignore[type-arg]  # shapes a dict, no model behind
    """The signed status list of the day and the journal's latest anchors."""

    status_list = SignedShape()
    anchors = AnchorShape(many=True)
