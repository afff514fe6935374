"""The words of the documents, Kazakh and Russian side by side, so that a lawyer reads both in one place.

A document exists in these two languages only (Rules 17) and never in the reader's own, therefore its words are not
in the catalogues of the screens. The Russian of the forms is the order's; the Kazakh is unofficial until the official
Kazakh edition replaces it.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["kk", "ru"]
LANGUAGES: tuple[Language, ...] = ("kk", "ru")


@dataclass(frozen=True, slots=True)
class Words:
    """One phrase in both languages."""

    kk: str
    ru: str

    def of(self, language: Language) -> str:
        """The phrase in one of them."""
        return self.kk if language == "kk" else self.ru
