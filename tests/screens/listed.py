"""The list of docs/screens.md, and the addresses it is compared with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

PAGE = Path(settings.BASE_DIR) / "docs/screens.md"
ROW = re.compile(r"^\| ([\w:.-]+) \| `([^`]+)` \| (\w+) \| (.+) \|$", re.MULTILINE)
WITHOUT = re.compile(r"^\| ([\w:.*, -]+) \| ([^|`]+) \|$", re.MULTILINE)
EXAMPLE = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Screen:
    """One row: the address's name, its path with examples, and the demo person who looks."""

    name: str
    path: str
    who: str

    @property
    def examples(self) -> set[str]:
        return set(EXAMPLE.findall(self.path))

    @property
    def file(self) -> str:
        """What the pictures are called."""
        said = re.sub(r"\W+", "-", EXAMPLE.sub(r"\1", self.path.split("?")[0])).strip("-")
        return f"{said or 'start'}.png"

    def filled(self, world: Mapping[str, Any]) -> str:
        return EXAMPLE.sub(lambda found: str(world[found[1]]), self.path)


def screens() -> list[Screen]:
    return [Screen(*found) for found in (row[:3] for row in ROW.findall(PAGE.read_text(encoding="utf-8")))]


def without_screen() -> dict[str, str]:
    """Names, with a star at the end for all that begin so, and the reason."""
    text = PAGE.read_text(encoding="utf-8")
    part = text[text.index("## Addresses without a screen") :]
    return {
        name.strip(): reason
        for names, reason in WITHOUT.findall(part)
        for name in names.split(",")
        if names not in {"name", "---"}
    }


def is_excused(name: str, excused: Mapping[str, str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in excused)


def addresses() -> set[str]:
    """Every named address outside of the API; one without a name by its path."""
    return {
        name for name, path in _walk(get_resolver().url_patterns, "", "") if not path.startswith("api/v1")
    }


def _walk(patterns: list[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
    for found in patterns:
        path = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from _walk(found.url_patterns, path, found.namespace or space)
        elif isinstance(found, URLPattern):
            name = found.name or path
            yield (f"{space}:{name}" if space else name), path
