"""What commands take: one body per action, whose field names are part of the contract (api.md)."""

from typing import Any

from rest_framework import serializers

from applications.api.shapes import AddressShape
from applications.models import Application, Finding, PowerSource
from applications.papers.wording import DISCONTINUANCE_REASONS
from applications.rules import Reorganisation
from applications.statuses import ACTIONS
from casework.decisions.api.bodies import COMMON_BODIES, HEARING_PARAMS, CourtActBody


class DraftBody(serializers.Serializer[Any]):
    """A new draft; `party` by its id, BIN or IIN, and may be left out by who acts for one party only."""

    form = serializers.CharField()
    party = serializers.CharField(required=False)


class CentreBody(serializers.Serializer[Any]):
    """A data centre; with `id` the one that is there already, else a new one. Those left out go."""

    id = serializers.UUIDField(required=False)
    address = AddressShape(required=False)
    power_source = serializers.ChoiceField(choices=PowerSource.choices, required=False, allow_blank=True)
    grid_connected = serializers.BooleanField(required=False, allow_null=True)
    grid_connected_on = serializers.DateField(required=False, allow_null=True)
    host_name = serializers.CharField(
        required=False, allow_blank=True, help_text="Form 2: the licensed sub-kind I miner whose centre it is"
    )
    host_licence = serializers.CharField(
        required=False, allow_blank=True, help_text="Form 2: number of the host's licence"
    )
    annex = serializers.CharField(
        required=False, allow_blank=True, help_text="the annex it takes the place of, or that is re-issued"
    )
    moves = serializers.BooleanField(
        required=False, allow_null=True, help_text="Form 9, ground 3: does the centre physically move"
    )


class StatedGroundBody(serializers.Serializer[Any]):
    """A ground of re-issue with the day of the change and what it changes (Forms 9, 10)."""

    code = serializers.CharField(help_text="9.1 … 9.6, 10.1 … 10.4")
    changed_on = serializers.DateField(required=False, allow_null=True)
    name_kk = serializers.CharField(required=False, allow_blank=True, help_text="ground 1: the new name")
    name_ru = serializers.CharField(required=False, allow_blank=True)
    reorganisation = serializers.ChoiceField(
        choices=[(kind.value, kind.value) for kind in Reorganisation], required=False
    )
    merged = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="BINs of the other merged parties"
    )
    act = serializers.CharField(
        required=False, allow_blank=True, help_text="sub-kind's name, law: the act and its paragraph"
    )


class ChangesBody(serializers.Serializer[Any]):
    """What changes in a draft; what is left out stays as it is. Half a form may be stored."""

    scope = serializers.ChoiceField(choices=Application.Scope.choices, required=False)
    target_licence = serializers.CharField(required=False, allow_blank=True)
    address = AddressShape(required=False)
    email = serializers.CharField(required=False, allow_blank=True)
    phone = serializers.CharField(required=False, allow_blank=True)
    owns_hardware = serializers.BooleanField(required=False, allow_null=True)
    locale = serializers.ChoiceField(
        choices=[("kk", "kk"), ("ru", "ru")], required=False, help_text="language of letters"
    )
    targets = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="re-issue: `licence`, numbers of annexes"
    )
    grounds = StatedGroundBody(many=True, required=False)
    data_centers = CentreBody(many=True, required=False)
    confirmations = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="codes of the statements ticked"
    )


class EvidenceBody(serializers.Serializer[Any]):
    """One file for one entry of Annex 11 (multipart/form-data)."""

    requirement = serializers.CharField()
    data_center = serializers.UUIDField(required=False, allow_null=True)
    issued_on = serializers.DateField(required=False, allow_null=True)
    expires_on = serializers.DateField(required=False, allow_null=True)
    particulars = serializers.JSONField(required=False, help_text="an object as JSON")
    file = serializers.FileField(allow_empty_file=True)


class FindingBody(serializers.Serializer[Any]):
    """The executor's finding, with the reason (Rules 8)."""

    result = serializers.ChoiceField(choices=Finding.Result.choices)
    reason = serializers.CharField(allow_blank=True)


class SignRequestAsk(serializers.Serializer[Any]):
    """For which action the bytes are wanted; `params` is what the document says."""

    action = serializers.ChoiceField(
        choices=[(name, name) for name, action in ACTIONS.items() if action.signed]
    )
    params = serializers.DictField(required=False)


