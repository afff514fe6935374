"""Names as the register finds and orders them: folded for search, keyed for the Kazakh alphabet.

Folding forgives what people lose when they type: Kazakh letters on a Russian keyboard (қ → к, ә → а), Latin
letters that look Cyrillic, quotes, case. It is applied to the stored column and to the question alike.
"""

import re
import unicodedata

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
