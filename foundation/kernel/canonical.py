"""Canonical JSON (RFC 8785): the one way in which bytes that are signed or chained are made."""

import unicodedata
from typing import Any

import rfc8785


def canonical_bytes(value: Any) -> bytes:
    """UTF-8 bytes with sorted keys, no spaces and NFC strings; raises TypeError for floats and unknown types."""
    return rfc8785.dumps(_normalised(value))


def _normalised(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normalised(key): _normalised(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_normalised(item) for item in value]
    if isinstance(value, float):
        raise TypeError("Signed bytes hold no floats: give an int or a decimal string.")
    return value
