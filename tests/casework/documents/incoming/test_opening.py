"""The door to files: who gets which bytes, under which headers, and what is recorded."""

from urllib.parse import quote
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.translation import override

from casework.documents.models import StoredFile
from casework.documents.services.incoming import open_for
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from foundation.kernel.refusals import Conflict, NotFound
from tests.casework.documents.incoming.samples import AT, pdf, picture


def _get(client, person, found, view="file"):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with legal_time(AT):
        return client.get(reverse(f"documents:{view}", args=[found.pk]))


def _bytes(response) -> bytes:
    return b"".join(response.streaming_content)  # the test client closes it at its end


def test_download_by_a_colleague(world, scanner, client):
    content = pdf()
    response = _get(client, world.bolat, world.receive(content, "Договор «5».pdf"))
    assert response.status_code == 200
    assert _bytes(response) == content
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Договор «5».pdf')}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert response["Content-Security-Policy"].endswith("; sandbox")
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sandboxed"),
    [(pdf(), "a.pdf", False), (picture("PNG"), "a.png", True)],
    ids=["pdf", "png"],
)
def test_preview(world, scanner, client, content, name, sandboxed):
    response = _get(client, world.aigerim, world.receive(content, name), "file-preview")
    assert _bytes(response) == content
    assert response["Content-Disposition"] == f'inline; filename="{name}"'
    assert response["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert ("sandbox" in response["Content-Security-Policy"]) is sandboxed
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/")["X-Frame-Options"] == "DENY"


def test_name_cannot_break_out_of_its_header(world, scanner, client):
    found = world.receive(pdf(), 'a"\r\nSet-Cookie: x=1;.pdf')
    response = _get(client, world.aigerim, found)
    _bytes(response)
    assert response["Content-Disposition"] == 'attachment; filename="a\\" Set-Cookie: x=1;.pdf"'
    assert "x" not in response.cookies


@pytest.mark.parametrize("view", ["file", "file-preview"])
def test_officer_looks_and_it_is_recorded(world, scanner, client, view):
    found = world.receive(pdf())
    assert _get(client, world.erlan, found, view).status_code == 404  # not filed yet
    assert not Fact.objects.exists()
    world.file_it()
    response = _get(client, world.erlan, found, view)
    _bytes(response)
    (fact,) = Fact.objects.all()
    assert (fact.kind, fact.stream) == ("file.opened", world.case.stream)
    assert (fact.actor_id, fact.subject_id, fact.at) == (world.erlan.pk, world.case.pk, AT)
    assert fact.payload == {"file": str(found.pk)}


def test_strangers_and_guests(world, scanner, client):
    found = world.receive(pdf())
    world.file_it()
    assert client.get(reverse("documents:file", args=[found.pk])).status_code == 302
    assert _get(client, world.dana, found).status_code == 404
    assert _get(client, world.dana, StoredFile(pk=uuid4())).status_code == 404
    assert client.post(reverse("documents:file", args=[found.pk])).status_code == 405
    assert not Fact.objects.exists()


@pytest.mark.parametrize(
    ("state", "code", "said"),
    [
        ("waiting", "FILE_NOT_SCANNED", "has not been checked for viruses yet"),
        ("infected", "FILE_INFECTED", "holds harmful content (Bad)"),
        ("failed", "FILE_NOT_SCANNABLE", "could not be checked"),
    ],
)
def test_closed_until_clean(world, scanner, client, state, code, said):
    found = world.receive(pdf())
    world.file_it()
    StoredFile.objects.update(scan_state=state, scan_note="Bad")
    for person in (world.aigerim, world.erlan):
        with override("en"), pytest.raises(Conflict) as refused:
            open_for(person=person, file_id=found.pk, at=AT)
        assert refused.value.code == code
        assert said in str(refused.value.detail)
        assert refused.value.advice
        assert _get(client, person, found).status_code == 409
    assert not Fact.objects.exists()


def test_discarded_file_is_gone(world, scanner):
    found = world.receive(pdf())
    StoredFile.objects.update(deleted_at=AT)
    with pytest.raises(NotFound):
        open_for(person=world.aigerim, file_id=found.pk, at=AT)
