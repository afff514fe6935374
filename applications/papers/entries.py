"""Entries of Annex 11 and copies of a re-issue as documents cite them: in the order's own numbering, with their words."""

import re
from collections.abc import Mapping

from applications import addresses
from applications.models import Application
from applications.papers.wording import w
from casework.decisions.papers import Language
from foundation.rulebook.rules import Pack
from foundation.rulebook.rules.rows import EvidenceRequirement

_ENTRY = re.compile(r"Annex 11/(\d+)\((\d+)\)")
_PERMITS = re.compile(r"PL (\d+)\((\d+)\)")


def permits_citation(citation: str, language: Language) -> str:
    """A paragraph of the Law on permits in words; empty for anything else."""
    found = _PERMITS.fullmatch(citation)
    return w("ground.citation.permits", language, article=found[1], number=found[2]) if found else ""


def requirement_citation(requirement: EvidenceRequirement, language: Language) -> str:
    """Where the document is asked for: Annex 11 by paragraph and subparagraph, Annex 3/9(2), or PL 34(4)."""
    if found := _ENTRY.fullmatch(requirement.citation):
        return w("annex_11", language, paragraph=found[1], number=found[2])
    return permits_citation(requirement.citation, language) or w("copy", language)


def entry_line(key: str, pack: Pack, language: Language, places: Mapping[str, str]) -> str:
    """An entry a ground names, with its words; of one data centre with its place."""
    code, _at, centre = key.partition("@")
    requirement = pack.requirement(code)
    said = f"{requirement_citation(requirement, language)} – {requirement.text(language).rstrip(' ;.*')}"
    return (
        f"{said} ({w('return.centre', language, place=places[centre]).rstrip('.')})"
        if centre in places
        else said
    )


def places_of(application: Application, language: Language) -> dict[str, str]:
    """The place of each data centre by its id."""
    rows = application.data_centres.all()
    return {str(row.pk): addresses.one_line(row.address, language) for row in rows}
