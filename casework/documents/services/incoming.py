"""The only writer of files that came in: receive, scan, open, discard."""

import hashlib
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, BinaryIO
from uuid import UUID

import structlog
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from casework.cases import permissions
from casework.cases.selectors import cases_visible_to, represents_party
from casework.cases.services import lock_case
from casework.documents import events, first_look, media_types, pdf_content, scanning
from casework.documents.models.stored_file import StoredFile
from casework.documents.selectors import incoming as selectors
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.clock import machine_now
from foundation.kernel.refusals import Conflict, NotFound, Refusal

MAX_CASE_BYTES = 2 << 30
SWEEP_BATCH = 200
RETRY_FAILED_AFTER = timedelta(hours=1)
_PIECE = 64 * 1024
_MB = 1 << 20
_State = StoredFile.ScanState
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """The bytes that came, measured, in a nameless temporary file."""

    file: BinaryIO
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file a person may read now: the record and its bytes; close `content` when done."""

    record: StoredFile
    content: "File[bytes]"


def receive_file(*, case_id: UUID, uploaded_by: Person, name: str, stream: Any, at: datetime) -> StoredFile:
    """Take one file into a case: measured, looked through, scanned where the scanner answers, stored.

    `stream` is Django's UploadedFile or a binary file. Call it outside of any transaction. A refused file
    leaves nothing behind. When the scanner is down the file is kept as "not scanned" and stays closed until
    the sweep.
    """
    shown = media_types.display_name(name)
    _require_room(case_id, uploaded_by, at)
    with _taken_in(stream, shown) as incoming:
        kind = first_look.examine(incoming.file, shown)
        verdict = _verdict(incoming.file)
        if verdict is not None and verdict.state == _State.INFECTED:
            _log.warning("file_refused_infected", case_id=str(case_id), sha256=incoming.sha256)
            raise first_look.infected(shown, verdict.note)
        row = StoredFile(
            case_id=case_id,
            uploaded_by=uploaded_by,
            name=media_types.named(shown, kind),
            size=incoming.size,
            sha256=incoming.sha256,
            media_type=kind.value,
            pages=pdf_content.page_count(incoming.file) if kind is media_types.MediaType.PDF else 1,
            scan_state=verdict.state if verdict else _State.WAITING,
            scanned_at=machine_now() if verdict else None,
            scan_note=verdict.note if verdict else "",
            created_at=at,
        )
        _keep(row, incoming.file)
    return row


def open_for(*, person: Person, file_id: UUID, at: datetime) -> OpenedFile:
    """Open a clean file for somebody who may see its case; an officer's look is recorded.

    Raises NotFound, also for another party's file, and Conflict while the file is closed.
    """
    found = selectors.visible_file(person, file_id, at)
    if found is None or found.deleted_at is not None:
        raise NotFound
    if not found.is_open:
        raise _closed(found)
    content = default_storage.open(found.storage_key, "rb")
    if not represents_party(person, found.case, at):
        with transaction.atomic():
            record(
                kind=events.FILE_OPENED,
                stream=found.case.stream,
                at=at,
                actor_id=person.pk,
                subject_id=found.case_id,
                payload={"file": str(found.pk)},
            )
    return OpenedFile(found, content)


def discard_file(*, file_id: UUID, by: Person, at: datetime) -> StoredFile:
    """Take a file out of a draft: its row stays marked, its bytes go after commit."""
    with transaction.atomic():
        found = selectors.visible_file(by, file_id, at)
        if found is None or found.deleted_at is not None:
            raise NotFound
        case = lock_case(found.case_id)
        permissions.require_representative(by, case, at)
        if case.received_at is not None:
            raise Conflict(
                _("“{name}” belongs to a filed case and stays in it.").format(name=found.name),
                code="FILE_FILED",
                advice=_("Hand in the right document as a further file."),
            )
        found.deleted_at = at
        found.save(update_fields=["deleted_at"])
        transaction.on_commit(partial(default_storage.delete, found.storage_key), robust=True)
    return found


def discard_loose_file(*, file_id: UUID, at: datetime) -> None:
    """Let go of a file that belongs to nothing signed: its row stays marked, its bytes go after commit.

    For the owner of the act it was meant for, who has checked the person and the law.
    """
    with transaction.atomic():
        found = StoredFile.objects.select_for_update().get(pk=file_id, deleted_at=None)
        found.deleted_at = at
        found.save(update_fields=["deleted_at"])
        transaction.on_commit(partial(default_storage.delete, found.storage_key), robust=True)


def remove_draft_files(case_id: UUID) -> int:
    """Remove rows and bytes of an abandoned draft that is about to be deleted; returns how many files."""
    with transaction.atomic():
        case = lock_case(case_id)
        if case.received_at is not None:
            raise Conflict(_("Files of a filed case are kept."), code="FILE_FILED")
        keys = list(StoredFile.objects.filter(case=case).values_list("storage_key", flat=True))
        StoredFile.objects.filter(case=case).delete()
        for key in keys:
            transaction.on_commit(partial(default_storage.delete, key), robust=True)
    return len(keys)


def sweep_scans(at: datetime) -> int:
    """Scan what waits, and again what could not be scanned an hour ago; returns how many got a verdict."""
    done = 0
    for row in selectors.to_scan(machine_now() - RETRY_FAILED_AFTER)[:SWEEP_BATCH]:
        try:
            verdict = _scan_stored(row)
        except scanning.ScannerUnavailable as error:
            _log.warning("scanner_unreachable", reason=str(error), scanned=done)
            break
        done += _note_verdict(row, verdict, at)
    return done


def _require_room(case_id: UUID, person: Person, at: datetime) -> None:
    # durable: an upload inside a transaction would hold its locks while the scanner works
    with transaction.atomic(durable=True):
        case = (
            cases_visible_to(person, at)
            .filter(pk=case_id)
            .annotate(stored=Sum("files__size"))
            .values("stored")
            .first()
        )
    if case is None:
        raise NotFound
    if (case["stored"] or 0) > MAX_CASE_BYTES:
        raise Conflict(
            _("The files of this case have reached {size} MB together.").format(size=MAX_CASE_BYTES // _MB),
            code="CASE_FULL",
            advice=_("Remove files that are not needed, or scan with a lower resolution."),
        )


@contextmanager
def _taken_in(stream: Any, name: str) -> Iterator[Incoming]:
    """Read at most the allowed size; raises BadInput for an empty or too large file."""
    limit: int = settings.UPLOAD_MAX_BYTES
    size, digest = 0, hashlib.sha256()
    with tempfile.TemporaryFile() as file:
        for piece in _pieces(stream):
            size += len(piece)
            if size > limit:
                raise media_types.refuse(
                    "FILE_TOO_LARGE",
                    _("“{name}” is larger than {limit} MB.").format(name=name, limit=f"{limit / _MB:g}"),
                    _("Scan it in grey at 200-300 dots per inch, or divide it into several files."),
                )
            digest.update(piece)
            file.write(piece)
        if not size:
            raise media_types.refuse(
                "FILE_EMPTY",
                _("“{name}” is empty: it holds 0 bytes.").format(name=name),
                _("Check the file on your computer and upload it again."),
            )
        file.flush()
        yield Incoming(file, size, digest.hexdigest())


def _pieces(stream: Any) -> Iterator[bytes]:
    if hasattr(stream, "chunks"):
        yield from stream.chunks(_PIECE)
        return
    while piece := stream.read(_PIECE):
        yield piece


def _verdict(file: BinaryIO) -> scanning.Verdict | None:
    try:
        return scanning.scan(file)
    except scanning.ScannerUnavailable as error:
        _log.warning("scanner_unreachable", reason=str(error))
        return None


def _keep(row: StoredFile, file: BinaryIO) -> None:
    """The bytes first, then the row; a row that cannot be written takes its bytes along."""
    token = secrets.token_hex(16)
    file.seek(0)
    row.storage_key = default_storage.save(f"incoming/{token[:2]}/{token}", File(file))
    try:
        with transaction.atomic(durable=True):
            row.save(force_insert=True)
    except BaseException:
        default_storage.delete(row.storage_key)
        raise


def _scan_stored(row: StoredFile) -> scanning.Verdict:
    try:
        with default_storage.open(row.storage_key, "rb") as content:
            return scanning.scan(content)
    except FileNotFoundError:
        return scanning.Verdict(_State.FAILED, "the bytes are missing in storage")


def _note_verdict(row: StoredFile, verdict: scanning.Verdict, at: datetime) -> int:
    """Write it once, even with two sweeps at work; a file found bad is told to the journal."""
    with transaction.atomic():
        changed = StoredFile.objects.filter(
            pk=row.pk, scan_state=row.scan_state, scanned_at=row.scanned_at, deleted_at=None
        ).update(scan_state=verdict.state, scan_note=verdict.note, scanned_at=machine_now())
        if changed and verdict.state == _State.INFECTED:
            record(
                kind=events.FILE_FOUND_BAD,
                stream=row.case.stream,
                at=at,
                subject_id=row.case_id,
                payload={"file": str(row.pk)},
            )
    return changed


def _closed(found: StoredFile) -> Refusal:
    if found.scan_state == _State.INFECTED:
        return Conflict(
            _(
                "“{name}” holds harmful content ({signature}) and is closed; it counts as not handed in."
            ).format(name=found.name, signature=found.scan_note),
            code="FILE_INFECTED",
            advice=_("The applicant hands in a new copy of the document."),
        )
    if found.scan_state == _State.FAILED:
        return Conflict(
            _("“{name}” could not be checked for viruses, so it stays closed.").format(name=found.name),
            code="FILE_NOT_SCANNABLE",
            advice=_("The check is repeated every hour. A smaller or newly saved copy usually passes."),
        )
    return Conflict(
        _("“{name}” has not been checked for viruses yet, so it stays closed.").format(name=found.name),
        code="FILE_NOT_SCANNED",
        advice=_("The check is repeated every minute; open the file again a little later."),
    )
