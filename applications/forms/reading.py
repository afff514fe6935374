"""Reading what is filled in: known fields, cleaned, each fault named by its field. Serves web and API alike."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from applications import addresses
from applications.fees import LICENCE
from applications.models import Application, PowerSource
from applications.rules import Reorganisation
from foundation.accounts.identifiers import Kind, is_valid
from foundation.kernel.plain_text import one_line
from foundation.kernel.refusals import BadInput
from licenses.rules import number_is_valid, tidy_number

MAX_CENTRES = 50
_MAX_NAME, _MAX_ACT = 300, 500
_ANNEX = re.compile(r"[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be stored; None: left as it is."""

    fields: dict[str, Any]
    centres: list[dict[str, Any]] | None
    grounds: list[dict[str, Any]] | None


def draft_changes(raw: dict[str, Any]) -> Changes:
    """Fields, data centres and grounds of the application as they may be stored; raises BadInput by field."""
    faults: dict[str, list[Any]] = {}
    changes = Changes(
        _fields(raw, faults),
        _centres(raw["data_centers"], faults) if "data_centers" in raw else None,
        _grounds(raw["grounds"], faults) if "grounds" in raw else None,
    )
    if faults:
        raise BadInput(_("Some fields need another value; each is named with the reason."), fields=faults)
    return changes


