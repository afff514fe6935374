"""The ZIP, written piece by piece: no bundle is held in memory, and its index, signed, comes last."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.files.storage import default_storage

from casework.documents import seal_keys
from casework.documents.bundle.content import Bundle
from casework.documents.bundle.inventory import Inventory
from casework.documents.models import OfficialDocument
from casework.documents.selectors.outgoing import evidence_of_act, final_bytes, sealed_bytes
from foundation.egov.eds.trust import trust_store
from foundation.kernel import keys
from foundation.kernel.canonical import canonical_bytes

SCHEMA: Final = "kz.portal.bundle/1"
_VERIFY = Path(__file__).with_name("verify.py")
_PIECE = 1 << 16
_UNFIT = re.compile(r"[^\w.\-]+")
_LONGEST_NAME = 80


class _Sink(io.RawIOBase):
    """What the ZIP writes, handed on and forgotten."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


class _Writer:
    """One ZIP with the hash of everything in it."""

    def __init__(self, bundle: Bundle) -> None:
        self.sink = _Sink()
        self.zip = zipfile.ZipFile(self.sink, "w", zipfile.ZIP_DEFLATED)
        self.files: dict[str, dict[str, Any]] = {}
        self._date = bundle.at.timetuple()[:6]

    def add(self, name: str, content: bytes) -> bytes:
        """A file that is at hand."""
        return b"".join(self.add_pieces(name, iter([content])))

    def add_pieces(self, name: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """A file that is read as it is written."""
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(name, self._date)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with self.zip.open(entry, "w", force_zip64=True) as target:
            for piece in pieces:
                target.write(piece)
                digest.update(piece)
                size += len(piece)
                yield self.sink.taken()
        self.files[name] = {"sha256": digest.hexdigest(), "size": size}
        yield self.sink.taken()

    def finish(self, index: dict[str, Any]) -> bytes:
        """The index with the authority's signature, and the end of the ZIP."""
        key_id, key = keys.current_key("anchor")
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        made = self.add("trust/anchor.pem", public)
        content = canonical_bytes({**index, "files": self.files, "key_id": key_id})
        made += self.add("index.json", content) + self.add("index.sig", key.sign(content))
        self.zip.close()
        return made + self.sink.taken()


def stream(bundle: Bundle) -> Iterator[bytes]:
    """The bytes of the ZIP as they are made."""
    out = _Writer(bundle)
    acts: dict[str, list[dict[str, Any]]] = {}
    documents, inventory = [], Inventory()
    for row in bundle.documents:
        path = _path(row)
        inventory.documents.append((path, row))
        yield out.add(path, sealed_bytes(row.pk))
        documents.append(_described(row))
        if row.act_id and str(row.act_id) not in acts:
            acts[str(row.act_id)] = signatures = []
            for signed in evidence_of_act(row.act_id):
                name = f"signatures/{row.act_id}-{signed.position}"
                yield out.add(f"{name}.manifest.json", bytes(signed.manifest))
                yield out.add(f"{name}.cms", bytes(signed.cms))
                signatures.append(
                    {
                        "manifest": f"{name}.manifest.json",
                        "cms": f"{name}.cms",
                        "by_seal": signed.by_seal,
                        "at": int(signed.signed_at.timestamp()),
                    }
                )
    for number, file in enumerate(bundle.files, start=1):
        path = f"files/{number:03d}_{_safe(file.name)}"
        inventory.files.append((path, file))
        with default_storage.open(file.storage_key, "rb") as content:
            yield from out.add_pieces(path, iter(lambda: content.read(_PIECE), b""))
    for journal in bundle.journals:
        yield out.add(journal.name, _json({"stream": journal.stream, "facts": journal.facts}))
    for name, rows in bundle.tables.items():
        yield out.add(f"{name}.json", _json(rows))
    for name, page in inventory.pages(bundle).items():
        yield out.add(name, page)
    yield out.add("trust/people.pem", _trusted())
    yield out.add(
        "trust/seal.pem", b"".join(seal_keys.chain_file(one).read_bytes() for one in seal_keys.key_files())
    )
    yield out.add("verify.py", _VERIFY.read_bytes())
    yield out.finish(
        {
            "schema": SCHEMA,
            "of": bundle.of,
            "made_at": bundle.at.isoformat(),
            "documents": documents,
            "acts": [{"id": act, "signatures": signatures} for act, signatures in acts.items()],
            "journals": [journal.name for journal in bundle.journals],
            "left_out": [
                {"name": file.name, "sha256": file.sha256, "why": str(file.why)} for file in bundle.left_out
            ],
        }
    )


def _path(row: OfficialDocument) -> str:
    return f"documents/{_safe(row.file_name)}.pdf"


def _described(row: OfficialDocument) -> dict[str, Any]:
    return {
        "file": _path(row),
        "kind": row.kind,
        "language": row.language,
        "number": row.number,
        "subject": row.subject,
        "edition": row.edition,
        "date": row.document_date.isoformat(),
        "act": str(row.act_id) if row.act_id else None,
        "signed_sha256": row.sha256,
        "signed_size": len(final_bytes(row.pk)),
        "at": int(row.signed_at.timestamp()) if row.signed_at else None,
    }


def _trusted() -> bytes:
    """The certification centre's certificates that signatures of people are checked against."""
    store = trust_store(Path(settings.EDS["TRUST_DIR"]), sandbox=settings.EDS["SANDBOX"])
    return b"".join(one.public_bytes(Encoding.PEM) for one in (*store.roots, *store.intermediates))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()


def _safe(name: str) -> str:
    """A name for any file system: no folders, no odd characters."""
    stem, dot, ending = name.rpartition(".")
    kept = _UNFIT.sub("_", stem if dot else name)[:_LONGEST_NAME].strip("._") or "file"
    return f"{kept}.{_UNFIT.sub('', ending)[:10]}" if dot else kept
