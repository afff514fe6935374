"""Addresses as the forms ask for them: region, city, district, settlement, street, house (Annex 1)."""

import re
from datetime import date, datetime
from typing import Any, TypedDict

from foundation.egov.gateway import RegisteredAddress
from foundation.kernel import places
from foundation.kernel.plain_text import one_line as one_line_of
from foundation.kernel.regions import CITIES_OF_REGIONAL_RANK, REGIONS


class Address(TypedDict, total=False):
    """Structured fields plus free text; `region` is the first two digits of KATO."""

    region: str
    city: str
    district: str
    settlement: str
    street: str
    house: str
    room: str
    free_text: str
    kato: str  # the deepest place of the official list
    source: str  # register it was taken from: gbdul, gbdfl
    as_of: str


FIELDS = ("region", "city", "district", "settlement", "street", "house", "room", "free_text")
MAX_LENGTH = 200
_HOUSE = re.compile(r"(?:д(?:ом)?\.?\s*|үй\s*)?(\d{1,5}[\w/-]{0,10})", re.IGNORECASE)
_STREET_AND_HOUSE = 2


def cleaned(raw: Any) -> Address:
    """Only the known fields, as plain text."""
    if not isinstance(raw, dict):
        return {}
    return {name: text for name in FIELDS if (text := one_line_of(raw.get(name)))}  # type: ignore[return-value]  # keys come from FIELDS


def too_long(address: Address) -> dict[str, int]:
    """Fields that are longer than an address may be, with their length."""
    said = _texts(address)
    return {name: len(text) for name, text in said.items() if len(text) > MAX_LENGTH}


def placed(said: Address, stored: Any, day: date) -> Address:
    """What was typed with its place of the official list; still as of the register where nothing of it was changed."""
    if said == cleaned(stored):
        return stored  # type: ignore[no-any-return]  # an address as this function once returned it
    code = places.code_of(_texts(said), day)
    return {**said, "kato": code} if code else said


def _texts(address: Any) -> dict[str, str]:
    return {name: str(address[name]) for name in FIELDS if address.get(name)}


def suggestions(address: Any, day: date, language: str) -> places.Suggestions:
    """What the fields of an address offer, by the region and district that are known."""
    return places.suggestions(_texts(address), day, language)


def place_line(address: Any, day: date, language: str) -> str:
    """The place of the official list that an address lies in."""
    code = address.get("kato", "")
    return f"{code} – {line}" if code and (line := places.line_of(code, day, language)) else ""


def faults(address: Any) -> dict[str, str]:
    """Which fields are missing, by name: the region, a place in it, street and house are needed."""
    found: dict[str, str] = {}
    if address.get("region") not in REGIONS:
        found["region"] = "required"
    in_city = address.get("region") in CITIES_OF_REGIONAL_RANK
    if not in_city and not any(address.get(name) for name in ("city", "district", "settlement")):
        found["city"] = "required"
    found |= {name: "required" for name in ("street", "house") if not address.get(name)}
    return found


def one_line(address: Any, language: str) -> str:
    """The address as documents print it."""
    region = REGIONS.get(address.get("region", ""))
    parts = [region.name(language) if region else ""]
    parts += [
        str(address.get(name, "")) for name in ("district", "city", "settlement", "street", "house", "room")
    ]
    line = ", ".join(part for part in parts if part)
    return f"{line} ({address['free_text']})" if address.get("free_text") else line


def sort_key(address: Any) -> str:
    """For finding the same address again (flags for the executor)."""
    return "|".join(str(address.get(name, "")).casefold().strip() for name in FIELDS[:-1])


def of_register(told: RegisteredAddress, *, source: str, as_of: datetime, language: str) -> Address:
    """A register's address in the fields of the form: the place by its KATO, street and house where its line ends in
    them; the whole line stays beside as it came, and what is unclear is left for the person to fill in."""
    line = " ".join(((told.text_kk if language == "kk" else told.text_ru) or told.text_ru).split())
    found: Address = {"free_text": line[:MAX_LENGTH], "source": source, "as_of": as_of.date().isoformat()}
    if told.kato[:2] in REGIONS:
        found["region"] = told.kato[:2]
        found["kato"] = told.kato
        known = places.fields_of(told.kato, as_of.date(), language)
    else:
        known = {}
    parts = [part.strip() for part in line.split(",") if part.strip()]
    if len(parts) > _STREET_AND_HOUSE and (house := _HOUSE.fullmatch(parts[-1])):
        found["street"], found["house"] = parts[-2][:MAX_LENGTH], house.group(1)
        found |= _place_in_line(parts[:-2], found.get("region", "")) if not known else {}
    return found | known  # type: ignore[return-value]  # names of the form's fields


def _place_in_line(parts: list[str], region: str) -> Address:
    """What stands between the region and the street: the district, then the town or village."""
    known = {name.casefold() for row in REGIONS.values() for name in (row.kk, row.ru, row.en)}
    inner = [part for part in parts if part.casefold() not in known]
    found: Address = {}
    for part in inner:
        name = "district" if re.search(r"район|ауданы", part, re.IGNORECASE) else "city"
        if name == "city" and region in CITIES_OF_REGIONAL_RANK:
            name = "settlement"
        if name not in found:
            found[name] = part[:MAX_LENGTH]  # type: ignore[literal-required]  # one of the two names above
    return found
