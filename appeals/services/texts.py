"""Texts that a decision on a complaint needs in Kazakh and in Russian."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.kernel.citations import Citation
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput


def in_both_languages(said: dict[str, Any], *names: str, citation: Citation) -> dict[str, str]:
    """`name_kk` and `name_ru` of each name, trimmed; raises BadInput naming what is missing."""
    found = {
        f"{name}_{lang}": lines(str(said.get(f"{name}_{lang}", "")))
        for name in names
        for lang in ("kk", "ru")
    }
    faults: dict[str, list[Any]] = {
        name: [_("Write it in Kazakh and in Russian.")] for name, text in found.items() if not text
    }
    if faults:
        raise BadInput(_("A decision gives its reasons in both languages."), citation=citation, fields=faults)
    return found
