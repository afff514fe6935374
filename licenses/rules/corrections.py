"""PL 44: which words of a licence or an annex an error can stand in, and the texts with the errors mended.

Number, first issue, expiry, BIN or IIN are no matter of a correction: another holder or term is another act. Special
conditions follow from the data centres (Forms 4, 5, 7).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from licenses.rules.texts import CentreText, HolderText, LicenceText, special_conditions

# the field as people name it → the field of the text
_HOLDER = {
    "holder_kk": "name_kk",
    "holder_ru": "name_ru",
    "location_kk": "location_kk",
    "location_ru": "location_ru",
}
_TEXT = ("activity_kk", "activity_ru", "note_kk", "note_ru", "place_kk", "place_ru")
LICENCE_FIELDS = (*_HOLDER, *_TEXT)
REGION = "region_code"
_ADDRESS = ("address_kk", "address_ru")
ANNEX_FIELDS: dict[str, tuple[str, ...]] = {
    "I": (*_ADDRESS, REGION, "power_source"),
    "II": (*_ADDRESS, REGION, "host_name", "host_licence_number"),
}
# what is said in both languages and must say the same numbers (Rules 17)
PAIRS = ("holder", "location", "activity", "note", "place", "address")


@dataclass(frozen=True, slots=True)
class Correction:
    """One error: where (`annex` empty: the licence), what stands there and what should stand."""

    annex: str
    field: str
    stands: str
    reads: str

    @property
    def place(self) -> tuple[str, str]:
        return (self.annex, self.field)


def fields_of(sub_kind: str, annex: str) -> tuple[str, ...]:
    """Where an error can stand in the licence, or in one of its annexes."""
    return ANNEX_FIELDS[sub_kind] if annex else LICENCE_FIELDS


def stands_in(field: str, *, holder: HolderText, text: LicenceText, centre: CentreText | None) -> str:
    """What the register says in a field today; `centre` is that of the annex."""
    if centre is not None:
        return str(getattr(centre, field))
    return str(getattr(holder, _HOLDER[field]) if field in _HOLDER else getattr(text, field))


def corrected_licence(
    holder: HolderText, text: LicenceText, corrections: Iterable[Correction]
) -> tuple[HolderText, LicenceText]:
    """Form 4 or 5 with the errors of the licence itself mended."""
    own = [one for one in corrections if not one.annex]
    return (
        replace(holder, **{_HOLDER[one.field]: one.reads for one in own if one.field in _HOLDER}),
        replace(text, **{one.field: one.reads for one in own if one.field in _TEXT}),
    )


def corrected_centre(sub_kind: str, centre: CentreText, corrections: Sequence[Correction]) -> CentreText:
    """Form 6 or 7 with its errors mended; under Form 7 place and host stand in the special conditions."""
    made = replace(centre, **{one.field: one.reads for one in corrections})
    if sub_kind == "I":
        return made
    conditions_kk, conditions_ru = special_conditions((made,))
    return replace(made, special_conditions_kk=conditions_kk, special_conditions_ru=conditions_ru)


def region_alone(corrections: Iterable[Correction]) -> list[str]:
    """Annexes whose region was named without their address: the region is that of the address, nothing apart."""
    found = list(corrections)
    placed = {one.annex for one in found if one.field in _ADDRESS}
    return sorted({one.annex for one in found if one.field == REGION} - placed)
