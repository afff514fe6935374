"""Addresses as the forms ask for them: region, city, district, settlement, street, house (Annex 1)."""

from typing import Any, TypedDict

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


FIELDS = ("region", "city", "district", "settlement", "street", "house", "room", "free_text")
MAX_LENGTH = 200


def cleaned(raw: Any) -> Address:
    """Only the known fields, as trimmed text."""
    if not isinstance(raw, dict):
        return {}
    return {name: " ".join(str(raw[name]).split())[:MAX_LENGTH] for name in FIELDS if raw.get(name)}  # type: ignore[return-value]  # keys come from FIELDS


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