def _fields(raw: dict[str, Any], faults: dict[str, list[Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "wizard_step" in raw:
        fields["wizard_step"] = str(raw["wizard_step"] or "").strip()[:20]
    if "scope" in raw:
        _choice(raw["scope"], Application.Scope.values, "scope", fields, faults)
    if "locale" in raw:
        _choice(raw["locale"], ["kk", "ru"], "locale", fields, faults)
    if "owns_hardware" in raw:
        fields["owns_hardware"] = _yes_no(raw["owns_hardware"])
    if "address" in raw:
        fields["address"] = _address(raw["address"], "address", faults)
    if "email" in raw:
        _email(str(raw["email"] or ""), fields, faults)
    if "phone" in raw:
        _phone(str(raw["phone"] or ""), fields, faults)
    return fields | _target_fields(raw, faults)


def _target_fields(raw: dict[str, Any], faults: dict[str, list[Any]]) -> dict[str, Any]:
    """The licence that is added to or re-issued, and what of it."""
    fields: dict[str, Any] = {}
    if "target_licence" in raw:
        fields["target_licence"] = _licence(raw["target_licence"], "target_licence", faults)
    if "targets" in raw:
        fields["targets"] = _targets(raw["targets"], faults)
    return fields


def _licence(value: Any, where: str, faults: dict[str, list[Any]]) -> str:
    number = tidy_number(str(value or ""))
    if number and not number_is_valid(number):
        faults[where] = [_("This is no licence number: it looks like KZ32DML00000001.")]
    return number[:15]


def _targets(raw: Any, faults: dict[str, list[Any]]) -> list[str]:
    """`licence` and numbers of annexes, each once, the licence first."""
    said = [str(item).strip() for item in raw] if isinstance(raw, list) else [""]
    if any(item != LICENCE and not _ANNEX.fullmatch(item) for item in said):
        faults["targets"] = [_("“licence” and numbers of annexes such as 001.")]
        return []
    return sorted(set(said), key=lambda item: (item != LICENCE, item))


def _grounds(raw: Any, faults: dict[str, list[Any]]) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        faults["grounds"] = [_("A list of grounds, each with its number and the day of the change.")]
        return []
    return [_ground(item, f"grounds.{item.get('code', index)}", faults) for index, item in enumerate(raw)]


def _ground(raw: dict[str, Any], where: str, faults: dict[str, list[Any]]) -> dict[str, Any]:
    details: dict[str, Any] = {}
    for name, longest in (("name_kk", _MAX_NAME), ("name_ru", _MAX_NAME), ("act", _MAX_ACT)):
        if text := _line(raw.get(name), longest, f"{where}.{name}", faults):
            details[name] = text
    if chosen := raw.get("reorganisation"):
        _choice(chosen, list(Reorganisation), "reorganisation", details, faults, at=where)
    merged = raw.get("merged") or []
    numbers = merged.replace(",", " ").split() if isinstance(merged, str) else [str(item) for item in merged]
    if bad := [number for number in numbers if not is_valid(Kind.BIN, number)]:
        faults[f"{where}.merged"] = [_("This is no BIN: {numbers}.").format(numbers=", ".join(bad))]
    if numbers:
        details["merged"] = sorted(set(numbers))
    return {
        "code": str(raw.get("code", ""))[:4],
        "changed_on": _day(raw.get("changed_on"), f"{where}.changed_on", faults),
        "details": details,
    }


def _line(value: Any, longest: int, where: str, faults: dict[str, list[Any]]) -> str:
    """Plain text on one line; what is too long is refused, never cut: a name that is cut is another name."""
    text = one_line(value)
    if len(text) > longest:
        faults[where] = [too_long(longest, len(text))]
        return ""
    return text


def too_long(longest: int, length: int) -> str:
    """What is said of a text that is too long."""
    return _("At most {longest} characters; this has {length}.").format(longest=longest, length=length)


def _address(raw: Any, where: str, faults: dict[str, list[Any]]) -> addresses.Address:
    said = addresses.cleaned(raw)
    for name, length in addresses.too_long(said).items():
        faults[f"{where}.{name}"] = [too_long(addresses.MAX_LENGTH, length)]
    return said


def _choice(
    value: Any,
    known: list[str],
    name: str,
    fields: dict[str, Any],
    faults: dict[str, list[Any]],
    *,
    at: str = "",
) -> None:
    if value in known:
        fields[name] = str(value)
    else:
        faults[f"{at}.{name}" if at else name] = [_("One of: {names}.").format(names=", ".join(known))]


def _yes_no(value: Any) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(
        str(value).lower()
    )


def _email(value: str, fields: dict[str, Any], faults: dict[str, list[Any]]) -> None:
    local, at_sign, domain = value.strip().rpartition("@")
    address = f"{local}{at_sign}{domain.lower()}"
    try:
        if address:
            validate_email(address)
        fields["email"] = address
    except ValidationError:
        faults["email"] = [_("This is no e-mail address: it looks like name@example.kz.")]


def _phone(value: str, fields: dict[str, Any], faults: dict[str, list[Any]]) -> None:
    if not value.strip():
        fields["phone"] = ""
        return
    try:
        number = phonenumbers.parse(value, "KZ")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        faults["phone"] = [_("This is no telephone number: it looks like +7 701 234 56 78.")]
    else:
        fields["phone"] = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _centres(raw: Any, faults: dict[str, list[Any]]) -> list[dict[str, Any]]:
    if not isinstance(raw, list) or len(raw) > MAX_CENTRES or not all(isinstance(item, dict) for item in raw):
        faults["data_centers"] = [_("A list of at most {n} data centres.").format(n=MAX_CENTRES)]
        return []
    return [_centre(item, f"data_centers.{index}", faults) for index, item in enumerate(raw)]


def _centre(raw: dict[str, Any], where: str, faults: dict[str, list[Any]]) -> dict[str, Any]:
    centre: dict[str, Any] = {}
    if raw.get("id"):
        try:
            centre["id"] = UUID(str(raw["id"]))
        except ValueError:
            faults[f"{where}.id"] = [_("This is no id.")]
    if "address" in raw:
        centre["address"] = _address(raw["address"], f"{where}.address", faults)
    return centre | _power(raw, where, faults) | _host(raw, where, faults)


def _power(raw: dict[str, Any], where: str, faults: dict[str, list[Any]]) -> dict[str, Any]:
    """Sub-kind I: how it buys electricity and since when it is on the grid."""
    said: dict[str, Any] = {}
    if "power_source" in raw:
        if raw["power_source"] in ("", *PowerSource.values):
            said["power_source"] = raw["power_source"]
        else:
            faults[f"{where}.power_source"] = [
                _("One of: {names}.").format(names=", ".join(PowerSource.values))
            ]
    if "grid_connected" in raw:
        said["grid_connected"] = _yes_no(raw["grid_connected"])
    if "grid_connected_on" in raw:
        said["grid_connected_on"] = _day(raw["grid_connected_on"], f"{where}.grid_connected_on", faults)
    if said.get("grid_connected") is False or said.get("power_source") == PowerSource.OFF_GRID_PRODUCER:
        said["grid_connected_on"] = None
    return said


def _host(raw: dict[str, Any], where: str, faults: dict[str, list[Any]]) -> dict[str, Any]:
    """Sub-kind II: whose centre it is; and on a change the annex whose place it takes."""
    said: dict[str, Any] = {}
    if "host_name" in raw:
        said["host_name"] = _line(raw["host_name"], _MAX_NAME, f"{where}.host_name", faults)
    if "host_licence" in raw:
        said["host_licence"] = _licence(raw["host_licence"], f"{where}.host_licence", faults)
    if "annex" in raw:
        said["annex"] = str(raw["annex"] or "").strip()
        if said["annex"] and not _ANNEX.fullmatch(said["annex"]):
            faults[f"{where}.annex"] = [_("The number of an annex has three digits, such as 001.")]
    if "moves" in raw:
        said["moves"] = _yes_no(raw["moves"])
    return said


def _day(value: Any, where: str, faults: dict[str, list[Any]]) -> dt.date | None:
    if value in (None, ""):
        return None
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        faults[where] = [_("This is no date: it looks like 2026-11-23.")]
        return None
