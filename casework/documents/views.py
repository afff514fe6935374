"""The door to files: as a download, and as a preview inside our own pages."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from casework.documents import bundle as bundles
from casework.documents.media_types import MediaType
from casework.documents.selectors import outgoing
from casework.documents.services.incoming import OpenedFile, open_for
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import NotFound

_SEALED_OFF = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)


@login_required
@require_GET
def download(request: HttpRequest, file_id: UUID) -> FileResponse:
    """The file under its own name, to be saved."""
    return file_response(_opened(request, file_id), inline=False)


@login_required
@require_GET
@xframe_options_sameorigin
def preview(request: HttpRequest, file_id: UUID) -> FileResponse:
    """The file shown in the browser, with nothing allowed to it."""
    return file_response(_opened(request, file_id), inline=True)


def file_response(opened: OpenedFile, *, inline: bool) -> FileResponse:
    """The bytes of an opened file with headers that keep a browser from taking them for anything else."""
    found = opened.record
    response = FileResponse(
        opened.content, as_attachment=not inline, filename=found.name, content_type=found.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Security-Policy"] = _policy(found.media_type, inline=inline)
    return response


def _policy(media_type: str, *, inline: bool) -> str:
    """Browsers show no PDF in a sandbox; scripts in it were refused at upload."""
    if inline and media_type == MediaType.PDF:
        return _SEALED_OFF
    return f"{_SEALED_OFF}; sandbox"


def _opened(request: HttpRequest, file_id: UUID) -> OpenedFile:
    return open_for(person=_person(request), file_id=file_id, at=legal_now())


@login_required
@require_GET
@xframe_options_sameorigin
def official(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A document of the case as PDF: published to whoever sees the case, before that as the selector allows."""
    document, content = outgoing.download(document_id, person=_person(request), at=legal_now())
    response = _saved_as(
        content, "application/pdf", f"{document.file_name}.pdf", inline="preview" in request.GET
    )
    response["Content-Security-Policy"] = _policy(MediaType.PDF, inline="preview" in request.GET)
    return response


@login_required
@require_GET
def official_signature(request: HttpRequest, document_id: UUID, position: int, part: str) -> HttpResponse:
    """A signature over a document's act: the CMS, or the manifest that was signed, byte for byte."""
    document, _content = outgoing.download(document_id, person=_person(request), at=legal_now())
    evidence = None
    if document.act_id is not None:
        evidence = outgoing.evidence_of_act(document.act_id).filter(position=position).first()
    if evidence is None:
        raise NotFound
    name = f"{document.number.replace('/', '-')}_{position}"
    if part == "manifest":
        return _saved_as(bytes(evidence.manifest), "application/json", f"{name}_manifest.json", inline=False)
    return _saved_as(bytes(evidence.cms), "application/pkcs7-signature", f"{name}.cms", inline=False)


def zip_response(content: bundles.Bundle) -> StreamingHttpResponse:
    """A bundle, sent as it is made."""
    name = content.of.replace("/", "-")
    return StreamingHttpResponse(
        bundles.stream(content),
        content_type="application/zip",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{name}.zip") or "attachment",
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )


def _saved_as(content: bytes, media_type: str, name: str, *, inline: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _person(request: HttpRequest) -> Person:
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    return person
