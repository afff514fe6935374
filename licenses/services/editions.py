"""New editions of what the register says: further annexes, annexes replaced, texts re-issued or corrected.

Number, day of first issue and expiry of a licence never change; the edition before is kept and superseded.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Party
from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.refusals import LawRefusal
from licenses import events
from licenses.models import Annex, AnnexEdition, AnnexPeriod, Licence, LicenceEdition
from licenses.rules import (
    CentreText,
    HolderText,
    LicenceText,
    SignerText,
    kazakh_sort_key,
    public_from,
    search_text,
)
from licenses.services.grant import annex_text, create_annexes, licence_text
from licenses.services.locks import lock_licence
from licenses.statuses import Basis, EditionState, LicenceStatus

LIVING = (LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED)


@dataclass(frozen=True, slots=True)
class AnnexText:
    """What an annex says from now on; an empty `number`: a further annex, which may take the place of `replaces`."""

    centre: CentreText
    number: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changes in one licence. `licence` None: the licence itself gets no new edition.

    `corrects`: errors are mended (PL 44); nothing else changes.
    """

    holder: HolderText | None = None
    licence: LicenceText | None = None
    annexes: tuple[AnnexText, ...] = ()
    party: Party | None = field(default=None)
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class SignedBy:
    """The signed act that makes the change: of which case, on which day, by whom."""

    case_id: UUID
    act_id: UUID
    issued_on: date
    signer: SignerText
    actor_id: UUID
    at: datetime

    @property
    def public_from(self) -> datetime:
        """Rules 5: what is signed after hours is shown from 09:00 of its day."""
        return public_from(almaty(self.at), self.issued_on)


@transaction.atomic
def change_licence(*, licence_id: UUID, change: Change, signed: SignedBy) -> Licence:
    """Write what the head signed (PL 24, 29(6), 33, 44; Rules 15): call it inside the transaction that signs.

    A further annex needs a licence in force; a new text is given to a suspended one too and stays suspended with it.
    """
    licence = lock_licence(licence_id)
    further = [row for row in change.annexes if not row.number]
    _require_living(licence, signed.issued_on, in_force=bool(further))
    if change.party is not None:
        licence.party = change.party
    if change.licence is not None and change.holder is not None:
        _new_licence_edition(licence, change.holder, change.licence, signed)
    for row in change.annexes:
        if row.number:
            _new_annex_edition(_annex(licence, row.number), row.centre, signed)
    made = _further_annexes(licence, further, signed)
    licence.regions = _regions(licence)
    licence.version += 1
    licence.save(
        update_fields=["party", "edition", "issued_on", "regions", "search_text", "sort_key", "version"]
    )
    _record(licence, change, made, signed)
    return licence


def _new_licence_edition(licence: Licence, holder: HolderText, text: LicenceText, signed: SignedBy) -> None:
    licence.editions.filter(state=EditionState.CURRENT).update(state=EditionState.SUPERSEDED)
    licence.edition += 1
    licence.issued_on = signed.issued_on
    licence.search_text = search_text(holder.name_kk, holder.name_ru)
    licence.sort_key = kazakh_sort_key(holder.name_kk or holder.name_ru)
    LicenceEdition.objects.create(
        licence=licence,
        edition=licence.edition,
        issued_on=signed.issued_on,
        public_from=signed.public_from,
        act_id=signed.act_id,
        recorded_at=machine_now(),
        **licence_text(holder, text, signed.signer),
    )


def _new_annex_edition(annex: Annex, centre: CentreText, signed: SignedBy) -> None:
    annex.editions.filter(state=EditionState.CURRENT).update(state=EditionState.SUPERSEDED)
    annex.edition += 1
    annex.save(update_fields=["edition"])
    AnnexEdition.objects.create(
        annex=annex,
        edition=annex.edition,
        issued_on=signed.issued_on,
        public_from=signed.public_from,
        act_id=signed.act_id,
        recorded_at=machine_now(),
        **annex_text(centre, signed.signer),
    )


