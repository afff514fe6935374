"""What commands on suits take: one body per action (api.md)."""

from typing import Any

from rest_framework import serializers

from appeals.statuses import Target
from appeals.suits.statuses import ACTIONS, CourtOutcome
from casework.decisions.api.bodies import COMMON_BODIES, CourtActBody


class RecordSuitBody(serializers.Serializer[Any]):
    """A suit that came (Rules 23): `scan` as a file (multipart/form-data), or `scan_id` of one in the case it is about."""

    about = serializers.UUIDField(help_text="id of the application, proceeding or complaint it touches")
    target = serializers.ChoiceField(choices=Target.choices)
    act = serializers.UUIDField(required=False, allow_null=True, help_text="id of the contested decision")
    court = serializers.CharField(allow_blank=True)
    number = serializers.CharField(allow_blank=True)
    received_on = serializers.DateField(help_text="by the authority")
    demands = serializers.CharField(allow_blank=True)
    complained_first = serializers.BooleanField(help_text="`true`: a complaint was considered before")
    scan = serializers.FileField(required=False, allow_empty_file=True)
    scan_id = serializers.UUIDField(required=False)


class PrepareResponseBody(serializers.Serializer[Any]):
    """The response; a position signed on paper where the suit came without a complaint and none is signed here."""

    response_kk = serializers.CharField(allow_blank=True)
    response_ru = serializers.CharField(allow_blank=True)
    position_by = serializers.CharField(allow_blank=True, default="")
    position_on = serializers.DateField(required=False, allow_null=True, default=None)
    scan = serializers.FileField(required=False, allow_empty_file=True)
    scan_id = serializers.UUIDField(required=False)


class RecordCourtActOnSuitBody(CourtActBody):
    """The court act on the suit (APPC 84, 100): `scan` as a file (multipart/form-data), or `scan_id`."""

    outcome = serializers.ChoiceField(choices=CourtOutcome.choices)  # type: ignore[assignment]  # the same text, its values named


class SuitSignAsk(serializers.Serializer[Any]):
    """For which action the bytes are wanted; `params` is what the document says."""

    action = serializers.ChoiceField(choices=[(name, name) for name, a in ACTIONS.items() if a.signed])
    params = serializers.DictField(required=False)


RECORD_EXAMPLE: dict[str, Any] = {
    "about": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
    "target": "decision",
    "act": "2f0a3b1c-1f5f-4f51-8d0e-0c8c6b1f6a20",
    "court": "СМАС города Астаны",
    "number": "7194-26-00-4/118",
    "received_on": "2026-11-18",
    "demands": "Признать отказ незаконным и отменить.",
    "complained_first": False,
    "scan_id": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a12",
}
# what goes as `params` of a sign request, by action
PARAMS_EXAMPLES: dict[str, dict[str, Any]] = {
    "give_position": {
        "position_kk": "Бас тарту құжатта мекенжайдың болмауына негізделген және заңға сәйкес келеді.",
        "position_ru": "Отказ основан на отсутствии адреса в документе и соответствует закону.",
    },
    "sign": {},
}
# the body of each action that is not signed
BODY_EXAMPLES: dict[str, dict[str, Any]] = {
    **COMMON_BODIES,
    "prepare_response": {
        "response_kk": "Бас тарту заңды: құжатта деректерді өңдеу орталығының мекенжайы көрсетілмеген.",
        "response_ru": "Отказ законен: в документе не указан адрес центра обработки данных.",
        "position_by": "Руководитель вышестоящего органа",
        "position_on": "2026-11-19",
        "scan_id": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a12",
    },
    "record_court_act": {
        "outcome": "cancelled",
        "court": "СМАС города Астаны",
        "number": "7194-26-00-4/118",
        "in_force_on": "2027-02-18",
        "scan_id": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11",
    },
}
