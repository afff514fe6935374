"""The bundle of a case: it checks itself with the standard library and openssl alone; one flipped bit fails it."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from casework.documents.models import StoredFile
from foundation.journal.models import Fact
from foundation.kernel.clock import legal_time
from licenses.models import Licence
from tests.applications.stages import QuietPlay, Stages, moment

AFTER = moment("2026-11-09T12:00")


@pytest.fixture
def issued(play):
    """A licence with its real documents, sealed."""
    play.__class__ = QuietPlay
    case = Stages(play).issued()
    play.deliver()
    return case


def taken(client, person, path) -> bytes:
    client.force_login(person)
    with legal_time(AFTER):
        answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def checked(file: Path) -> tuple[int, str]:
    """verify.py of the bundle itself, with no site packages, no user paths, no settings."""
    with zipfile.ZipFile(file) as packed:
        program = file.with_name("verify.py")
        program.write_bytes(packed.read("verify.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(file)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"]},
        cwd=file.parent,
    )
    return done.returncode, done.stdout + done.stderr


def flipped(packed: bytes, name: str) -> bytes:
    """The same bundle with one bit of one file changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            content = bytearray(old.read(one))
            if one == name:
                content[len(content) // 2] ^= 1
            new.writestr(one, bytes(content))
    return out.getvalue()


def test_bundles_check_themselves_and_every_changed_file_fails(play, issued, client, tmp_path):
    applicants(play, issued, client, tmp_path)
    officers(play, issued, client, tmp_path)
    licences(play, client, tmp_path)


def applicants(play, issued, client, tmp_path):
    path = reverse("applications-api:bundle", args=[issued])
    packed = taken(client, play.people["aigerim"], path)
    file = tmp_path / "bundle.zip"
    file.write_bytes(packed)
    status, said = checked(file)
    assert status == 0, said
    assert said.splitlines()[-1].startswith("WHOLE: ")
    with zipfile.ZipFile(file) as found:
        names = found.namelist()
        index = json.loads(found.read("index.json"))
        timeline = json.loads(found.read("timeline.json"))["facts"]
    kinds = {row["kind"] for row in index["documents"]}
    assert {"application_filed", "receipt", "licence_form_4", "annex_form_6"} <= kinds
    assert len([name for name in names if name.startswith("files/")]) == StoredFile.objects.count() > 0
    assert [row["seq"] for row in timeline] == list(range(1, len(timeline) + 1))
    assert all("canonical" not in row for row in timeline)
    one_of_each = {
        next(name for name in names if name.startswith(start))
        for start in (
            "documents/",
            "files/",
            "signatures/",
            "timeline",
            "terms",
            "inventory",
            "trust/",
            "verify",
            "index",
        )
    }
    for name in sorted(one_of_each):
        file.write_bytes(flipped(packed, name))
        if name == "verify.py":
            with zipfile.ZipFile(io.BytesIO(packed)) as good:
                (tmp_path / "good.py").write_bytes(good.read("verify.py"))
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(tmp_path / "good.py"), str(file)],
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, "BAD verify.py" in done.stdout) == (1, True)
            continue
        status, said = checked(file)
        assert status == 1, name
        assert "CHANGED" in said, name


def officers(play, issued, client, tmp_path):
    """An officer's holds the bytes of the journal too."""
    packed = taken(client, play.people["auditor"], reverse("applications-api:bundle", args=[issued]))
    file = tmp_path / "bundle.zip"
    file.write_bytes(packed)
    status, said = checked(file)
    assert status == 0, said
    with zipfile.ZipFile(file) as found:
        timeline = json.loads(found.read("timeline.json"))["facts"]
    assert all("canonical" in row for row in timeline)


def licences(play, client, tmp_path):
    licence = Licence.objects.get()
    path = reverse("licenses-api:licence-bundle", args=[licence.number])
    packed = taken(client, play.people["aigerim"], path)
    file = tmp_path / "licence.zip"
    file.write_bytes(packed)
    status, said = checked(file)
    assert status == 0, said
    assert f"for {licence.number}" in said
    with zipfile.ZipFile(file) as found:
        kinds = {row["kind"] for row in json.loads(found.read("index.json"))["documents"]}
        assert json.loads(found.read("licence.json"))["number"] == licence.number
    assert kinds == {"licence_form_4", "annex_form_6"}
    fact = Fact.objects.filter(stream=licence.stream).order_by("-seq")[0]
    assert (fact.kind, fact.actor_id) == ("licence.bundle_taken", play.people["aigerim"].pk)
