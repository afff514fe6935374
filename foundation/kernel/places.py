"""Reads of the official list of places: what a form suggests, and which code is meant by what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from foundation.kernel.models import Place
from foundation.kernel.place_list import core
from foundation.kernel.regions import CITIES_OF_REGIONAL_RANK

_CITY_ADMINISTRATION = ("г.а.", "қ.ә.")
_MOST = 400


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Names for the fields of one address."""

    districts: list[str]
    cities: list[str]
    settlements: list[str]
    listed: bool = True  # the portal holds a list of that day


NOTHING = Suggestions([], [], [], listed=False)


def in_force(day: date) -> QuerySet[Place]:
    """The list of a day."""
    return Place.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def listed(day: date) -> bool:
    """Whether the portal holds a list of the day at all."""
    return in_force(day).exists()


def suggestions(address: Mapping[str, str], day: date, language: str) -> Suggestions:
    """Districts and towns of the region that is chosen, settlements of the district or town that is named."""
    region = address.get("region", "")
    if not region:
        return Suggestions([], [], [], listed=listed(day))
    rows = list(in_force(day).filter(code__startswith=region).exclude(level="settlement").order_by("code"))
    if not rows:
        return NOTHING
    if region in CITIES_OF_REGIONAL_RANK:
        return Suggestions([row.name(language) for row in rows if row.level == "sub_district"], [], [])
    above = _named(rows, address.get("district", ""), "district") or _named(
        rows, address.get("city", ""), "district"
    )
    below = in_force(day).filter(level="settlement", code__startswith=above.code[:4] if above else "-")
    inside = list(below) if above else []
    return Suggestions(
        _names([row for row in rows if row.level == "district" and not _is_town(row)], language),
        _names([row for row in rows if _is_city(row)], language, bare=True),
        _names(inside, language),
    )


def code_of(address: Mapping[str, str], day: date) -> str:
    """The deepest place of the list that the typed names lead to; empty where the list knows none of them."""
    region = address.get("region", "")
    if not region:
        return ""
    rows = list(in_force(day).filter(code__startswith=region).order_by("code"))
    found = next((row for row in rows if row.level == "oblast"), None)
    for field, fits in _FITS.items():
        if found is not None and (said := address.get(field, "")):
            inside = found.code[: _PREFIX[found.level]]
            named = [row for row in rows if row.code.startswith(inside) and fits(row) and _is(row, said)]
            found = named[0] if len(named) == 1 else found  # two of one name: the place above both
    return found.code if found else ""


def fields_of(code: str, day: date, language: str) -> dict[str, str]:
    """District, city and settlement of a code as the form has them."""
    above = [code[:4] + "00000", code[:6] + "000", code]
    rows = {row.code: row for row in in_force(day).filter(code__in=above)}
    fields: dict[str, str] = {}
    for row in (rows[one] for one in dict.fromkeys(above) if one in rows):
        if code[:2] in CITIES_OF_REGIONAL_RANK:
            fields |= {"district": row.name(language)} if row.level == "sub_district" else {}
        elif row.level == "district":
            fields |= {} if _is_town(row) else {"district": row.name(language)}
        elif _is_city(row):
            fields["city"] = _bare(row.name(language))
        elif row.level == "settlement":
            fields["settlement"] = row.name(language)
    return fields


def line_of(code: str, day: date, language: str) -> str:
    """The place with what it lies in, for people to compare."""
    above = dict.fromkeys([code[:2] + "0000000", code[:4] + "00000", code[:6] + "000", code])
    names = {row.code: row.name(language) for row in in_force(day).filter(code__in=above)}
    return ", ".join(names[one] for one in above if one in names)


def _named(rows: list[Place], said: str, level: str) -> Place | None:
    return next((row for row in rows if said and row.level == level and _is(row, said)), None)


def _is(row: Place, said: str) -> bool:
    return core(said) in (core(row.name_kk), core(row.name_ru))


def _is_town(row: Place) -> bool:
    """The administration of a town, a district of the list only."""
    return row.name_ru.casefold().endswith(_CITY_ADMINISTRATION[0]) or row.name_kk.casefold().endswith(
        _CITY_ADMINISTRATION[1]
    )


def _is_city(row: Place) -> bool:
    return row.level != "oblast" and row.name_ru.startswith("г.")


def _bare(name: str) -> str:
    return name.removeprefix("г.").removesuffix(" қ.").strip()


def _names(rows: list[Place], language: str, *, bare: bool = False) -> list[str]:
    names = {_bare(row.name(language)) if bare else row.name(language) for row in rows}
    return sorted(names)[:_MOST]


# which places of the list a field of the form may mean, and how many digits of a code those below it share
_FITS: dict[str, Callable[[Place], bool]] = {
    "district": lambda row: row.level == "district" or row.code[:2] in CITIES_OF_REGIONAL_RANK,
    "city": _is_city,
    "settlement": lambda row: row.level == "settlement" and not _is_city(row),
}
_PREFIX = {"oblast": 2, "district": 4, "sub_district": 6, "settlement": 9}
