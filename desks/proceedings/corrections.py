"""Corrections on pages: the texts of a licence as fields of a form, and the errors that were named (PL 44)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from foundation.kernel.refusals import LawRefusal
from foundation.kernel.regions import REGIONS
from licenses.proceedings.papers.correction import (
    CHOSEN,
    corrections_in,
    form_name,
    places,
    require_living,
    stands,
)
from licenses.proceedings.permissions import Situation
from licenses.rules.corrections import REGION
from licenses.statuses import PowerSource

_FIELDS: dict[str, Promise] = {
    "holder_kk": _("Name of the holder in Kazakh"),
    "holder_ru": _("Name of the holder in Russian"),
    "location_kk": _("Location in Kazakh"),
    "location_ru": _("Location in Russian"),
    "activity_kk": _("Activity in Kazakh"),
    "activity_ru": _("Activity in Russian"),
    "note_kk": _("Note in Kazakh"),
    "note_ru": _("Note in Russian"),
    "place_kk": _("Place of issue in Kazakh"),
    "place_ru": _("Place of issue in Russian"),
    "address_kk": _("Address of the data centre in Kazakh"),
    "address_ru": _("Address of the data centre in Russian"),
    REGION: _("Region of the address"),
    "power_source": _("Way of buying electricity"),
    "host_name": _("Host"),
    "host_licence_number": _("Number of the host's licence"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One error for people: where, what stands there, what should stand."""

    where: str
    stands: str
    reads: str


def correction_rows(content: Mapping[str, Any]) -> list[Row]:
    """The errors that a request or a prepared decision names."""
    return [
        Row(_where(one.annex, one.field), _shown(one.field, one.stands), _shown(one.field, one.reads))
        for one in corrections_in(content)
    ]


def correction_fields(s: Situation) -> dict[str, forms.Field]:
    """Every text in which an error may be named; none where the licence is not in force any more."""
    return {form_name(annex, field): _field(annex, field) for annex, field in _places(s)}


def correction_values(s: Situation) -> dict[str, str]:
    """What stands in each field today, and over it what was asked for."""
    found = _places(s)
    if not found:
        return {}
    target = require_living(s)
    now = {form_name(annex, field): stands(target, annex, field) for annex, field in found}
    asked = {form_name(*one.place): one.reads for one in corrections_in(s.proceeding.content)}
    return {**now, **asked}


def _places(s: Situation) -> list[tuple[str, str]]:
    try:
        return places(s, require_living(s))
    except LawRefusal:
        return []


def _field(annex: str, field: str) -> forms.Field:
    label = _where(annex, field)
    if field in CHOSEN:
        choices = [("", "—"), *((code, _shown(field, code)) for code in CHOSEN[field])]
        return forms.ChoiceField(label=label, choices=choices)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 2}))


def _where(annex: str, field: str) -> str:
    part = _("Annex {number}").format(number=annex) if annex else _("Licence")
    return f"{part}: {_FIELDS[field]}"


def _shown(field: str, value: str) -> str:
    if field == REGION and value in REGIONS:
        return REGIONS[value].name(get_language() or "ru")
    if field == "power_source" and value in PowerSource.values:
        return str(PowerSource(value).label)
    return value
