"""Grounds of refusal as an executor states them: code, facts in both languages, entries, evidence, assessment."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.decisions.papers.bilingual import require_same_grounds
from casework.decisions.rules import Source, read_reference
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput, LawRefusal
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules.rows import RefusalGround

_MOST_FILES = 50


@dataclass(frozen=True, slots=True)
class _Known:
    """What a ground may name on the day of the case."""

    grounds: Mapping[str, RefusalGround]
    entries: frozenset[str]
    sources: Mapping[str, Source]
    heard: bool


def read_grounds(
    raw: Any,
    on: date,
    *,
    known: Iterable[RefusalGround],
    assessed: bool = False,
    sources: Mapping[str, Source] | None = None,
    heard: bool = False,
) -> list[dict[str, Any]]:
    """At least one ground the case knows, each with its facts in Kazakh and Russian; `assessed`: with the assessment.

    `heard`: there is a hearing, so each ground rests on evidence: a file of the case with its pages, or a record outside
    the files (a register's answer, a court act, what was not handed in) in both languages (process.md, notify of hearing).
    Raises BadInput by place; LawRefusal where the two languages say different things (Rules 17).
    """
    rows = _Known(
        grounds={row.code: row for row in known},
        entries=frozenset(row.code for row in rulebook.pack(on).evidence()),
        sources=sources or {},
        heard=heard,
    )
    if not isinstance(raw, list) or not raw or not all(isinstance(item, dict) for item in raw):
        raise BadInput(
            _("A refusal rests on at least one ground, each with its facts."),
            citation=cite("Annex 3", 10),
            fields={"grounds": [_("Known grounds: {codes}.").format(codes=", ".join(rows.grounds))]},
        )
    faults: dict[str, list[Any]] = {}
    found = [
        _ground(item, f"grounds.{index}", rows, faults, assessed=assessed) for index, item in enumerate(raw)
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
    require_same_grounds(found)
    return found


def _ground(
    raw: dict[str, Any], where: str, known: _Known, faults: dict[str, list[Any]], *, assessed: bool
) -> dict[str, Any]:
    code = str(raw.get("code", ""))
    if code not in known.grounds:
        faults[f"{where}.code"] = [_("One of: {codes}.").format(codes=", ".join(known.grounds))]
    needed = ["facts_kk", "facts_ru", *(("assessment_kk", "assessment_ru") if assessed else ())]
    ground: dict[str, Any] = {"code": code}
    for name in needed:
        ground[name] = lines(str(raw.get(name, "")))
        if not ground[name]:
            faults[f"{where}.{name}"] = [_("Write it in Kazakh and in Russian.")]
    ground["entries"] = sorted({str(entry).strip() for entry in raw.get("entries", [])})
    if unknown := [entry for entry in ground["entries"] if entry.split("@")[0] not in known.entries]:
        faults[f"{where}.entries"] = [
            _("Annex 11 has no such entry: {codes}.").format(codes=", ".join(unknown))
        ]
    ground["evidence"] = _evidence(raw.get("evidence", []), f"{where}.evidence", known, faults)
    named = known.grounds.get(code)
    if named is not None and named.names_evidence and not ground["entries"]:
        faults[f"{where}.entries"] = [_("Name the entries of Annex 11 that are not met.")]
    if known.heard:
        _require_rests_on_something(raw, ground, where, faults)
    return ground


def require_failed(grounds: Iterable[Mapping[str, Any]], failed: frozenset[str]) -> None:
    """Ground 3 names only entries found not met, or not handed in (Rules 8, Annex 3/10(3)); raises LawRefusal."""
    faults = {
        f"grounds.{index}.entries": [
            _("No finding says that it is not met: {codes}.").format(codes=", ".join(others))
        ]
        for index, ground in enumerate(grounds)
        if (others := [entry for entry in ground["entries"] if entry.split("@")[0] not in failed])
    }
    if faults:
        raise LawRefusal(
            _("A ground names an entry of Annex 11 that was not found lacking."),
            code="ENTRY_NOT_FAILED",
            citation=cite_all(cite("Rules", 8), cite("Annex 3", "10(3)")),
            advice=_("Record the finding on the entry first, or leave the entry out."),
            fields=faults,
        )


def _require_rests_on_something(
    raw: dict[str, Any], ground: dict[str, Any], where: str, faults: dict[str, list[Any]]
) -> None:
    records = {name: lines(str(raw.get(name, ""))) for name in ("records_kk", "records_ru")}
    said = [name for name, text in records.items() if text]
    if said:
        ground |= records
    if len(said) == 1:
        missing = next(name for name in records if name not in said)
        faults[f"{where}.{missing}"] = [_("Write it in Kazakh and in Russian.")]
    if not said and not ground["evidence"]:
        faults.setdefault(f"{where}.evidence", []).append(
            _(
                "Choose the file it rests on, or name the record: a register's answer, a court act, what is lacking."
            )
        )


def _evidence(raw: Any, where: str, known: _Known, faults: dict[str, list[Any]]) -> list[dict[str, str]]:
    """Files with their pages, as the documents print them; the SHA-256 fixes which bytes were meant."""
    said = [str(one).strip() for one in raw][:_MOST_FILES] if isinstance(raw, list) else [str(raw)]
    found = []
    for one in filter(None, said):
        reference = read_reference(one, known.sources)
        if reference is None:
            faults.setdefault(where, []).append(
                _("No file of this case: {name}.").format(name=one.split("#")[0][:60])
            )
            continue
        source = reference.source
        if not reference.has_pages:
            faults.setdefault(where, []).append(
                _("“{name}” has {pages} pages.").format(name=source.name, pages=source.pages)
            )
        found.append(
            {"id": reference.id, "name": source.name, "pages": reference.pages, "sha256": source.sha256}
        )
    return found