def _further_annexes(licence: Licence, further: list[AnnexText], signed: SignedBy) -> list[Annex]:
    if not further:
        return []
    made = create_annexes(
        licence,
        [row.centre for row in further],
        signed.signer,
        signed.case_id,
        signed.act_id,
        signed.issued_on,
        signed.actor_id,
        signed.at,
    )
    for row, annex in zip(further, made, strict=True):
        if row.replaces:
            _replace(_annex(licence, row.replaces), annex, signed)
    return made


def _replace(old: Annex, new: Annex, signed: SignedBy) -> None:
    """The annex ends on the day the other begins; what the register knew of its later days is kept as known then."""
    old.terminate()
    old.replaced_by = new
    old.save(update_fields=["status", "replaced_by"])
    now, since, at = machine_now(), signed.issued_on, signed.at
    overlapping = list(old.periods.filter(known_to=None, period__overlap=DateRange(since, None)))
    AnnexPeriod.objects.filter(pk__in=[period.pk for period in overlapping]).update(known_to=at)
    kept = [period for period in overlapping if period.period.lower < since]
    for period in kept:
        period.pk = None
        period.period = DateRange(period.period.lower, since)
        period.known_from, period.known_to = at, None
        period.recorded_at, period.recorded_by = now, signed.actor_id
    ended = AnnexPeriod(
        annex=old,
        status=LicenceStatus.TERMINATED,
        period=DateRange(since, None),
        basis=Basis.REPLACED,
        act_id=signed.act_id,
        known_from=at,
        recorded_at=now,
        recorded_by=signed.actor_id,
    )
    AnnexPeriod.objects.bulk_create([*kept, ended])


def _annex(licence: Licence, number: str) -> Annex:
    annex = licence.annexes.select_for_update().filter(number=number, status__in=LIVING).first()
    if annex is None:
        raise LawRefusal(
            _("Annex {annex} to licence {number} is not in force.").format(
                annex=number, number=licence.number
            ),
            citation=cite("PL", 24),
            code="ANNEX_NOT_IN_FORCE",
            advice=_("Send the decision back; what is asked for has lost its object."),
        )
    return annex


def _regions(licence: Licence) -> list[str]:
    current = AnnexEdition.objects.filter(
        annex__licence=licence, annex__status__in=LIVING, state=EditionState.CURRENT
    )
    return sorted(set(current.values_list("region_code", flat=True)))


def _require_living(licence: Licence, on: date, *, in_force: bool) -> None:
    wanted = (LicenceStatus.ACTIVE,) if in_force else LIVING
    if licence.status in wanted and on <= licence.expires_on:
        return
    raise LawRefusal(
        _("Licence {number} is not in force: no annex can be added to it.").format(number=licence.number)
        if in_force
        else _("Licence {number} is not in force any more: it cannot be re-issued.").format(
            number=licence.number
        ),
        citation=cite("PL", "29(6)") if in_force else cite("PL", 33),
        code="LICENCE_NOT_IN_FORCE",
        advice=_("Send the decision back; what is asked for has lost its object."),
    )


def _record(licence: Licence, change: Change, made: list[Annex], signed: SignedBy) -> None:
    payload: dict[str, Any] = {
        "act": str(signed.act_id),
        "annexes": [annex.number for annex in made],
        "case": str(signed.case_id),
        "edition": licence.edition,
        "issued_on": signed.issued_on.isoformat(),
        "number": licence.number,
        "party": str(licence.party_id),
        "renewed": [row.number for row in change.annexes if row.number],
        "succeeded": change.party is not None,
        "replaced": [row.replaces for row in change.annexes if row.replaces],
    }
    record(
        kind=_kind(change, made),
        stream=licence.stream,
        at=signed.at,
        actor_id=signed.actor_id,
        subject_id=licence.pk,
        payload=payload,
    )


def _kind(change: Change, made: list[Annex]) -> str:
    if change.corrects:
        return events.CORRECTED
    return events.ANNEXES_ADDED if made and change.party is None else events.REISSUED


__all__ = ["AnnexText", "Change", "SignedBy", "change_licence"]
