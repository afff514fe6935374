"""What commands take: one body per action, whose field names are part of the contract (api.md)."""

from typing import Any

from rest_framework import serializers

from applications.api.shapes import AddressShape
from applications.models import Application, Finding, PowerSource
from applications.papers.wording import DISCONTINUANCE_REASONS
from applications.statuses import ACTIONS
from casework.decisions.services.officers import GROUNDS


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


class NothingBody(serializers.Serializer[Any]):
    """The action takes nothing but who, when and which version."""


class SignedBody(serializers.Serializer[Any]):
    """The id of the sign request and the CMS over its bytes; what the document says was said there."""

    sign_request = serializers.UUIDField()
    cms = serializers.CharField(trim_whitespace=False, help_text="PEM or base64 of the DER")


class AssignBody(serializers.Serializer[Any]):
    """An executor by login or id."""

    executor = serializers.CharField()
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class AskRecusalBody(serializers.Serializer[Any]):
    """An officer by login or id, with the ground of APPC 67 and what it rests on."""

    officer = serializers.CharField()
    ground = serializers.ChoiceField(choices=list(GROUNDS.items()))
    reason = serializers.CharField(allow_blank=True)


class DecideRecusalBody(serializers.Serializer[Any]):
    """The head's decision on the request that waits."""

    granted = serializers.BooleanField()
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class PrepareIssueBody(serializers.Serializer[Any]):
    """Where it was looked for court acts that forbid the activity (Annex 3/10(4), (5))."""

    no_court_act_note = serializers.CharField(allow_blank=True)


class GroundBody(serializers.Serializer[Any]):
    """A ground of the notice with its facts and the assessment of the applicant's answer."""

    code = serializers.CharField()
    entries = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="Annex 11 entries"
    )
    evidence = serializers.ListField(child=serializers.CharField(), required=False)
    facts_kk = serializers.CharField(allow_blank=True)
    facts_ru = serializers.CharField(allow_blank=True)
    assessment_kk = serializers.CharField(allow_blank=True)
    assessment_ru = serializers.CharField(allow_blank=True)


class PrepareRefusalBody(serializers.Serializer[Any]):
    """Only grounds that were in the notice (Rules 10)."""

    grounds = GroundBody(many=True)


class PostponeBody(serializers.Serializer[Any]):
    """A time inside the limits of the hearing."""

    planned_at = serializers.DateTimeField()
    place = serializers.CharField(allow_blank=True)


class SendBackBody(serializers.Serializer[Any]):
    """What is to be changed."""

    reason = serializers.CharField(allow_blank=True)


class DiscontinueBody(serializers.Serializer[Any]):
    """The reason of APPC 70(1) and its facts in both languages."""

    reason = serializers.ChoiceField(choices=[(code, code) for code in DISCONTINUANCE_REASONS])
    facts_kk = serializers.CharField(allow_blank=True)
    facts_ru = serializers.CharField(allow_blank=True)


SIGNED_EXAMPLE = {
    "sign_request": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
    "cms": "-----BEGIN CMS-----\nMIIG…\n-----END CMS-----\n",
}
GROUND_EXAMPLE = {
    "code": "3",
    "entries": ["I-1"],
    "facts_kk": "Құқық белгілейтін құжатта деректерді өңдеу орталығының мекенжайы көрсетілмеген.",
    "facts_ru": "В правоустанавливающем документе не указан адрес центра обработки данных.",
}
# what goes as `params` of a sign request, by action
PARAMS_EXAMPLES: dict[str, dict[str, Any]] = {
    "submit": {},
    "withdraw": {"reason": "Изменились планы."},
    "return": {"items": ["I-3"]},
    "notify_hearing": {"grounds": [GROUND_EXAMPLE]},
    "answer_hearing": {"text": "Прилагаем выписку с адресом центра.", "final": True},
    "agree_late_notice": {"reason": "Ответ реестра поступил в последний день срока."},
    "sign_protocol": {
        "started_at": "2026-12-10T10:00:00+05:00",
        "ended_at": "2026-12-10T10:40:00+05:00",
        "present": ["Тестова Айгерім Қуатқызы"],
        "explanations": "Заявитель пояснил, что адрес указан в приложении к договору.",
    },
    "sign": {},
}
# the body of each action that is not signed
BODY_EXAMPLES: dict[str, dict[str, Any]] = {
    "assign": {"executor": "executor", "reason": "По распределению"},
    "ask_recusal": {
        "officer": "executor",
        "ground": "relative",
        "reason": "Исполнитель приходится заявителю братом.",
    },
    "decide_recusal": {"granted": True, "reason": "Родство подтверждено."},
    "accept": {},
    "prepare_issue": {"no_court_act_note": "По банку судебных актов запретов не найдено."},
    "request_oral": {},
    "waive_hearing": {},
    "postpone_hearing": {"planned_at": "2026-12-10T10:00:00+05:00", "place": "Астана, Мәңгілік ел 55/5, каб. 315"},
    "record_hearing": {},
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
    "send_back": {"reason": "Уточнить примечание о судебных актах."},
    "open_signing": {},
}  # fmt: skip