class PrepareIssueBody(serializers.Serializer[Any]):
    """Where it was looked for court acts that forbid the activity (Annex 3/10(4), (5))."""

    no_court_act_note = serializers.CharField(allow_blank=True)


class GroundBody(serializers.Serializer[Any]):
    """A ground of the notice with its facts and the assessment of the applicant's answer."""

    code = serializers.CharField()
    entries = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Annex 11 entries"
    )
    evidence = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="files of the case with their pages: `<id>#3-5`",
    )
    records_kk = serializers.CharField(
        allow_blank=True,
        required=False,
        help_text="evidence outside the files, with number and date: a register's answer, a court act, what is lacking",
    )
    records_ru = serializers.CharField(allow_blank=True, required=False)
    facts_kk = serializers.CharField(allow_blank=True)
    facts_ru = serializers.CharField(allow_blank=True)
    assessment_kk = serializers.CharField(allow_blank=True, required=False)
    assessment_ru = serializers.CharField(allow_blank=True, required=False)


class PrepareRefusalBody(serializers.Serializer[Any]):
    """Only grounds that were in the notice (Rules 10); on re-issue by Rules 15 those of PL 33(5), 34, not assessed."""

    grounds = GroundBody(many=True)


class DiscontinueBody(serializers.Serializer[Any]):
    """The reason of APPC 70(1) and its facts in both languages."""

    reason = serializers.ChoiceField(choices=[(code, code) for code in DISCONTINUANCE_REASONS])
    facts_kk = serializers.CharField(allow_blank=True)
    facts_ru = serializers.CharField(allow_blank=True)


class CancelRefusalBody(serializers.Serializer[Any]):
    """Why the authority's own act was unlawful, in both languages (APPC 84)."""

    reasons_kk = serializers.CharField(allow_blank=True)
    reasons_ru = serializers.CharField(allow_blank=True)


class RecordRefusalCourtActBody(CourtActBody):
    """The court act on a refusal (APPC 84, 100): `scan` as a file (multipart/form-data), or `scan_id`."""

    outcome = serializers.CharField(help_text="`cancelled` or `upheld`")


GROUND_EXAMPLE = {
    "code": "3",
    "entries": ["I-1"],
    "records_kk": "Құқық белгілейтін құжат № 35-201-115 (I-1).",
    "records_ru": "Правоустанавливающий документ № 35-201-115 (I-1).",
    "facts_kk": "Құқық белгілейтін құжатта деректерді өңдеу орталығының мекенжайы көрсетілмеген.",
    "facts_ru": "В правоустанавливающем документе не указан адрес центра обработки данных.",
}
# what goes as `params` of a sign request, by action
PARAMS_EXAMPLES: dict[str, dict[str, Any]] = {
    "submit": {},
    "withdraw": {"reason": "Изменились планы."},
    "return": {"items": ["I-3"]},
    "notify_hearing": {"grounds": [GROUND_EXAMPLE]},
    **HEARING_PARAMS,
    "sign": {},
    "confirm_court_act": {},
}
# the body of each action that is not signed
BODY_EXAMPLES: dict[str, dict[str, Any]] = {
    **COMMON_BODIES,
    "accept": {},
    "prepare_issue": {"no_court_act_note": "По банку судебных актов запретов не найдено."},
    "prepare_refusal": {
        "grounds": [
            {
                **GROUND_EXAMPLE,
                "assessment_kk": "Өтініш берушінің жауабы құжатпен расталмаған.",
                "assessment_ru": "Ответ заявителя не подтверждён документом.",
            }
        ]
    },
    "discontinue": {
        "reason": "liquidated",
        "facts_kk": "Заңды тұлға 2026 жылғы 1 желтоқсанда таратылды.",
        "facts_ru": "Юридическое лицо ликвидировано 1 декабря 2026 года.",
    },
    "cancel_refusal": {
        "reasons_kk": "Мекенжай шарттың сыртқы бетінде көрсетілген, оны бағалау кезінде ескерілмеген.",
        "reasons_ru": "Адрес указан на обороте договора, при оценке он не учтён.",
    },
    "record_court_act": {
        "outcome": "cancelled",
        "court": "СМАС города Астаны",
        "number": "7194-26-00-4/118",
        "in_force_on": "2026-11-18",
        "scan_id": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
    },
}  # fmt: skip
