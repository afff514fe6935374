"""The licence enters the register: in the transaction in which the head's signature becomes law."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Body, Party
from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.refusals import BadInput
from licenses import events
from licenses.models import Annex, AnnexEdition, AnnexPeriod, Licence, LicenceEdition, LicencePeriod
from licenses.rules import (
    CentreText,
    HolderText,
    LicenceText,
    PoolText,
    SignerText,
    annex_number,
    day_after,
    expiry,
    kazakh_sort_key,
    public_from,
    search_text,
)
from licenses.services.numbers import use_number
from licenses.statuses import Basis, LicenceStatus

_NO_POOL = PoolText()


@transaction.atomic
def grant_licence(
    *,
    case_id: UUID,
    act_id: UUID,
    party: Party,
    body: Body,
    sub_kind: str,
    number: str,
    issued_on: date,
    holder: HolderText,
    text: LicenceText,
    centres: Sequence[CentreText],
    signer: SignerText,
    actor_id: UUID,
    at: datetime,
    pool: PoolText = _NO_POOL,
) -> Licence:
    """Licence, first edition, an annex per data centre, legal periods and the used number (Rules 17, DA 9(1)).

    Call it inside the transaction that signs: all of it or nothing. `number` must be reserved for the case.
    """
    _require_centres(centres)
    shown = public_from(almaty(at), issued_on)
    licence = Licence.objects.create(
        number=number,
        sub_kind=sub_kind,
        party=party,
        body=body,
        case_id=case_id,
        first_issued_on=issued_on,
        issued_on=issued_on,
        expires_on=expiry(issued_on),
        public_from=shown,
        regions=sorted({centre.region_code for centre in centres}),
        search_text=search_text(holder.name_kk, holder.name_ru),
        sort_key=kazakh_sort_key(holder.name_kk or holder.name_ru),
        first_pool_name=pool.name,
        first_pool_bin=pool.bin,
    )
    LicenceEdition.objects.create(
        licence=licence,
        edition=1,
        issued_on=issued_on,
        public_from=shown,
        act_id=act_id,
        recorded_at=machine_now(),
        **licence_text(holder, text, signer),
    )
    LicencePeriod.objects.create(licence=licence, **_period_fields(licence, issued_on, act_id, actor_id, at))
    annexes = create_annexes(licence, centres, signer, case_id, act_id, issued_on, actor_id, at)
    use_number(number, case_id)
    record(
        kind=events.ISSUED,
        stream=licence.stream,
        at=at,
        actor_id=actor_id,
        subject_id=licence.pk,
        payload={
            "act": str(act_id),
            "annexes": [annex.number for annex in annexes],
            "case": str(case_id),
            "expires_on": licence.expires_on.isoformat(),
            "issued_on": issued_on.isoformat(),
            "number": number,
            "party": str(party.pk),
            "public_from": shown.isoformat(),
            "sub_kind": sub_kind,
        },
    )
    return licence


def create_annexes(
    licence: Licence,
    centres: Sequence[CentreText],
    signer: SignerText,
    case_id: UUID,
    act_id: UUID,
    issued_on: date,
    actor_id: UUID,
    at: datetime,
) -> list[Annex]:
    """An annex per centre, numbered on from the last one, bearing the term of its licence (PL 24)."""
    first = licence.annexes.count() + 1
    shown, now = public_from(almaty(at), issued_on), machine_now()
    annexes = Annex.objects.bulk_create(
        Annex(
            licence=licence,
            number=annex_number(index),
            case_id=case_id,
            issued_on=issued_on,
            expires_on=licence.expires_on,
            public_from=shown,
        )
        for index, _centre in enumerate(centres, start=first)
    )
    AnnexEdition.objects.bulk_create(
        AnnexEdition(
            annex=annex,
            edition=1,
            issued_on=issued_on,
            public_from=shown,
            act_id=act_id,
            recorded_at=now,
            **annex_text(centre, signer),
        )
        for annex, centre in zip(annexes, centres, strict=True)
    )
    AnnexPeriod.objects.bulk_create(
        AnnexPeriod(annex=annex, **_period_fields(licence, issued_on, act_id, actor_id, at))
        for annex in annexes
    )
    return annexes


def _period_fields(
    licence: Licence, issued_on: date, act_id: UUID, actor_id: UUID, at: datetime
) -> dict[str, object]:
    return {
        "status": LicenceStatus.ACTIVE,
        "period": DateRange(issued_on, day_after(licence.expires_on)),
        "basis": Basis.GRANT,
        "act_id": act_id,
        "known_from": at,
        "recorded_at": machine_now(),
        "recorded_by": actor_id,
    }


def licence_text(holder: HolderText, text: LicenceText, signer: SignerText) -> dict[str, str]:
    """What an edition of a licence says, as fields of its row (Forms 4, 5)."""
    return {
        "holder_kk": holder.name_kk,
        "holder_ru": holder.name_ru,
        "holder_number": holder.number,
        "location_kk": holder.location_kk,
        "location_ru": holder.location_ru,
        "activity_kk": text.activity_kk,
        "activity_ru": text.activity_ru,
        "special_conditions_kk": text.special_conditions_kk,
        "special_conditions_ru": text.special_conditions_ru,
        "note_kk": text.note_kk,
        "note_ru": text.note_ru,
        "place_kk": text.place_kk,
        "place_ru": text.place_ru,
        **_signer_fields(signer),
    }


def annex_text(centre: CentreText, signer: SignerText) -> dict[str, str]:
    """What an edition of an annex says, as fields of its row (Forms 6, 7)."""
    return {
        "address_kk": centre.address_kk,
        "address_ru": centre.address_ru,
        "region_code": centre.region_code,
        "power_source": centre.power_source,
        "host_name": centre.host_name,
        "host_licence_number": centre.host_licence_number,
        "special_conditions_kk": centre.special_conditions_kk,
        "special_conditions_ru": centre.special_conditions_ru,
        **_signer_fields(signer),
    }


def _signer_fields(signer: SignerText) -> dict[str, str]:
    return {
        "provider_kk": signer.provider_kk,
        "provider_ru": signer.provider_ru,
        "head_name": signer.head_name,
        "head_post_kk": signer.head_post_kk,
        "head_post_ru": signer.head_post_ru,
    }


def _require_centres(centres: Sequence[CentreText]) -> None:
    if not centres:
        raise BadInput(
            _("A licence has at least one data centre, each with its annex."),
            citation=cite("PL", 24),
            code="NO_DATA_CENTRE",
        )
