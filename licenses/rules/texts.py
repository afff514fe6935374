"""What the signed documents say, handed over whole: the register keeps exactly what the head signed (Forms 4-7)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HolderText:
    """To whom the licence is issued: full name, location, BIN or IIN (Forms 4, 5)."""

    name_kk: str
    name_ru: str
    location_kk: str
    location_ru: str
    number: str


@dataclass(frozen=True, slots=True)
class SignerText:
    """The provider and its head as printed."""

    provider_kk: str
    provider_ru: str
    head_name: str
    head_post_kk: str = ""
    head_post_ru: str = ""


@dataclass(frozen=True, slots=True)
class LicenceText:
    """The rest of Form 4 or 5."""

    activity_kk: str
    activity_ru: str
    special_conditions_kk: str = ""
    special_conditions_ru: str = ""
    note_kk: str = "Иеліктен шығарылмайтын, 1-сынып"
    note_ru: str = "Неотчуждаемая, класс 1"
    place_kk: str = ""
    place_ru: str = ""


@dataclass(frozen=True, slots=True)
class CentreText:
    """One data centre: Form 6, or Form 7 with its host; `region_code` is the first two digits of KATO."""

    address_kk: str
    address_ru: str
    region_code: str
    power_source: str = ""
    host_name: str = ""
    host_licence_number: str = ""
    special_conditions_kk: str = ""
    special_conditions_ru: str = ""


@dataclass(frozen=True, slots=True)
class PoolText:
    """The accredited mining pool that was stated with the application (Annex 11/1(3), 2(2))."""

    name: str = ""
    bin: str = ""


def special_conditions(centres: Sequence[CentreText]) -> tuple[str, str]:
    """Forms 4, 5: the place of each centre (kk, ru); for sub-kind II the host too, Form 7 has no field for it."""
    return (
        "\n".join(
            _line(place, len(centres), centre.address_kk, _host_kk(centre))
            for place, centre in _numbered(centres)
        ),
        "\n".join(
            _line(place, len(centres), centre.address_ru, _host_ru(centre))
            for place, centre in _numbered(centres)
        ),
    )


def _numbered(centres: Sequence[CentreText]) -> list[tuple[int, CentreText]]:
    return list(enumerate(centres, start=1))


def _line(place: int, of: int, address: str, host: str) -> str:
    number = f"{place}) " if of > 1 else ""
    return f"{number}{address}{host}"


def _host_kk(centre: CentreText) -> str:
    if not centre.host_name:
        return ""
    licence = f", № {centre.host_licence_number} лицензия" if centre.host_licence_number else ""
    return f" (цифрлық майнинг деректерін өңдеу орталығының иесі – {centre.host_name}{licence})"


def _host_ru(centre: CentreText) -> str:
    if not centre.host_name:
        return ""
    licence = f", лицензия № {centre.host_licence_number}" if centre.host_licence_number else ""
    return f" (владелец ЦОД цифрового майнинга – {centre.host_name}{licence})"
