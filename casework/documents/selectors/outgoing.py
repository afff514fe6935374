"""Which documents there are and who may see them."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.cases.selectors import cases_visible_to
from casework.documents.models.official import ActEvidence, OfficialDocument
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.refusals import NotFound, NotPermitted

_State = OfficialDocument.State


def documents_of(case_id: UUID) -> QuerySet[OfficialDocument]:
    """Every living document of a case, in whatever state, oldest first; no bytes."""
    return (
        OfficialDocument.objects.filter(case_id=case_id)
        .exclude(state=_State.VOID)
        .order_by("created_at", "kind", "subject", "language")
    )


def documents_of_act(act_id: UUID) -> QuerySet[OfficialDocument]:
    """The living documents of one act."""
    return (
        OfficialDocument.objects.filter(act_id=act_id)
        .exclude(state=_State.VOID)
        .order_by("kind", "subject", "language")
    )


def published_documents_visible_to(person: Person, at: datetime) -> QuerySet[OfficialDocument]:
    """Published documents of the cases a person may see, from the legal moment they are shown (process.md)."""
    return OfficialDocument.objects.filter(
        case__in=cases_visible_to(person, at), state=_State.PUBLISHED, published_at__lte=at
    ).order_by("-published_at", "kind", "subject", "language")


def evidence_of_act(act_id: UUID) -> QuerySet[ActEvidence]:
    """The signatures over an act's manifest, in order."""
    return ActEvidence.objects.filter(act_id=act_id).order_by("position")


def document_by_qr(qr_id: str) -> OfficialDocument | None:
    """The document a QR code belongs to, or none: then the code was never issued."""
    return OfficialDocument.objects.filter(qr_id=qr_id, state=_State.PUBLISHED).select_related("case").first()


def sealed_bytes(document_id: UUID) -> bytes:
    """The published PDF; NotFound until it is sealed. Ask `download` for a person."""
    document = (
        OfficialDocument.objects.select_related("sealed")
        .filter(pk=document_id, state=_State.PUBLISHED)
        .first()
    )
    if document is None or document.sealed is None:
        raise NotFound(_("The document is not published yet."))
    return bytes(document.sealed.content)


def final_bytes(document_id: UUID) -> bytes:
    """The bytes that are (to be) signed; for the manifest, the signer's page and checks."""
    return bytes(OfficialDocument.objects.select_related("final").get(pk=document_id).final.content)


def download(document_id: UUID, *, person: Person, at: datetime) -> tuple[OfficialDocument, bytes]:
    """The PDF for a person: published to whoever sees the case; opened for signature to who signs such acts only."""
    document = published_documents_visible_to(person, at).filter(pk=document_id).first()
    if document is not None:
        return document, sealed_bytes(document.pk)
    waiting = (
        documents_visible_before_publication(person, at).filter(pk=document_id).select_related("case").first()
    )
    if waiting is None:
        raise NotFound
    signs = {Role.HEAD, Role.REVIEWER} if waiting.case.kind == Case.Kind.COMPLAINT else {Role.HEAD}
    if waiting.state != _State.PREPARED or signs.isdisjoint(accounts.roles_of(person, at.date())):
        raise NotPermitted(
            _("The document is not published yet: it is being signed or sealed."),
            advice=_("It appears here as soon as it may be shown."),
        )
    return waiting, final_bytes(waiting.pk)


def documents_visible_before_publication(person: Person, at: datetime) -> QuerySet[OfficialDocument]:
    """What an officer sees in the list of a case before it is published; an applicant sees nothing of it."""
    if not accounts.roles_of(person, at.date()):
        return OfficialDocument.objects.none()
    return OfficialDocument.objects.filter(case__in=cases_visible_to(person, at)).exclude(state=_State.VOID)
