"""What commands on a proceeding take; the field names are part of the contract (api.md)."""

from typing import Any

from rest_framework import serializers

from casework.decisions.api.bodies import COMMON_BODIES, HEARING_PARAMS, CourtActBody
from licenses.proceedings import rules
from licenses.proceedings.papers.correction import said_in_form
from licenses.proceedings.statuses import ACTIONS, BY_EXECUTOR, BY_LICENSEE, Kind
from licenses.rules.corrections import ANNEX_FIELDS, LICENCE_FIELDS

_OPENED_BY_HAND = [(kind, kind.label) for kind in Kind if kind in (*BY_LICENSEE, *BY_EXECUTOR)]


class ProceedingGroundBody(serializers.Serializer[Any]):
    """A ground with its facts and, after a hearing, the assessment of the answer."""

    code = serializers.CharField(required=False, help_text="DA 9(4), PL 35(1); none for a refused request")
    facts_kk = serializers.CharField(allow_blank=True)
    facts_ru = serializers.CharField(allow_blank=True)
    assessment_kk = serializers.CharField(required=False, allow_blank=True)
    assessment_ru = serializers.CharField(required=False, allow_blank=True)


class CorrectionBody(serializers.Serializer[Any]):
    """PL 44: one error. What stands there now may be said too; it must be what the register says."""

    annex = serializers.CharField(
        required=False, allow_blank=True, help_text="001, 002 …; none: the licence itself"
    )
    field = serializers.ChoiceField(
        choices=[
            (name, name) for name in dict.fromkeys((*LICENCE_FIELDS, *ANNEX_FIELDS["I"], *ANNEX_FIELDS["II"]))
        ]
    )
    stands = serializers.CharField(required=False, allow_blank=True)
    reads = serializers.CharField(allow_blank=True, help_text="what should stand there")


class ProceedingBody(serializers.Serializer[Any]):
    """A request of the licensee begins as a draft; an executor opens a proceeding of the authority."""

    kind = serializers.ChoiceField(choices=_OPENED_BY_HAND)
    annexes = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="001, 002 …; none: the licence itself"
    )
    months = serializers.IntegerField(required=False, help_text="of a suspension, 1 to 6")
    reason = serializers.CharField(required=False, help_text="what the licensee says")
    grounds = ProceedingGroundBody(many=True, required=False)
    pool_name = serializers.CharField(required=False, help_text="of a pool notice (Rules 16)")
    pool_bin = serializers.CharField(required=False, help_text="of a pool notice: twelve digits")
    changed_on = serializers.DateField(required=False, help_text="of a pool notice: the day of the change")
    corrections = CorrectionBody(many=True, required=False, help_text="of a correction (PL 44)")


class PoolNoticeBody(serializers.Serializer[Any]):
    """Rules 16: the pool from now on and the day of the change; evidence and signature follow on the notice made."""

    pool_name = serializers.CharField()
    pool_bin = serializers.CharField(help_text="twelve digits")
    changed_on = serializers.DateField()


class ProceedingFileBody(serializers.Serializer[Any]):
    """One file (multipart/form-data): proof of a cure, scan of a suit or court act."""

    file = serializers.FileField(allow_empty_file=True)


class ProceedingSignAsk(serializers.Serializer[Any]):
    """For which action the bytes are wanted; `params` is what the document says."""

    action = serializers.ChoiceField(
        choices=[(name, name) for name, action in ACTIONS.items() if action.signed]
    )
    params = serializers.DictField(required=False)


