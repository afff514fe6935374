"""What commands on any case take: field names are part of the contract (api.md)."""

from typing import Any

from rest_framework import serializers

from casework.decisions.services.officers import GROUNDS


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


class RequestOralBody(serializers.Serializer[Any]):
    """In a room of the authority, or by video."""

    video = serializers.BooleanField(required=False, default=False)
    short_notice = serializers.BooleanField(
        required=False,
        default=False,
        help_text="agrees to a time less than two office hours after being told",
    )


class PostponeBody(serializers.Serializer[Any]):
    """A time inside the limits of the hearing."""

    planned_at = serializers.DateTimeField()
    place = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="in words; or a room, or a link"
    )
    room = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="code of a room of the authority"
    )
    link = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=300, help_text="of the video call, https://"
    )
    minutes = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=15, max_value=180, help_text="30 unless said"
    )


class SendBackBody(serializers.Serializer[Any]):
    """What is to be changed."""

    reason = serializers.CharField(allow_blank=True)


SIGNED_EXAMPLE = {
    "sign_request": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
    "cms": "-----BEGIN CMS-----\nMIIG…\n-----END CMS-----\n",
}
# what goes as `params` of a sign request about a hearing, by action
HEARING_PARAMS: dict[str, dict[str, Any]] = {
    "answer_hearing": {"text": "Прилагаем выписку с адресом центра.", "final": True},
    "agree_late_notice": {"reason": "Ответ реестра поступил в последний день срока."},
    "sign_protocol": {
        "started_at": "2026-12-10T10:00:00+05:00",
        "ended_at": "2026-12-10T10:40:00+05:00",
        "attended": True,
        "present": ["Тестова Айгерім Қуатқызы"],
        "explanations": "Заявитель пояснил, что адрес указан в приложении к договору.",
    },
}
# the body of each such action that is not signed
COMMON_BODIES: dict[str, dict[str, Any]] = {
    "assign": {"executor": "executor", "reason": "По распределению"},
    "ask_recusal": {
        "officer": "executor",
        "ground": "relative",
        "reason": "Исполнитель приходится заявителю братом.",
    },
    "decide_recusal": {"granted": True, "reason": "Родство подтверждено."},
    "request_oral": {"video": False},
    "waive_hearing": {},
    "postpone_hearing": {
        "planned_at": "2026-12-10T10:00:00+05:00",
        "place": "Астана, Мәңгілік ел 55/5, каб. 315",
    },
    "record_hearing": {},
    "send_back": {"reason": "Уточнить примечание о судебных актах."},
    "open_signing": {},
}


class CourtActBody(serializers.Serializer[Any]):
    """What a court decided; `scan` as a file (multipart/form-data), or `scan_id` of one attached before."""

    outcome = serializers.CharField()
    court = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_blank=True)
    in_force_on = serializers.DateField()
    scan = serializers.FileField(required=False, allow_empty_file=True)
    scan_id = serializers.UUIDField(required=False)
