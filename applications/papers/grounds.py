"""Grounds of refusal as an executor states them: code, facts in both languages, entries, assessment (Annex 3/10)."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput
from foundation.rulebook import selectors as rulebook


def read_grounds(raw: Any, on: date, *, annex_only: bool, assessed: bool = False) -> list[dict[str, Any]]:
    """At least one known ground, each with its facts in Kazakh and Russian; with `assessed` also the assessment.

    A ground that names evidence (3) names the Annex 11 entries failed. Raises BadInput by place.
    """
    pack = rulebook.pack(on)
    known = {row.code: row for row in pack.grounds("new", annex_only=annex_only)}
    entries = frozenset(row.code for row in pack.evidence())
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise BadInput(
            _("A refusal rests on at least one ground, each with its facts."),
            citation=cite("Annex 3", 10),
            fields={"grounds": [_("Known grounds: {codes}.").format(codes=", ".join(known))]},
        )
    faults: dict[str, list[Any]] = {}
    found = [
        _ground(item, f"grounds.{index}", known, entries, faults, assessed=assessed)
        for index, item in enumerate(raw)
    ]
    codes = [item["code"] for item in found]
    if len(set(codes)) < len(codes):
        faults["grounds"] = [_("Each ground once.")]
    if faults:
        raise BadInput(
            _("Some grounds are not complete; each place is named."),
            citation=cite("Annex 3", 10),
            fields=faults,
        )
    return found


def _ground(
    raw: dict[str, Any],
    where: str,
    known: dict[str, Any],
    entries: frozenset[str],
    faults: dict[str, list[Any]],
    *,
    assessed: bool,
) -> dict[str, Any]:
    code = str(raw.get("code", ""))
    if code not in known:
        faults[f"{where}.code"] = [_("One of: {codes}.").format(codes=", ".join(known))]
    needed = ["facts_kk", "facts_ru", *(("assessment_kk", "assessment_ru") if assessed else ())]
    ground: dict[str, Any] = {"code": code}
    for name in needed:
        ground[name] = str(raw.get(name, "")).strip()
        if not ground[name]:
            faults[f"{where}.{name}"] = [_("Write it in Kazakh and in Russian.")]
    ground["entries"] = sorted({str(entry).strip() for entry in raw.get("entries", [])})
    if unknown := [entry for entry in ground["entries"] if entry.split("@")[0] not in entries]:
        faults[f"{where}.entries"] = [
            _("Annex 11 has no such entry: {codes}.").format(codes=", ".join(unknown))
        ]
    ground["evidence"] = [str(entry)[:40] for entry in raw.get("evidence", [])]
    if code in known and known[code].names_evidence and not ground["entries"]:
        faults[f"{where}.entries"] = [_("Name the entries of Annex 11 that are not met.")]
    return ground
