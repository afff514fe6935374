"""What a licence and its annexes say today, as the texts that a new edition begins from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from licenses.models import Annex, AnnexEdition, Licence, LicenceEdition
from licenses.rules import CentreText, HolderText, LicenceText
from licenses.statuses import LIVING, EditionState, LicenceStatus


@dataclass(frozen=True, slots=True)
class LivingAnnex:
    """An annex that was not ended, with the text of its current edition."""

    number: str
    edition: int
    issued_on: date
    centre: CentreText


@dataclass(frozen=True, slots=True)
class LivingLicence:
    """A licence in force or suspended on a day, with the text of its current edition and its annexes."""

    licence: Licence
    holder: HolderText
    text: LicenceText
    annexes: tuple[LivingAnnex, ...]
    next_annex: int

    @property
    def number(self) -> str:
        return self.licence.number

    @property
    def suspended(self) -> bool:
        return bool(self.licence.status == LicenceStatus.SUSPENDED)

    def annex(self, number: str) -> LivingAnnex | None:
        """The living annex of this number."""
        return next((row for row in self.annexes if row.number == number), None)


def living_licence(number: str, day: date) -> LivingLicence | None:
    """The licence of this number if it is in force or suspended on the day; expiry wins (PL 35(1)(1))."""
    licence = (
        Licence.objects.select_related("party", "body")
        .filter(number=number, status__in=LIVING, expires_on__gte=day)
        .first()
    )
    if licence is None:
        return None
    edition = licence.editions.get(state=EditionState.CURRENT)
    rows = (
        AnnexEdition.objects.filter(annex__licence=licence, annex__status__in=LIVING)
        .filter(state=EditionState.CURRENT)
        .select_related("annex")
        .order_by("annex__number")
    )
    return LivingLicence(
        licence=licence,
        holder=_holder(edition),
        text=_text(edition),
        annexes=tuple(
            LivingAnnex(row.annex.number, row.edition, row.annex.issued_on, _centre(row)) for row in rows
        ),
        next_annex=Annex.objects.filter(licence=licence).count() + 1,
    )


def last_centres(licence_id: UUID) -> list[CentreText]:
    """The data centres a licence has, or had on its last day: annexes ended before it are left out."""
    rows = AnnexEdition.objects.filter(
        annex__licence_id=licence_id, annex__status__in=(*LIVING, LicenceStatus.EXPIRED)
    )
    return [_centre(row) for row in rows.filter(state=EditionState.CURRENT).order_by("annex__number")]


def living_licences(party_id: UUID, day: date, sub_kind: str = "") -> list[Licence]:
    """A party's licences in force or suspended on a day."""
    found = Licence.objects.filter(party_id=party_id, status__in=LIVING, expires_on__gte=day)
    if sub_kind:
        found = found.filter(sub_kind=sub_kind)
    return list(found.order_by("number"))


def _holder(edition: LicenceEdition) -> HolderText:
    return HolderText(
        name_kk=edition.holder_kk,
        name_ru=edition.holder_ru,
        location_kk=edition.location_kk,
        location_ru=edition.location_ru,
        number=edition.holder_number,
    )


def _text(edition: LicenceEdition) -> LicenceText:
    return LicenceText(
        activity_kk=edition.activity_kk,
        activity_ru=edition.activity_ru,
        special_conditions_kk=edition.special_conditions_kk,
        special_conditions_ru=edition.special_conditions_ru,
        note_kk=edition.note_kk,
        note_ru=edition.note_ru,
        place_kk=edition.place_kk,
        place_ru=edition.place_ru,
    )


def _centre(row: AnnexEdition) -> CentreText:
    return CentreText(
        address_kk=row.address_kk,
        address_ru=row.address_ru,
        region_code=row.region_code,
        power_source=row.power_source,
        host_name=row.host_name,
        host_licence_number=row.host_licence_number,
        special_conditions_kk=row.special_conditions_kk,
        special_conditions_ru=row.special_conditions_ru,
    )
