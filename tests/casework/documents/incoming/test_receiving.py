"""Taking files in, scanning them later, discarding them: on real PostgreSQL, storage and clamd."""

import hashlib
import io
import stat
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from casework.documents import tasks
from casework.documents.first_look import EICAR
from casework.documents.models import StoredFile
from casework.documents.selectors import incoming as selectors
from casework.documents.services import incoming
from foundation.journal.models import Fact
from foundation.kernel.clock import machine_now
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted
from tests.casework.documents.incoming.samples import AT, eicar_in_pdf, pdf, picture, stored_files


def _nothing_happened(folder) -> None:
    assert not StoredFile.objects.exists()
    assert not Fact.objects.exists()
    assert stored_files(folder) == []


def _put_by(world, content):
    """A file that came while the scanner was down and the first look knew nothing of its content."""
    found = world.receive(pdf())
    default_storage.delete(found.storage_key)
    default_storage.save(found.storage_key, io.BytesIO(content))
    return found


def test_clean_file(world, scanner, private_storage):
    content = pdf()
    found = world.receive(content, "../Договор\u202e № 5.pdf")
    found.refresh_from_db()
    assert (found.name, found.size, found.sha256) == (
        "Договор № 5.pdf",
        len(content),
        hashlib.sha256(content).hexdigest(),
    )
    assert (found.media_type, found.scan_state, found.scan_note) == ("application/pdf", "clean", "")
    assert (found.created_at, found.uploaded_by, found.case) == (AT, world.aigerim, world.case)
    assert found.is_open
    assert found.counts
    (stored,) = stored_files(private_storage)
    assert stored.read_bytes() == content
    assert "Договор" not in str(stored)
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert stat.S_IMODE(stored.parent.stat().st_mode) == 0o700


def test_uploads_of_a_web_form(world, scanner):
    upload = SimpleUploadedFile("скан.jpg", picture("JPEG"))
    found = incoming.receive_file(
        case_id=world.case.pk, uploaded_by=world.aigerim, name="скан.jpg", stream=upload, at=AT
    )
    assert (found.name, found.media_type) == ("скан.jpg", "image/jpeg")


def test_name_of_300_letters(world, scanner):
    assert world.receive(pdf(), "ж" * 300 + ".pdf").name == "ж" * 251 + ".pdf"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "FILE_EMPTY"),
        (b"MZ" + b"\0" * 99, "a.pdf", "FILE_TYPE"),
        (EICAR, "a.pdf", "FILE_INFECTED"),
        (pdf(eicar_in_pdf), "a.pdf", "FILE_INFECTED"),
        (pdf() + b"PK", "a.pdf", "FILE_MIXED"),
        (b"<svg><script/></svg>", "a.svg", "FILE_TYPE"),
        (pdf()[:100], "a.pdf", "FILE_DAMAGED"),
    ],
)
def test_refused_file_leaves_nothing(world, no_scanner, private_storage, content, name, code):
    with pytest.raises(BadInput) as refused:
        world.receive(content, name)
    assert refused.value.code == code
    _nothing_happened(private_storage)


def test_what_only_the_scanner_knows(world, scanner, private_storage, monkeypatch):
    monkeypatch.setattr("casework.documents.first_look.EICAR", b"\0never")
    with pytest.raises(BadInput) as refused:
        world.receive(pdf(eicar_in_pdf))
    assert refused.value.code == "FILE_INFECTED"
    assert "Eicar-Test-Signature" in str(refused.value.detail)
    _nothing_happened(private_storage)


@pytest.mark.parametrize(("over", "taken"), [(-1, True), (0, True), (1, False)])
def test_size_limit(world, scanner, settings, private_storage, over, taken):
    settings.UPLOAD_MAX_BYTES = limit = 3 << 15
    content = pdf()
    content += b"\n" * (limit + over - len(content))
    if taken:
        assert world.receive(content).size == limit + over
        return
    with pytest.raises(BadInput) as refused:
        world.receive(content)
    assert refused.value.code == "FILE_TOO_LARGE"
    assert "larger than 0.09375 MB" in str(refused.value.detail)
    _nothing_happened(private_storage)


def test_endless_upload_is_read_to_the_limit_only(world, settings):
    class Endless:
        given = 0

        def read(self, size):
            self.given += size
            return b"x" * size

    settings.UPLOAD_MAX_BYTES = 1 << 20
    stream = Endless()
    with pytest.raises(BadInput):
        incoming.receive_file(
            case_id=world.case.pk, uploaded_by=world.aigerim, name="a.pdf", stream=stream, at=AT
        )
    assert stream.given <= (1 << 20) + (1 << 16)


def test_full_case(world, no_scanner, monkeypatch, private_storage):
    monkeypatch.setattr(incoming, "MAX_CASE_BYTES", 10)
    world.receive(pdf())
    with pytest.raises(Conflict) as refused:
        world.receive(pdf())
    assert refused.value.code == "CASE_FULL"
    assert len(stored_files(private_storage)) == 1


def test_stranger_and_unknown_case(world, private_storage):
    with pytest.raises(NotFound):
        world.receive(pdf(), uploaded_by=world.dana)
    with pytest.raises(NotFound):
        world.receive(pdf(), case_id=uuid4())
    with pytest.raises(NotFound):
        world.receive(pdf(), uploaded_by=world.erlan)  # officers see filed cases only
    _nothing_happened(private_storage)


def test_upload_of_a_colleague_and_of_an_officer(world, scanner):
    assert world.receive(pdf(), uploaded_by=world.bolat).uploaded_by == world.bolat
    world.file_it()
    assert world.receive(pdf(), uploaded_by=world.erlan).uploaded_by == world.erlan


