"""What the form of information of Annex 11 says beside each file: read by the rulebook's own list of particulars."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.accounts.identifiers import Kind, is_valid
from foundation.kernel.plain_text import one_line
from foundation.kernel.refusals import BadInput

MAX_LENGTH = 300
Schema = Iterable[Mapping[str, Any]]


def cleaned(schema: Schema, raw: Any) -> dict[str, str]:
    """The known particulars as trimmed text; one that cannot be read is refused by its name, an empty one is left out."""
    said = raw if isinstance(raw, Mapping) else {}
    values: dict[str, str] = {}
    faults: dict[str, list[Any]] = {}
    for row in schema:
        text = one_line(said.get(row["name"]))
        if len(text) > MAX_LENGTH:
            faults[f"particulars.{row['name']}"] = [
                _("At most {longest} characters; this has {length}.").format(
                    longest=MAX_LENGTH, length=len(text)
                )
            ]
            continue
        if not text:
            continue
        try:
            values[row["name"]] = _READERS.get(row["type"], _as_it_is)(row, text)
        except ValueError:
            faults[f"particulars.{row['name']}"] = [_FAULTS[row["type"]]]
    if faults:
        raise BadInput(_("Some fields need another value; each is named with the reason."), fields=faults)
    return values


def missing(schema: Schema, values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Annex 11: the particulars the form of information asks for and that are not filled in yet."""
    return [row for row in schema if row.get("required") and not values.get(row["name"])]


def below_minimum(schema: Schema, values: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Annex 11/1(5): numbers under what the entry demands (35 kV, 1 MW); shown, the executor's finding decides."""
    found = []
    for row in schema:
        said = _number(values.get(row["name"]))
        if "min" in row and said is not None and said < Decimal(row["min"]):
            found.append(row)
    return found


def label(row: Mapping[str, Any], language: str) -> str:
    """What a particular is called."""
    return str(row.get(f"label_{language[:2]}") or row["label_ru"])


def shown(row: Mapping[str, Any], value: Any, language: str) -> str:
    """A value as people read it: the label of a choice, else what was written."""
    for choice in row.get("choices", ()):
        if choice["value"] == value:
            return label(choice, language)
    if row["type"] == "decimal" and not language.startswith("en"):
        return str(value).replace(".", ",")
    return str(value)


def _as_it_is(_row: Mapping[str, Any], text: str) -> str:
    return text


def _choice(row: Mapping[str, Any], text: str) -> str:
    if text not in {choice["value"] for choice in row["choices"]}:
        raise ValueError(text)
    return text


def _bin(_row: Mapping[str, Any], text: str) -> str:
    if not is_valid(Kind.BIN, text):
        raise ValueError(text)
    return text


def _decimal(_row: Mapping[str, Any], text: str) -> str:
    value = _number(text)
    if value is None or value < 0:
        raise ValueError(text)
    return f"{value.normalize():f}"


def _number(text: Any) -> Decimal | None:
    try:
        value = Decimal(str(text).replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


_READERS = {"choice": _choice, "bin": _bin, "decimal": _decimal}
_FAULTS = {
    "choice": _("Choose one of the list."),
    "bin": _("This is no BIN: it has twelve digits, and its last digit must fit the others."),
    "decimal": _("This is no number: it looks like 110 or 12.5."),
}
