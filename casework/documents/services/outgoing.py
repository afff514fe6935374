"""Documents out: final bytes kept, signed with their act, sealed once and published.

Rendering and sealing happen outside transactions; what is written here is short. The order is: `compose` (no
database) → `store_final` at opening for signature → `mark_signed` in the transaction that signs the act → `seal_act`
after commit. What dies before signature is `void`.

WeasyPrint and pyHanko are imported where they are used: loading them is half of the start of every command.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.documents import events, qr
from casework.documents.contexts import Context
from casework.documents.kinds import KINDS
from casework.documents.models.official import ActEvidence, DocumentBytes, OfficialDocument
from casework.documents.wording import LANGUAGES, Language
from foundation.journal.services import record
from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.refusals import Conflict
from foundation.rulebook import selectors as rulebook

_State = OfficialDocument.State


@dataclass(frozen=True, slots=True)
class Composed:
    """A document made but not stored: its bytes and what its QR code says."""

    kind: str
    language: Language
    subject: str
    number: str
    edition: int
    document_date: date
    qr_id: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Of the bytes that will be signed."""
        return hashlib.sha256(self.content).hexdigest()


def compose(
    kind: str,
    language: Language,
    context: Context,
    *,
    number: str,
    document_date: date,
    subject: str = "",
    edition: int = 1,
) -> Composed:
    """Render the final bytes with a QR code of their own; outside any transaction.

    What the authority issues bears the sentence on equivalence to paper that is in force on its date (laws.md).
    """
    from casework.documents.render import render

    qr_id = qr.new_qr_id()
    payload, equivalence = None, ""
    if KINDS[kind].official:
        shown = f"{number}/{subject}" if subject else number
        payload = qr.signed_payload(
            qr_id=qr_id, kind=kind, number=shown, edition=edition, document_date=document_date
        )
        equivalence = rulebook.pack(document_date).text("equivalence", document_date).text(language)
    content = render(
        kind,
        language,
        context,
        qr_payload=payload,
        document_date=document_date,
        equivalence=equivalence,
        identifier=qr_id,
    )
    return Composed(kind, language, subject, number, edition, document_date, qr_id, content)


def draft(kind: str, language: Language, context: Context, *, document_date: date) -> bytes:
    """A preview with "жоба / проект" across it; without QR, never stored."""
    from casework.documents.render import render

    return render(kind, language, context, qr_payload=None, document_date=document_date, preview=True)


@transaction.atomic
def store_final(
    *, case_id: UUID, act_id: UUID, documents: Iterable[Composed], at: datetime
) -> list[OfficialDocument]:
    """Keep the bytes that will be signed, as prepared documents of the act."""
    return [
        OfficialDocument.objects.create(
            case_id=case_id,
            act_id=act_id,
            kind=made.kind,
            language=made.language,
            subject=made.subject,
            number=made.number,
            edition=made.edition,
            document_date=made.document_date,
            qr_id=made.qr_id,
            final=_keep(made.content),
            created_at=at,
        )
        for made in documents
    ]


@transaction.atomic
def mark_signed(act_id: UUID, *, at: datetime, published_at: datetime) -> list[OfficialDocument]:
    """The act was signed: its documents are final, and shown from `published_at` (evening rule, process.md).

    Call in the transaction of the signature, with `attach_evidence`. Refuses when nothing waits for a signature.
    """
    waiting = [document for document in _locked(act_id) if document.state == _State.PREPARED]
    if not waiting:
        raise Conflict(
            _("The documents of this act do not wait for a signature any more."),
            advice=_("Open the act for signature again; its documents are made anew."),
        )
    for document in waiting:
        document.state = _State.SIGNED
        document.signed_at, document.published_at = at, published_at
        document.save(update_fields=["state", "signed_at", "published_at"])
    return waiting


@transaction.atomic
def void_act(act_id: UUID) -> int:
    """The sign request died: what was opened for signature is void; signed documents are left as they are."""
    waiting = [document.pk for document in _locked(act_id) if document.state == _State.PREPARED]
    return OfficialDocument.objects.filter(pk__in=waiting).update(state=_State.VOID)


@transaction.atomic
def attach_evidence(
    act_id: UUID, *, manifest: bytes, cms: bytes, at: datetime, by_seal: bool = False
) -> ActEvidence:
    """Keep the manifest and a signature over it beside the documents of the act; the same one only once."""
    digest = hashlib.sha256(cms).hexdigest()
    _locked(act_id)
    evidence = ActEvidence.objects.filter(act_id=act_id, cms_sha256=digest).first()
    if evidence is not None:
        return evidence
    last = ActEvidence.objects.filter(act_id=act_id).aggregate(last=Max("position"))["last"] or 0
    return ActEvidence.objects.create(
        act_id=act_id,
        position=last + 1,
        manifest=manifest,
        cms=cms,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        cms_sha256=digest,
        by_seal=by_seal,
        signed_at=at,
    )


