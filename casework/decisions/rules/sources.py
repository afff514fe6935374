"""Files of a case that a ground rests on, and the page in them (Rules 10). No Django, no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# a file of the case, and where in it: "<id>", "<id>#3", "<id>#3-5"
_REFERENCE = re.compile(r"(?P<id>[0-9a-f-]{36})(?:#(?P<first>\d{1,5})(?:-(?P<last>\d{1,5}))?)?")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a ground may rest on."""

    name: str
    sha256: str
    pages: int
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a file: its id, the pages as documents print them, whether the file has them."""

    id: str
    source: Source
    pages: str
    has_pages: bool


def read_reference(said: str, sources: Mapping[str, Source]) -> Reference | None:
    """What “<id>#3-5” means among the files of the case; None for a file that is none of them."""
    match = _REFERENCE.fullmatch(said)
    source = sources.get(match["id"]) if match else None
    if match is None or source is None:
        return None
    if match["first"] is None:
        return Reference(match["id"], source, "", has_pages=True)
    first, last = int(match["first"]), int(match["last"] or match["first"])
    pages = str(first) if first == last else f"{first}-{last}"
    return Reference(match["id"], source, pages, has_pages=1 <= first <= last <= source.pages)
