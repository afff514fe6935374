"""Reading what is filled in: known fields, cleaned, each fault named by its field. Serves web and API alike."""

import datetime as dt
from typing import Any
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import addresses
from applications.models import Application, PowerSource
from applications.rules import CONFIRMATIONS, CentreEntry, centre_faults
from foundation.kernel.refusals import BadInput

MAX_CENTRES = 50
_TEXTS: dict[str, Promise] = {
    "required": _("Fill this in."),
    "in_future": _("This day lies in the future; choose “not yet” if the connection was not made."),
}
_SIMPLE = ("target_licence", "wizard_step")


def draft_changes(raw: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
    """Fields of the application and its data centres as they may be stored; raises BadInput by field."""
    fields: dict[str, Any] = {}
    faults: dict[str, list[Any]] = {}
    for name in _SIMPLE:
        if name in raw:
            fields[name] = str(raw[name] or "").strip()[:20]
    if "scope" in raw:
        _choice(raw["scope"], Application.Scope.values, "scope", fields, faults)
    if "locale" in raw:
        _choice(raw["locale"], ["kk", "ru"], "locale", fields, faults)
    if "owns_hardware" in raw:
        fields["owns_hardware"] = _yes_no(raw["owns_hardware"])
    if "address" in raw:
        fields["address"] = addresses.cleaned(raw["address"])
    if "email" in raw:
        _email(str(raw["email"] or ""), fields, faults)
    if "phone" in raw:
        _phone(str(raw["phone"] or ""), fields, faults)
    centres = _centres(raw["data_centers"], faults) if "data_centers" in raw else None
    if faults:
        raise BadInput(_("Some fields need another value; each is named with the reason."), fields=faults)
    return fields, centres


def filing_faults(application: Application, today: dt.date) -> dict[str, list[Any]]:
    """What the form still lacks before it can be filed (Rules 4, Annex 1), by field; empty when complete."""
    faults: dict[str, list[Any]] = {}
    for name, fault in addresses.faults(application.address).items():
        faults[f"address.{name}"] = [_TEXTS[fault]]
    for name in ("email", "phone"):
        if not getattr(application, name):
            faults[name] = [_TEXTS["required"]]
    if application.owns_hardware is None:
        faults["owns_hardware"] = [
            _("Say whether mining hardware is owned or lawfully held: entry I-3 depends on it.")
        ]
    centres = list(application.data_centres.all())
    if not centres:
        faults["data_centers"] = [_("Name at least one data centre.")]
    for index, centre in enumerate(centres):
        entry = CentreEntry(
            addresses.faults(centre.address),
            centre.power_source,
            centre.grid_connected,
            centre.grid_connected_on,
        )
        for name, fault in centre_faults(entry, today).items():
            faults[f"data_centers.{index}.{name}"] = [_TEXTS[fault]]
    faults |= _refused_for_now(application)
    if application.confirmations.count() < CONFIRMATIONS:
        faults["confirmations"] = [_("Tick each of the four confirmations of the form.")]
    return faults


def _refused_for_now(application: Application) -> dict[str, list[Any]]:
    """An annex alone is not open yet; a file found harmful does not count as handed in."""
    faults: dict[str, list[Any]] = {}
    if application.scope == Application.Scope.ANNEX:
        faults["scope"] = [_("An annex alone cannot be filed here yet: choose the licence with its annexes.")]
    bad = application.evidence.filter(file__scan_state="infected").select_related("file")
    if names := [row.file.name for row in bad]:
        faults["evidence"] = [
            _("A file was found harmful and does not count: {names}. Attach another one.").format(
                names=", ".join(names)
            )
        ]
    return faults


def _choice(
    value: Any, known: list[str], name: str, fields: dict[str, Any], faults: dict[str, list[Any]]
) -> None:
    if value in known:
        fields[name] = value
    else:
        faults[name] = [_("One of: {names}.").format(names=", ".join(known))]


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
        centre["address"] = addresses.cleaned(raw["address"])
    if "power_source" in raw:
        if raw["power_source"] in ("", *PowerSource.values):
            centre["power_source"] = raw["power_source"]
        else:
            faults[f"{where}.power_source"] = [
                _("One of: {names}.").format(names=", ".join(PowerSource.values))
            ]
    if "grid_connected" in raw:
        centre["grid_connected"] = _yes_no(raw["grid_connected"])
    if "grid_connected_on" in raw:
        centre["grid_connected_on"] = _day(raw["grid_connected_on"], f"{where}.grid_connected_on", faults)
    if centre.get("grid_connected") is False or centre.get("power_source") == PowerSource.OFF_GRID_PRODUCER:
        centre["grid_connected_on"] = None
    return centre


def _day(value: Any, where: str, faults: dict[str, list[Any]]) -> dt.date | None:
    if value in (None, ""):
        return None
    try:
        return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
    except ValueError:
        faults[where] = [_("This is no date: it looks like 2026-11-23.")]
        return None
