"""The licence's number: KZ, two check digits, three letters, eight digits (process.md, Licence and annexes)."""

import re

SHAPE = re.compile(r"KZ([0-9]{2})([A-Z]{3})([0-9]{8})")
ANNEX_SHAPE = re.compile(r"(KZ[0-9]{2}[A-Z]{3}[0-9]{8})/([0-9]{3})")
_COUNTRY = "KZ"
_LAST_SERIAL = 99_999_999
_MODULUS = 97

# What a hand on a Cyrillic keyboard types instead of the Latin capitals.
_LOOK_ALIKES = str.maketrans("АВЕЗКМНОРСТУХІЛД", "ABE3KMHOPCTYXILD")


def licence_number(letters: str, serial: int) -> str:
    """The number of a serial; check digits by ISO 7064 MOD 97-10 over letters, serial and KZ, as IBAN does it."""
    if not 0 < serial <= _LAST_SERIAL:
        raise ValueError(f"Serial {serial} does not fit into eight digits.")
    tail = f"{letters}{serial:08d}"
    return f"{_COUNTRY}{_check_digits(tail):02d}{tail}"


def number_is_valid(text: str) -> bool:
    """Whether the text has the shape of a number and its check digits agree."""
    shape = SHAPE.fullmatch(text)
    return shape is not None and int(shape[1]) == _check_digits(shape[2] + shape[3])


def tidy_number(text: str) -> str:
    """A number as typed or pasted: capitals, no spaces or hyphens, Cyrillic look-alikes read as Latin."""
    return re.sub(r"[\s\-–№]", "", text).upper().translate(_LOOK_ALIKES)


def split_annex(text: str) -> tuple[str, str | None]:
    """Licence number and annex number of `KZ…/001`; the annex is None where only a licence is named."""
    shape = ANNEX_SHAPE.fullmatch(text)
    return (shape[1], shape[2]) if shape else (text, None)


def annex_number(index: int) -> str:
    """001, 002 … per licence."""
    return f"{index:03d}"


def _check_digits(tail: str) -> int:
    digits = "".join(str(int(char, 36)) for char in f"{tail}{_COUNTRY}00")
    return _MODULUS + 1 - int(digits) % _MODULUS
