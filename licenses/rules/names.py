"""Names as the register finds and orders them: folded for search, keyed for the Kazakh alphabet.

Folding forgives what people lose when they type: Kazakh letters on a Russian keyboard (қ → к, ә → а), Latin
letters that look Cyrillic, quotes, case. It is applied to the stored column and to the question alike.
"""

import re
import unicodedata
from collections.abc import Iterable

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

_LOST = str.maketrans("әғқңөұүһіёй", "агкноуухиеи")
_LATIN = str.maketrans("abcehikmopstxyəñöüğ", "авсеникморстхуаноуг")
_WORD = re.compile(r"[^\W_]+")
# Letters keep their order under the byte order of UTF-8: digits and Latin stay as they are, then these.
_ORDER = {letter: chr(0x0430 + place) for place, letter in enumerate(KAZAKH_ALPHABET)}


def fold(text: str) -> str:
    """Words in lower case with lost letters and look-alikes made equal, one space between them."""
    lowered = unicodedata.normalize("NFC", text).lower()
    return " ".join(_WORD.findall(lowered.translate(_LATIN).translate(_LOST)))


def kazakh_sort_key(text: str) -> str:
    """A string whose byte order is the order of the Kazakh alphabet (Ә after А, Ғ after Г …)."""
    lowered = unicodedata.normalize("NFC", text).lower()
    words = " ".join(_WORD.findall(lowered))
    return "".join(_ORDER.get(letter, letter) for letter in words)


def search_text(*names: str) -> str:
    """The stored column: each distinct folded name once, between spaces so that words have edges."""
    folded = dict.fromkeys(fold(name) for name in names if name)
    return f" {' '.join(folded)} "


def slips(words: Iterable[str], name: str) -> int:
    """How many letters must be changed for each word to stand in the folded name; one typed wrong counts one."""
    parts = name.split()
    return sum(min((_distance(word, part) for part in parts), default=len(word)) for word in words)


def _distance(one: str, other: str) -> int:
    """Letters put in, left out or changed (Levenshtein)."""
    if one == other:
        return 0
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            line.append(min(line[-1] + 1, above[column] + 1, above[column - 1] + (letter != against)))
        above = line
    return above[-1]