def seal_act(act_id: UUID, *, at: datetime) -> list[OfficialDocument]:
    """Seal and publish every signed document of an act."""
    signed = OfficialDocument.objects.filter(act_id=act_id, state=_State.SIGNED).order_by(
        "kind", "subject", "language"
    )
    return [seal_and_publish(document.pk, at=at) for document in signed]


def seal_and_publish(document_id: UUID, *, at: datetime) -> OfficialDocument:
    """Seal the signed bytes and publish them, once; a second call, or one at the same time, changes nothing."""
    from casework.documents import sealing

    document = OfficialDocument.objects.select_related("final").get(pk=document_id)
    if document.state == _State.PUBLISHED:
        return document
    if document.state != _State.SIGNED:
        raise Conflict(
            _("Only a signed document is sealed; this one is: {state}.").format(
                state=document.get_state_display()
            )
        )
    content = sealing.seal(bytes(document.final.content), at=at)
    with transaction.atomic():
        document = (
            OfficialDocument.objects.select_for_update(of=("self",))
            .select_related("case")
            .get(pk=document_id)
        )
        if document.state == _State.PUBLISHED:  # another worker was faster: its seal stands, ours is dropped
            return document
        document.sealed = _keep(content)
        document.state = _State.PUBLISHED
        document.save(update_fields=["sealed", "state"])
        record(
            kind=events.DOCUMENT_PUBLISHED,
            stream=document.case.stream,
            at=at,
            subject_id=document.case_id,
            payload={
                "document": str(document.pk),
                "kind": document.kind,
                "language": document.language,
                "sha256": document.final_id,
                "sealed_sha256": document.sealed_id,
            },
        )
    return document


def issue_by_seal(
    *,
    case_id: UUID,
    kind: str,
    contexts: Mapping[Language, Context],
    number: str,
    document_date: date,
    at: datetime,
    published_at: datetime | None = None,
) -> list[OfficialDocument]:
    """A document that the authority's seal alone certifies (the receipt, PL 25(4)): made, sealed, published, once.

    The fact `documents.certified` finishes the work if the process dies between storing and sealing.
    """
    stored = _same(case_id, kind, number)
    if not stored:
        composed = [
            compose(kind, language, contexts[language], number=number, document_date=document_date)
            for language in LANGUAGES
        ]
        stored = _certify(case_id, composed, at, published_at or at)
    return [seal_and_publish(document.pk, at=at) for document in stored]


def _same(case_id: UUID, kind: str, number: str) -> list[OfficialDocument]:
    living = OfficialDocument.objects.filter(case_id=case_id, kind=kind, number=number).exclude(
        state=_State.VOID
    )
    return list(living.order_by("language"))


def _certify(
    case_id: UUID, documents: Sequence[Composed], at: datetime, published_at: datetime
) -> list[OfficialDocument]:
    from casework.documents import sealing

    act_id = uuid4()
    manifest = _seal_manifest(act_id, documents)
    cms = sealing.seal_cms(manifest, at=at)
    with transaction.atomic():
        case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        earlier = _same(case_id, documents[0].kind, documents[0].number)
        if earlier:  # another worker was faster
            return earlier
        store_final(case_id=case_id, act_id=act_id, documents=documents, at=at)
        attach_evidence(act_id, manifest=manifest, cms=cms, at=at, by_seal=True)
        signed = mark_signed(act_id, at=at, published_at=published_at)
        record(
            kind=events.DOCUMENTS_CERTIFIED,
            stream=case.stream,
            at=at,
            subject_id=case.pk,
            payload={"act": str(act_id), "kind": documents[0].kind},
        )
    return sorted(signed, key=lambda document: document.language)


def _seal_manifest(act_id: UUID, documents: Iterable[Composed]) -> bytes:
    return canonical_bytes(
        {
            "act": str(act_id),
            "documents": [
                {
                    "kind": made.kind,
                    "language": made.language,
                    "number": made.number,
                    "sha256": made.sha256,
                    "subject": made.subject,
                }
                for made in documents
            ],
            "v": 1,
        }
    )


def _keep(content: bytes) -> DocumentBytes:
    return DocumentBytes.objects.create(sha256=hashlib.sha256(content).hexdigest(), content=content)


def _locked(act_id: UUID) -> list[OfficialDocument]:
    return list(OfficialDocument.objects.select_for_update(of=("self",)).filter(act_id=act_id).order_by("pk"))
