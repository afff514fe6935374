"""What a person means by the words in the search box: a number, an identification number, a name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from licenses.rules.names import fold
from licenses.rules.numbers import split_annex, tidy_number

_NUMBER_START = re.compile(r"KZ[0-9][0-9A-Z]*")
_IDENTIFIER_LENGTH = 12
_SHORTEST_BIN_PREFIX = 4
_SERIAL_LENGTH = 8
# Folded, as people write them; they stand in nearly every name and tell none apart.
_LEGAL_FORMS = frozenset(["тоо", "жшс", "ип", "жк", "ао", "ак", "кх", "шк", "фх", "зао", "оао", "пк"])


class Kind(StrEnum):
    """How a question is looked up."""

    EVERYTHING = "everything"
    NUMBER = "number"
    IDENTIFIER = "identifier"
    BIN_PREFIX = "bin_prefix"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Question:
    """`value` of a number or identifier, `words` of a name, folded."""

    kind: Kind
    value: str = ""
    words: tuple[str, ...] = ()
    serial: int | None = None


def understand(text: str) -> Question:
    """An IIN is found by all its twelve digits only: a part of it would let one try people out."""
    text = text.strip()
    if not text:
        return Question(Kind.EVERYTHING)
    number, _annex = split_annex(tidy_number(text))
    if _NUMBER_START.fullmatch(number):
        return Question(Kind.NUMBER, number)
    digits = re.sub(r"\s", "", text)
    if re.fullmatch(r"[0-9]+", digits) and _SHORTEST_BIN_PREFIX <= len(digits) <= _IDENTIFIER_LENGTH:
        if len(digits) == _IDENTIFIER_LENGTH:
            return Question(Kind.IDENTIFIER, digits)
        return Question(
            Kind.BIN_PREFIX, digits, serial=int(digits) if len(digits) == _SERIAL_LENGTH else None
        )
    return Question(Kind.NAME, words=tuple(dict.fromkeys(fold(text).split())))


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that tell names apart: legal forms are left out where anything else is there."""
    others = tuple(word for word in words if word not in _LEGAL_FORMS)
    return others or words
