"""The door to files: as a download, and as a preview inside our own pages."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from casework.documents.media_types import MediaType
from casework.documents.services.incoming import OpenedFile, open_for
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now

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
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 -- login_required lets nobody else in
    return open_for(person=person, file_id=file_id, at=legal_now())
