"""The rulebook as files, `fixtures/rulebook/*.json`, read into plain rows; no Django, for pure tests too."""

import hashlib
import json
import types
import typing
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from foundation.rulebook.rules import rows as kinds
from foundation.rulebook.rules.book import Book
from foundation.rulebook.rules.rows import Row, Rows

DIRECTORY = Path(__file__).resolve().parents[2] / "fixtures" / "rulebook"

# file name = field of `Rows` → kind of row
KINDS: dict[str, type[Row]] = {
    "packs": kinds.RulePack,
    "evidence": kinds.EvidenceRequirement,
    "grounds": kinds.RefusalGround,
    "reissue_grounds": kinds.ReissueGround,
    "fee_rates": kinds.FeeRate,
    "indices": kinds.MonthlyIndex,
    "confirmations": kinds.Confirmation,
    "texts": kinds.FixedText,
    "authorities": kinds.AuthorityName,
    "terms": kinds.TermRow,
    "switches": kinds.PolicySwitch,
    "passport": kinds.PassportRow,
    "pools": kinds.AccreditedPool,
}

R = TypeVar("R", bound=Row)


class BadRulebook(ValueError):  # noqa: N818 -- names the thing that is bad
    """A file of the rulebook cannot be read; the message names file, row and field."""


def read(directory: Path = DIRECTORY) -> Rows:
    """All rows of a directory, checked field by field; raises BadRulebook."""
    rows: dict[str, Any] = {name: read_kind(name, directory) for name in KINDS}
    return Rows(**rows)


def read_kind(name: str, directory: Path = DIRECTORY) -> tuple[Any, ...]:
    """The rows of one file, a field of `Rows`."""
    return tuple(_rows(directory / f"{name}.json", KINDS[name]))


def book(directory: Path = DIRECTORY) -> Book:
    """The rulebook straight from its files, for pure tests and for documents about the law."""
    digest = hashlib.sha256(b"".join((directory / f"{name}.json").read_bytes() for name in KINDS))
    return Book(revision=f"files:{digest.hexdigest()}", rows=read(directory))


def _rows(path: Path, kind: type[R]) -> Iterator[R]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["rows"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRulebook(f"{path.name}: cannot be read as an object with 'rows' ({error})") from error
    for number, entry in enumerate(entries, start=1):
        try:
            yield _row(kind, entry)
        except (TypeError, ValueError, KeyError, InvalidOperation) as error:
            raise BadRulebook(
                f"{path.name}, row {number} ({entry.get('code', 'no code')}): {error}"
            ) from error


def _row(kind: type[R], entry: dict[str, Any]) -> R:
    types_of = typing.get_type_hints(kind)
    unknown = set(entry) - set(types_of)
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    values = {
        item.name: _value(types_of[item.name], entry[item.name])
        for item in fields(kind)
        if item.name in entry
    }
    made = kind(**values)
    if made.valid_to is not None and made.valid_to < made.valid_from:
        raise ValueError("valid_to is before valid_from")
    return made


def _value(wanted: Any, value: Any) -> Any:
    if isinstance(wanted, types.UnionType):
        if value is None:
            return None
        wanted = next(option for option in typing.get_args(wanted) if option is not types.NoneType)
    if wanted is date:
        return date.fromisoformat(value)
    if wanted is Decimal:
        return Decimal(value)
    if typing.get_origin(wanted) is tuple:
        return tuple(value)
    if not isinstance(value, wanted):
        raise TypeError(f"{value!r} is not {wanted.__name__}")
    return value