class PrepareBody(serializers.Serializer[Any]):
    """What the order says beyond what is known: a suspension, a termination by event, a correction; else nothing.

    A page's form shows every text of the licence as it stands and posts all of them (`correct-001-address_ru`).
    """

    months = serializers.IntegerField(required=False, min_value=rules.MIN_MONTHS, max_value=rules.MAX_MONTHS)
    grounds = ProceedingGroundBody(many=True, required=False)
    code = serializers.CharField(
        required=False, help_text="with the four below: one ground, as a form names it"
    )
    facts_kk = serializers.CharField(required=False, allow_blank=True)
    facts_ru = serializers.CharField(required=False, allow_blank=True)
    assessment_kk = serializers.CharField(required=False, allow_blank=True)
    assessment_ru = serializers.CharField(required=False, allow_blank=True)
    works_at_once_reason_kk = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="of a suspension: why a complaint does not stay it (APPC 96(2)); none: a complaint stays it",
    )
    works_at_once_reason_ru = serializers.CharField(required=False, allow_blank=True)
    corrections = CorrectionBody(
        many=True, required=False, help_text="of a correction; none: as the request names them"
    )

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        said: dict[str, Any] = super().to_internal_value(data)
        return {**said, **said_in_form(data)}


class PrepareRequestRefusalBody(serializers.Serializer[Any]):
    """The reasons of a refusal; after a hearing each with the assessment of the answer. Or one, field by field."""

    grounds = ProceedingGroundBody(many=True, required=False)
    facts_kk = serializers.CharField(required=False, allow_blank=True)
    facts_ru = serializers.CharField(required=False, allow_blank=True)
    assessment_kk = serializers.CharField(required=False, allow_blank=True)
    assessment_ru = serializers.CharField(required=False, allow_blank=True)


class DropBody(serializers.Serializer[Any]):
    """Why the authority gives its proceeding up."""

    reason = serializers.CharField(allow_blank=True)


class FileSuitBody(serializers.Serializer[Any]):
    """The suit (PL 45(4)); `scan` as a file (multipart/form-data), or `scan_id` of one attached before."""

    court = serializers.CharField(allow_blank=True)
    date = serializers.DateField()
    number = serializers.CharField(allow_blank=True)
    scan = serializers.FileField(required=False, allow_empty_file=True)
    scan_id = serializers.UUIDField(required=False)


class RecordCourtActBody(CourtActBody):
    """The court act (DA 9(7)): revoked from the date in force, or suit dismissed; the scan as for a suit."""

    outcome = serializers.CharField(help_text="`revoked` or `dismissed`")


_GROUND = {
    "code": "2",
    "facts_kk": "Тексеру актісімен пулдың аккредиттелмегені анықталды.",
    "facts_ru": "Актом проверки установлено, что пул не аккредитован.",
}
_ASSESSED = {
    "assessment_kk": "Лицензиаттың жауабы фактіні жоққа шығармайды.",
    "assessment_ru": "Ответ лицензиата факт не опровергает.",
}
_SCAN = {"scan_id": "0b4e6c1e-6f1d-4c7e-9f7f-0b8a5f4f7a11"}
# what goes as `params` of a sign request, by action
PARAMS_EXAMPLES: dict[str, dict[str, Any]] = {
    "submit": {"months": 3, "reason": "Ремонт подстанции."},
    "withdraw": {"reason": "Изменились планы."},
    "notify_hearing": {"months": 3, "grounds": [_GROUND]},
    **HEARING_PARAMS,
    "sign": {},
    "confirm_court_act": {},
}
# the body of each action that is not signed
BODY_EXAMPLES: dict[str, dict[str, Any]] = {
    **COMMON_BODIES,
    "prepare": {"months": 3, "grounds": [{**_GROUND, **_ASSESSED}]},
    "prepare_refusal": {
        "grounds": [{"facts_kk": _GROUND["facts_kk"], "facts_ru": _GROUND["facts_ru"], **_ASSESSED}]
    },
    "drop": {"reason": "Нарушение устранено до решения."},
    "file_suit": {"court": "СМАС города Астаны", "date": "2027-02-18", "number": "7194-27", **_SCAN},
    "record_court_act": {
        "outcome": "revoked",
        "court": "СМАС города Астаны",
        "number": "7194-27-00-4/115",
        "in_force_on": "2027-04-05",
        **_SCAN,
    },
}
