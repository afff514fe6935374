"""What people type: without hidden characters that turn or spoil what is printed, and not without end."""

import unicodedata
from typing import Any

# controls, direction marks and other formats, surrogates, private and unassigned code points
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def one_line(value: Any) -> str:
    """Text in NFC on one line; right-to-left marks, NUL and the like are left out."""
    return "" if value is None else " ".join(_seen(str(value)).split())


def lines(text: str) -> str:
    """Text in NFC as its lines stand, without what nobody sees and without blanks around it."""
    return _seen(text).strip()


def without_hidden(said: Any) -> Any:
    """The same with every text in it, however deep, in NFC and without what nobody sees; lines stay lines."""
    if isinstance(said, str):
        return _seen(said)
    if isinstance(said, dict):
        return {name: without_hidden(value) for name, value in said.items()}
    if isinstance(said, list):
        return [without_hidden(value) for value in said]
    return said


def _seen(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    return "".join(char for char in normal if char.isspace() or unicodedata.category(char) not in _HIDDEN)