def test_never_inside_a_transaction(world, no_scanner, private_storage):
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        world.receive(pdf())
    _nothing_happened(private_storage)


def test_row_that_cannot_be_written_takes_its_bytes_along(world, no_scanner, private_storage, monkeypatch):
    monkeypatch.setattr("casework.documents.media_types.named", lambda *_facts: None)
    with pytest.raises(IntegrityError):
        world.receive(pdf())
    _nothing_happened(private_storage)


def test_statements_of_an_upload(world, scanner, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):  # 3 and the savepoints of the test
        world.receive(pdf())


def test_scanner_down_then_up(world, no_scanner, settings, clamd_socket):
    found = world.receive(pdf())
    assert (found.scan_state, found.scanned_at) == ("waiting", None)
    assert not found.is_open
    assert found.counts
    assert incoming.sweep_scans(AT) == 0
    settings.CLAMD_SOCKET = clamd_socket
    assert tasks.sweep_scans() == 1
    found.refresh_from_db()
    assert (found.scan_state, found.is_open) == ("clean", True)
    assert incoming.sweep_scans(AT) == 0
    assert not Fact.objects.exists()


def test_found_bad_later(world, no_scanner, settings, clamd_socket, private_storage):
    found, good = _put_by(world, pdf(eicar_in_pdf)), world.receive(pdf())
    settings.CLAMD_SOCKET = clamd_socket
    assert incoming.sweep_scans(AT + timedelta(hours=1)) == 2
    found.refresh_from_db()
    assert (found.scan_state, found.counts, found.is_open) == ("infected", False, False)
    assert found.scan_note.startswith("Eicar-Test-Signature")
    (fact,) = Fact.objects.all()
    assert (fact.kind, fact.stream) == ("file.found_bad", world.case.stream)
    assert (fact.subject_id, fact.actor_id) == (world.case.pk, None)
    assert fact.payload == {"file": str(found.pk)}
    assert fact.at == AT + timedelta(hours=1)
    assert list(selectors.files_of_case(world.case.pk)) == [found, good] or list(
        selectors.files_of_case(world.case.pk)
    ) == [good, found]
    assert len(stored_files(private_storage)) == 2


def test_two_sweeps_tell_it_once(world, no_scanner, settings, clamd_socket):
    found = _put_by(world, pdf(eicar_in_pdf))
    settings.CLAMD_SOCKET = clamd_socket
    seen_by_the_other = selectors.to_scan(machine_now()).get()
    verdict = incoming._scan_stored(seen_by_the_other)
    assert incoming.sweep_scans(AT) == 1
    assert incoming._note_verdict(seen_by_the_other, verdict, AT) == 0
    assert Fact.objects.filter(subject_id=found.case_id).count() == 1


def test_lost_bytes_are_shown_and_tried_again_after_an_hour(world, no_scanner, scanner):
    found = world.receive(pdf())
    StoredFile.objects.filter(pk=found.pk).update(scan_state="waiting", scanned_at=None)
    default_storage.delete(found.storage_key)
    assert incoming.sweep_scans(AT) == 1
    found.refresh_from_db()
    assert (found.scan_state, found.scan_note) == ("failed", "the bytes are missing in storage")
    assert incoming.sweep_scans(AT) == 0
    StoredFile.objects.update(scanned_at=machine_now() - timedelta(minutes=61))
    default_storage.save(found.storage_key, io.BytesIO(pdf()))
    assert incoming.sweep_scans(AT) == 1
    found.refresh_from_db()
    assert (found.scan_state, found.scan_note) == ("clean", "")


def test_discarded_from_a_draft(world, scanner, private_storage, django_capture_on_commit_callbacks):
    found = world.receive(pdf())
    with django_capture_on_commit_callbacks(execute=True):
        incoming.discard_file(file_id=found.pk, by=world.bolat, at=AT)
    found.refresh_from_db()
    assert found.deleted_at == AT
    assert not found.counts
    assert stored_files(private_storage) == []
    assert not selectors.files_of_case(world.case.pk).exists()
    with pytest.raises(NotFound):
        incoming.discard_file(file_id=found.pk, by=world.bolat, at=AT)


def test_filed_file_stays(world, scanner, private_storage):
    found = world.receive(pdf())
    world.file_it()
    with pytest.raises(NotFound):
        incoming.discard_file(file_id=found.pk, by=world.dana, at=AT)
    with pytest.raises(NotPermitted):
        incoming.discard_file(file_id=found.pk, by=world.erlan, at=AT)
    for act in (
        lambda: incoming.discard_file(file_id=found.pk, by=world.aigerim, at=AT),
        lambda: incoming.remove_draft_files(world.case.pk),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "FILE_FILED"
    found.refresh_from_db()
    assert found.deleted_at is None
    assert len(stored_files(private_storage)) == 1


def test_abandoned_draft_goes_with_its_files(
    world, scanner, private_storage, django_capture_on_commit_callbacks
):
    world.receive(pdf())
    world.receive(picture("PNG"), "b.png")
    with pytest.raises(ProtectedError):
        world.case.delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert incoming.remove_draft_files(world.case.pk) == 2
    world.case.delete()
    assert stored_files(private_storage) == []


@pytest.mark.parametrize(
    "row",
    [{"size": 0}, {"scan_state": "clean", "scanned_at": None}, {"scan_state": "infected", "scan_note": ""}],
)
def test_database_refuses_rows_that_say_nothing(world, scanner, row):
    found = world.receive(pdf())
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile.objects.filter(pk=found.pk).update(**row)
