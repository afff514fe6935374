"""What answers about any case look like; the OpenAPI document is made from these."""

from typing import Any

from rest_framework import serializers

from casework.deadlines.statuses import TermState
from casework.decisions.models import Hearing
from casework.documents.models import OfficialDocument
from foundation.accounts.models import Party


class StandShape(serializers.Serializer[Any]):
    """Where a case stands after a command; read it again for the rest."""

    id = serializers.UUIDField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    draft_no = serializers.CharField()
    incoming_no = serializers.CharField(allow_null=True)


class PartyShape(serializers.Serializer[Any]):
    """The applicant; in lists an entrepreneur's IIN is masked."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Party.Kind.choices)
    number = serializers.CharField(help_text="BIN or IIN")
    name_kk = serializers.CharField()
    name_ru = serializers.CharField()


class OfficerShape(serializers.Serializer[Any]):
    """An officer; applicants see the name of their executor."""

    id = serializers.UUIDField()
    login = serializers.CharField(allow_null=True, help_text="for officers only")
    name = serializers.CharField()


class NextDueShape(serializers.Serializer[Any]):
    """What the authority owes next."""

    code = serializers.CharField()
    name = serializers.CharField()
    due_at = serializers.DateTimeField()


class TermShape(serializers.Serializer[Any]):
    """A term; `explanation` is the address of its days, each counted or not and why."""

    id = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=TermState.choices)
    start = serializers.DateField()
    due_on = serializers.DateField()
    due_at = serializers.DateTimeField()
    days_left = serializers.IntegerField(
        help_text="working days up to the day, negative once past", allow_null=True
    )
    met_at = serializers.DateTimeField(allow_null=True)
    passed_at = serializers.DateTimeField(allow_null=True)
    citation = serializers.CharField()
    explanation = serializers.CharField()


class CountedDayShape(serializers.Serializer[Any]):
    """One day of a term."""

    date = serializers.DateField()
    counted = serializers.BooleanField()
    number = serializers.IntegerField(allow_null=True, help_text="of a counted day")
    why = serializers.CharField()


class DateChangeShape(serializers.Serializer[Any]):
    """From when the last day was which, and why; the first entry is the opening."""

    at = serializers.DateTimeField()
    due_on = serializers.DateField()
    why = serializers.CharField()


class OutageShape(serializers.Serializer[Any]):
    """When the portal could not be used; no date moves by it."""

    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    what = serializers.CharField()


class TermExplainedShape(TermShape):
    """A term day by day, with how its date came about and outages of the portal meanwhile."""

    days = CountedDayShape(many=True)
    changes = DateChangeShape(many=True)
    outages = OutageShape(many=True)


class HearingShape(serializers.Serializer[Any]):
    """The hearing that counts: the latest not replaced by a new notice."""

    state = serializers.ChoiceField(choices=Hearing.State.choices)
    mode = serializers.ChoiceField(choices=Hearing.Mode.choices)
    notified_on = serializers.DateField()
    objections_until = serializers.DateTimeField()
    refusal_not_before = serializers.DateField()
    late = serializers.BooleanField()
    grounds = serializers.ListField(child=serializers.DictField())
    oral_requested_at = serializers.DateTimeField(allow_null=True)
    planned_at = serializers.DateTimeField(allow_null=True)
    planned_until = serializers.DateTimeField(allow_null=True)
    place = serializers.CharField(allow_blank=True)
    link = serializers.CharField(allow_blank=True)
    waived_at = serializers.DateTimeField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    answer_final = serializers.BooleanField()
    attended = serializers.BooleanField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)


class DocumentShape(serializers.Serializer[Any]):
    """A document of the case in one language; `sha256` is that of the signed bytes."""

    id = serializers.UUIDField()
    kind = serializers.CharField()
    language = serializers.ChoiceField(choices=[("kk", "kk"), ("ru", "ru")])
    subject = serializers.CharField(allow_blank=True)
    number = serializers.CharField()
    edition = serializers.IntegerField()
    date = serializers.DateField()
    sha256 = serializers.CharField()
    state = serializers.ChoiceField(choices=OfficialDocument.State.choices)
    published_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()


class DecisionShape(serializers.Serializer[Any]):
    """The prepared decision that waits for a head; officers only."""

    kind = serializers.CharField()
    outcome = serializers.CharField()
    state = serializers.CharField()
    number = serializers.CharField(allow_blank=True)
    prepared_by = serializers.CharField()
    prepared_at = serializers.DateTimeField()
    opened_by = serializers.CharField(allow_null=True)


class OfferShape(serializers.Serializer[Any]):
    """An action this person may try; when it is not possible now: why, by which paragraph, and what to do."""

    action = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, not DRF's own attribute
    possible = serializers.BooleanField()
    signed = serializers.BooleanField(help_text="takes `sign_request` and `cms`")
    code = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    advice = serializers.CharField(allow_null=True)
    citation = serializers.CharField()


class HappeningShape(serializers.Serializer[Any]):
    """One fact of the journal."""

    seq = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.CharField()
    what = serializers.CharField()
    who = serializers.CharField()
    version = serializers.IntegerField(allow_null=True)
    hash = serializers.CharField()


class TimelineShape(serializers.Serializer[Any]):
    """The journal of the case, oldest first."""

    results = HappeningShape(many=True)


class DocumentsShape(serializers.Serializer[Any]):
    """The documents of the case."""

    results = DocumentShape(many=True)


class ProblemShape(serializers.Serializer[Any]):
    """application/problem+json (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()
    citation = serializers.CharField(required=False)
    advice = serializers.CharField(required=False)
    errors = serializers.DictField(required=False)  # type: ignore[assignment]  # a field, as above
