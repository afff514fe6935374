"""Reading the official list of places (KATO, integrations.md 5): a CSV of codes, levels and names. No database."""

import csv
import io
import re
from dataclasses import dataclass

from foundation.kernel.regions import REGIONS

COLUMNS = ("kato", "kato_version", "level", "type_code", "name_ru", "name_kk")
LEVELS = ("oblast", "district", "sub_district", "settlement")
MAX_NAME = 200
_CODE = re.compile(r"[0-9]{9}")
_KIND = "г|с|п|а|к|қ|р|город|село|посёлок|поселок|район|станция|область|қаласы|ауылы|кенті|ауданы|облысы|қ ә|г а|а ә|р а"
_KINDS = re.compile(rf"^(?:{_KIND})\s+|\s+(?:{_KIND})$")


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """One line of the list."""

    code: str
    level: str
    type_code: str
    name_kk: str
    name_ru: str
    edition: str


class BadListError(ValueError):
    """The file is not such a list; each fault names its line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read(content: bytes) -> list[ListedPlace]:
    """Every line of the file, or BadListError naming every fault."""
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        rows = list(lines)
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadListError([f"It cannot be read as CSV in UTF-8: {error}"]) from error
    if set(COLUMNS) - set(lines.fieldnames or ()):
        raise BadListError([f"The first line names these columns: {', '.join(COLUMNS)}"])
    faults: list[str] = []
    places: dict[str, ListedPlace] = {}
    for number, row in enumerate(rows, start=2):
        place = ListedPlace(
            *(
                " ".join((row.get(name) or "").split())
                for name in ("kato", "level", "type_code", "name_kk", "name_ru", "kato_version")
            )
        )
        if why := _fault(place, places):
            faults.append(f"line {number}: {why}")
        places[place.code] = place
    faults += [
        f"{place.code}: there is no {place.code[:2]}0000000 above it"
        for place in places.values()
        if f"{place.code[:2]}0000000" not in places
    ]
    if not places:
        faults.append("The list is empty.")
    if faults:
        raise BadListError(faults)
    return list(places.values())


def core(name: str) -> str:
    """A name without its kind, for finding it as people write it: `г.Темиртау`, `Темиртау`, `город Темиртау`."""
    words = " ".join(re.sub(r"[«»\"“”.,]", " ", name).casefold().split())
    while (shorter := _KINDS.sub("", words)) not in ("", words):
        words = shorter
    return words


def _fault(place: ListedPlace, known: dict[str, ListedPlace]) -> str:
    checks = (
        (_CODE.fullmatch(place.code), f"“{place.code[:20]}” is no code of nine digits"),
        (place.code not in known, f"{place.code} stands there twice"),
        (place.code[:2] in REGIONS, f"{place.code} lies in no known region"),
        (place.level in LEVELS, f"level is one of {', '.join(LEVELS)}"),
        (place.name_kk and place.name_ru, f"{place.code} has no name"),
        (
            max(len(place.name_kk), len(place.name_ru)) <= MAX_NAME,
            f"the name of {place.code} is longer than {MAX_NAME} letters",
        ),
    )
    return next((why for fine, why in checks if not fine), "")
