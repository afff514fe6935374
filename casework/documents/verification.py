"""Is this file a document of ours, whole and as it was signed? The core of `verify_document`.

A PDF must be byte for byte what was published: under the authority's seal, beginning with the very bytes whose
SHA-256 stands in the manifest that was signed. A `.cms` or a manifest is checked against what is kept of its act.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from casework.documents import sealing
from casework.documents.models.official import ActEvidence, DocumentBytes, OfficialDocument
from casework.documents.selectors.outgoing import documents_of_act, evidence_of_act
from foundation.egov import eds

_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")
_PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The whole answer; `document` is set as soon as the file could be told, even if it was changed afterwards."""

    checks: tuple[Check, ...]
    document: OfficialDocument | None = None

    @property
    def ok(self) -> bool:
        """Nothing failed, and something was looked at."""
        return bool(self.checks) and all(check.ok for check in self.checks)


def verify_file(data: bytes) -> Verdict:
    """A published PDF, the CMS beside it, or the manifest of its act."""
    if data.startswith(_PDF):
        return verify_pdf(data)
    evidence = _evidence_of(data)
    if evidence is None:
        return Verdict(
            (Check("file", False, _("This is no file of a document issued here, or it was changed.")),)
        )
    document = documents_of_act(evidence.act_id).first()
    return Verdict((_signature(evidence),), document)


def verify_pdf(data: bytes) -> Verdict:
    """Seal, first bytes, manifest and signatures of a published PDF."""
    document = _document_of(data)
    if document is None:
        return Verdict(
            (_seal(data), Check("document", False, _("No document issued here begins with these bytes.")))
        )
    return Verdict((_seal(data), _whole(data, document), *_evidence(document)), document)


def _seal(data: bytes) -> Check:
    report = sealing.check_seal(data)
    if report.ok:
        return Check(
            "seal",
            True,
            _("The authority's seal holds over the whole file: {name}.").format(name=report.sealed_by),
        )
    return Check("seal", False, _("The authority's seal does not hold."))


def _whole(data: bytes, document: OfficialDocument) -> Check:
    published = document.state == OfficialDocument.State.PUBLISHED and document.sealed_id == _sha256(data)
    kept = bytes(document.final.content)
    if published and data.startswith(kept) and _sha256(kept) == document.final_id:
        return Check(
            "bytes", True, _("The file begins with the signed bytes and is the one that was published.")
        )
    return Check(
        "bytes", False, _("The file is not the one that was published: it was changed after signing.")
    )


def _evidence(document: OfficialDocument) -> Iterator[Check]:
    signatures = list(evidence_of_act(document.act_id)) if document.act_id else []
    if not signatures:
        yield Check("signature", False, _("No signature over this document is kept."))
    for evidence in signatures:
        named = _names(bytes(evidence.manifest), document.final_id)
        yield Check(
            "manifest",
            named,
            _("The signed list names this document by its SHA-256.")
            if named
            else _("The signed list does not name this document."),
        )
        yield _signature(evidence)


def _signature(evidence: ActEvidence) -> Check:
    """Valid at the moment of signing; whether the key was revoked then was asked then and is kept with the act."""
    manifest, cms = bytes(evidence.manifest), bytes(evidence.cms)
    if evidence.by_seal:
        report = sealing.check_seal_cms(manifest, cms, at=evidence.signed_at)
        who = report.sealed_by if report.ok else ""
    else:
        verifier = eds.get_verifier({**settings.EDS, "REVOCATION": "soft"})
        result = verifier.verify(
            cms, manifest, purpose=eds.Purpose.SIGN, expect=eds.Expect(), at=evidence.signed_at
        )
        who = result.signers[0].common_name if result.ok else ""
    if who:
        return Check("signature", True, _("The signature over the list is valid: {name}.").format(name=who))
    return Check("signature", False, _("The signature over the list is not valid."))


def _document_of(data: bytes) -> OfficialDocument | None:
    """By the whole file, or by the signed bytes it begins with."""
    hashes = [_sha256(data)]
    digest, done = hashlib.sha256(), 0
    for found in _END.finditer(data):
        for end in sorted({found.start() + len(b"%%EOF"), found.end()}):
            digest.update(data[done:end])
            done = end
            hashes.append(digest.hexdigest())
    kept = DocumentBytes.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
    documents = OfficialDocument.objects.select_related("final", "case")
    return documents.filter(sealed_id__in=kept).first() or documents.filter(final_id__in=kept).first()


def _evidence_of(data: bytes) -> ActEvidence | None:
    digest = _sha256(data)
    return (
        ActEvidence.objects.filter(cms_sha256=digest).first()
        or ActEvidence.objects.filter(manifest_sha256=digest).order_by("position").first()
    )


def _names(manifest: bytes, sha256: str) -> bool:
    try:
        content: Any = json.loads(manifest)
    except ValueError:
        return False
    documents = content.get("documents", ()) if isinstance(content, dict) else ()
    return any(isinstance(item, dict) and item.get("sha256") == sha256 for item in documents)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
