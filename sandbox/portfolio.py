"""A case's documents as files: each PDF with its CMS and the signed manifest, and an index with SHA-256."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from casework.documents.models import OfficialDocument
from casework.documents.selectors.outgoing import documents_of, evidence_of_act, final_bytes, sealed_bytes


def write(cases: Sequence[UUID], folder: Path, *, decision_kinds: tuple[str, ...]) -> list[dict[str, object]]:
    """Write every published document of the cases; `manifest.json` is the manifest of the decision of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    index = [
        _write_one(document, folder)
        for case_id in cases
        for document in documents_of(case_id).filter(state="published")
    ]
    for document in documents_of(cases[0]).filter(kind__in=decision_kinds, state="published")[:1]:
        evidence = evidence_of_act(document.act_id).first() if document.act_id else None
        if evidence is not None:
            _put(folder / "manifest.json", bytes(evidence.manifest))
    (folder / "index.json").write_text(
        json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return index


def _write_one(document: OfficialDocument, folder: Path) -> dict[str, object]:
    name = document.file_name
    sealed = sealed_bytes(document.pk)
    _put(folder / f"{name}.pdf", sealed)
    row: dict[str, object] = {
        "file": f"{name}.pdf",
        "kind": document.kind,
        "language": document.language,
        "number": document.number,
        "sha256": hashlib.sha256(sealed).hexdigest(),
        "signed_bytes": len(final_bytes(document.pk)),
        "signed_sha256": document.final_id,
        "subject": document.subject,
    }
    evidence = evidence_of_act(document.act_id).first() if document.act_id else None
    if evidence is not None:
        row["cms"], row["manifest"] = f"{name}.cms", f"{name}.manifest.json"
        _put(folder / f"{name}.cms", bytes(evidence.cms))
        _put(folder / f"{name}.manifest.json", bytes(evidence.manifest))
    return row


def _put(path: Path, content: bytes) -> None:
    path.write_bytes(content)
