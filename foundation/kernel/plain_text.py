"""What people type on one line: without hidden characters that turn or spoil what is printed, and not without end."""

import unicodedata
from typing import Any

# controls, direction marks and other formats, surrogates, private and unassigned code points
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def one_line(value: Any) -> str:
    """Text in NFC on one line; right-to-left marks, NUL and the like are left out."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value))
    seen = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _HIDDEN)
    return " ".join(seen.split())
