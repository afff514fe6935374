"""What goes into a bundle for a person: never more than they may open one by one (APPC 75)."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from casework.cases.models import Case
from casework.cases.selectors import Happening, happenings
from casework.documents.models import OfficialDocument, StoredFile
from casework.documents.selectors.incoming import files_of_case
from casework.documents.selectors.outgoing import published_documents_visible_to
from foundation.accounts.models import Person


@dataclass(frozen=True, slots=True)
class ClosedFile:
    """A file that is named but not handed out: harmful, or not looked through yet; `why` speaks the reader's language."""

    name: str
    sha256: str
    why: Any


@dataclass(frozen=True, slots=True)
class Journal:
    """A chain of facts; with their stored bytes where the reader may see what is in them."""

    name: str
    stream: str
    facts: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything by name; bytes are read while it is being written."""

    of: str
    at: datetime
    documents: list[OfficialDocument]
    files: list[StoredFile] = field(default_factory=list)
    left_out: list[ClosedFile] = field(default_factory=list)
    journals: list[Journal] = field(default_factory=list)
    tables: dict[str, Any] = field(default_factory=dict)
    facts: tuple[tuple[Any, str], ...] = ()  # what stands above the inventory: name and value


def case_bundle(
    case: Case, person: Person, at: datetime, *, officer: bool, label: Callable[[str], object], **tables: Any
) -> Bundle:
    """A case: published documents, clean files, the journal; `tables` become JSON files of their names."""
    files = list(files_of_case(case.pk))
    return Bundle(
        of=str(case),
        at=at,
        documents=_published(person, at, case_id=case.pk),
        files=[file for file in files if file.is_open],
        left_out=[
            ClosedFile(file.name, file.sha256, StoredFile.ScanState(file.scan_state).label)
            for file in files
            if not file.is_open
        ],
        journals=[
            Journal(
                "timeline.json", case.stream, journal_rows(case, person, at, officer=officer, label=label)
            )
        ],
        tables=tables,
    )


def with_case(bundle: Bundle, other: Bundle, *, prefix: str) -> Bundle:
    """A case that carries another one along; the journal and the tables of the other are named after `prefix`."""
    known = {file.pk for file in bundle.files}
    return replace(
        bundle,
        documents=[*bundle.documents, *other.documents],
        files=[*bundle.files, *(file for file in other.files if file.pk not in known)],
        left_out=[*bundle.left_out, *other.left_out],
        journals=[*bundle.journals, *(replace(one, name=f"{prefix}_{one.name}") for one in other.journals)],
        tables={**bundle.tables, **{f"{prefix}_{name}": rows for name, rows in other.tables.items()}},
    )


def published_bundle(
    of: str,
    person: Person,
    at: datetime,
    *,
    acts: Iterable[Any],
    journals: list[Journal],
    **tables: Any,
) -> Bundle:
    """The published documents of the named acts, as far as this person may see them."""
    return Bundle(
        of=of,
        at=at,
        documents=_published(person, at, act_id__in=list(acts)),
        journals=journals,
        tables=tables,
    )


def journal_rows(
    case: Case, person: Person, at: datetime, *, officer: bool, label: Callable[[str], object]
) -> list[dict[str, Any]]:
    """The journal as its reader may see it: an applicant gets the chain, not what officers wrote before deciding."""
    rows = happenings(case, person, at, by_name=officer)
    return [fact_row(row, label(row.kind), whole=officer) for row in rows]


def fact_row(row: Happening, words: object, *, whole: bool) -> dict[str, Any]:
    """One entry of the chain."""
    fact = row.fact
    shown = {
        "seq": fact.seq,
        "at": row.at.isoformat(),
        "kind": row.kind,
        "what": str(words),
        "who": str(row.who),
        "prev_hash": fact.prev_hash,
        "hash": fact.hash,
    }
    if whole:
        shown["canonical"] = base64.b64encode(bytes(fact.canonical)).decode()
    return shown


def _published(person: Person, at: datetime, **which: Any) -> list[OfficialDocument]:
    rows = published_documents_visible_to(person, at).filter(**which)
    return list(rows.order_by("published_at", "kind", "subject", "language", "edition"))
