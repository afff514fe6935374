"""What commands on complaints take: one body per action (api.md)."""

from typing import Any

from rest_framework import serializers

from appeals.statuses import ACTIONS, OUTCOME_CHOICES, Addressee, LeaveReason, Target
from casework.decisions.api.bodies import COMMON_BODIES, HEARING_PARAMS

_FACTS = {
    "facts_kk": "Қалалық әкімдіктің анықтамасы мекенжайды растайды, бірақ ол мерзімінен кейін берілген.",
    "facts_ru": "Справка акимата подтверждает адрес, но выдана после срока.",
}


class ComplaintDraftBody(serializers.Serializer[Any]):
    """What is complained of: the case, and of a decision its act."""

    target = serializers.ChoiceField(choices=Target.choices)
    about = serializers.UUIDField(help_text="id of the application or proceeding")
    act = serializers.UUIDField(required=False, allow_null=True, help_text="id of the decision complained of")


class ComplaintChangesBody(serializers.Serializer[Any]):
    """What changes in a draft; what is left out stays as it is."""

    addressee = serializers.ChoiceField(choices=Addressee.choices, required=False)
    postal_address = serializers.CharField(required=False, allow_blank=True)
    actual_address = serializers.CharField(required=False, allow_blank=True)
    complained_of = serializers.CharField(required=False, allow_blank=True)
    circumstances = serializers.CharField(required=False, allow_blank=True)
    demands = serializers.CharField(required=False, allow_blank=True)
    late_reason = serializers.CharField(required=False, allow_blank=True)


class ComplaintFileBody(serializers.Serializer[Any]):
    """A file of a draft (multipart/form-data)."""

    title = serializers.CharField(required=False, allow_blank=True)
    file = serializers.FileField(allow_empty_file=True)


class ComplaintSignAsk(serializers.Serializer[Any]):
    """For which action the bytes are wanted; `params` is what the document says."""

    action = serializers.ChoiceField(choices=[(name, name) for name, a in ACTIONS.items() if a.signed])
    params = serializers.DictField(required=False)


class SatisfyBody(serializers.Serializer[Any]):
    """Why the act falls, in both languages."""

    reasons_kk = serializers.CharField(allow_blank=True)
    reasons_ru = serializers.CharField(allow_blank=True)


class ForwardBody(serializers.Serializer[Any]):
    """The provider's position, in both languages."""

    position_kk = serializers.CharField(allow_blank=True)
    position_ru = serializers.CharField(allow_blank=True)


class ExtendBody(serializers.Serializer[Any]):
    """Why further study or a check is needed (PS 25(4))."""

    reason = serializers.CharField(allow_blank=True)


class PrepareDecisionBody(serializers.Serializer[Any]):
    """The outcome with its reasons; after a hearing also what both sides said."""

    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES)
    in_full = serializers.BooleanField(required=False, default=False, help_text="all demands are met")
    grounds = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="grounds of the act that stand"
    )
    reasons_kk = serializers.CharField(allow_blank=True)
    reasons_ru = serializers.CharField(allow_blank=True)
    heard_kk = serializers.CharField(required=False, allow_blank=True)
    heard_ru = serializers.CharField(required=False, allow_blank=True)


class RecordOutcomeBody(serializers.Serializer[Any]):
    """What a body outside the portal decided (multipart/form-data with the scan)."""

    outcome = serializers.ChoiceField(choices=OUTCOME_CHOICES)
    number = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField()
    reasons = serializers.CharField(allow_blank=True)
    scan = serializers.FileField(required=False, allow_empty_file=True)


# what goes as `params` of a sign request, by action
PARAMS_EXAMPLES: dict[str, dict[str, Any]] = {
    "submit": {},
    "withdraw": {"reason": "Вопрос решён."},
    "notify_hearing": _FACTS,
    **{name: said for name, said in HEARING_PARAMS.items() if name != "agree_late_notice"},
    "leave": {"reason": LeaveReason.SUIT_PENDING, **_FACTS},
    "sign": {},
}
# the body of each action that is not signed
BODY_EXAMPLES: dict[str, dict[str, Any]] = {
    **COMMON_BODIES,
    "satisfy": {
        "reasons_kk": "Мекенжай құжаттың екінші бетінде көрсетілген.",
        "reasons_ru": "Адрес указан на втором листе документа.",
    },
    "forward": {
        "position_kk": "Бас тарту негіздері іс материалдарымен расталады.",
        "position_ru": "Основания отказа подтверждены материалами дела.",
    },
    "extend": {"reason": "Запрошен ответ системного оператора."},
    "prepare_decision": {
        "outcome": "remanded",
        "in_full": False,
        "grounds": ["3"],
        "reasons_kk": "Өтініш берушінің жауабы бағаланбаған.",
        "reasons_ru": "Ответ заявителя не получил оценки.",
        "heard_kk": "Екі тарап тыңдалды.",
        "heard_ru": "Обе стороны заслушаны.",
    },
    "record_outcome": {
        "outcome": "dismissed",
        "number": "17-05/112",
        "decided_on": "2026-11-20",
        "reasons": "Отказ признан обоснованным.",
    },
}
