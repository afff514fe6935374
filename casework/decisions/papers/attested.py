"""What an officer writes down from a paper of somebody else, a court above all: text, day, number, scan."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.documents.models import StoredFile
from foundation.kernel.citations import Citation
from foundation.kernel.refusals import BadInput

Faults = dict[str, list[Any]]


def text_of_paper(params: dict[str, Any], name: str, faults: Faults, longest: int = 300) -> str:
    """A text as it stands in the paper; its absence becomes a fault of that field."""
    text = str(params.get(name, "")).strip()[:longest]
    if not text:
        faults[name] = [_("Write it as it stands in the document.")]
    return text


def day_of_paper(params: dict[str, Any], name: str, faults: Faults, *, not_after: date) -> str:
    """A day of the past or today, in ISO form."""
    try:
        day = date.fromisoformat(str(params.get(name, "")))
    except ValueError:
        faults[name] = [_("A day looks like 2026-11-23.")]
        return ""
    if day > not_after:
        faults[name] = [_("This day has not come yet.")]
    return day.isoformat()


def scan_of_paper(files: Iterable[StoredFile], params: dict[str, Any], faults: Faults) -> str:
    """The id of a file of the case that was not found harmful."""
    said = str(params.get("scan", ""))
    try:
        wanted = UUID(said)
    except ValueError:
        wanted = None
    if wanted is None or not any(file.pk == wanted and file.counts for file in files):
        faults["scan"] = [_("Attach the scan to the case first and name it here.")]
    return said


def refuse_faults(faults: Faults, what: Any, law: Citation) -> None:
    """Raise BadInput by field where there is a fault."""
    if faults:
        raise BadInput(what, citation=law, fields=faults)
