"""`backup` and `restore`: a real round trip into a scratch database, and every way it must be refused."""

import json
import os
import stat
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import StringIO
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from casework.documents.models import StoredFile
from foundation.journal.anchors import make_anchor
from foundation.journal.models import Fact
from foundation.kernel.clock import ALMATY
from licensing_portal.safekeeping import folders
from sandbox.gateway import SandboxGateway
from sandbox.play import Play

AT = datetime(2026, 11, 2, 10, 0, tzinfo=ALMATY)


@dataclass
class Elsewhere:
    """Another installation of the portal: a database and a folder of its own, driven by its own commands."""

    database: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def manage(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=django_settings.BASE_DIR,
            env={**os.environ, **self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def sql(self, statement: str) -> list[tuple[object, ...]]:
        with _connected(self.database) as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    def is_untouched(self) -> bool:
        tables = self.sql("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        return tables == [(0,)] and not [path for path in self.folder.rglob("*") if path.is_file()]


class _connected:  # noqa: N801 -- reads as a statement
    def __init__(self, database: str) -> None:
        given = connection.get_connection_params()
        kept = {name: given[name] for name in ("user", "password", "host", "port") if given.get(name)}
        self.connection = psycopg2.connect(dbname=database, **kept)
        self.connection.autocommit = True

    def __enter__(self) -> "psycopg2.extensions.cursor":
        return self.connection.cursor()

    def __exit__(self, *_error: object) -> None:
        self.connection.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    name = f"test_restore_{uuid.uuid4().hex[:12]}"
    here = connection.settings_dict
    with _connected("postgres") as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    folder = tmp_path / "elsewhere"
    address = f"postgresql://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}/{name}"
    yield Elsewhere(
        database=name,
        folder=folder,
        environment={
            "DATABASE_URL": address,
            "REDIS_URL": django_settings.REDIS_URL,
            "PORTAL_DEMO": "1",
            "PORTAL_VAR_DIR": str(folder),
        },
    )
    with _connected("postgres") as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def here(tmp_path: Path, settings) -> Path:
    """Files and keys of this test alone."""
    folder = tmp_path / "here"
    storages = dict(settings.STORAGES)
    storages["default"] = {
        **storages["default"],
        "OPTIONS": {**storages["default"]["OPTIONS"], "location": str(folder / "files")},
    }
    settings.STORAGES = storages
    settings.KEYS_DIR = folder / "keys"
    settings.EDS = {
        **settings.EDS,
        "TRUST_DIR": str(folder / "eds" / "trust"),
        "CRL_DIR": str(folder / "eds" / "crl"),
        "SANDBOX_DIR": str(folder / "eds" / "sandbox"),
    }
    return folder


@pytest.fixture
def lived_in(transactional_db, here: Path, settings) -> Iterator[Path]:
    """A portal with a filed application: people, evidence, sealed receipts, a journal with an anchor."""
    with SandboxGateway() as gateway:
        settings.GATEWAY = {**settings.GATEWAY, "URL": gateway.url, "TOKEN": "sandbox-token"}
        play = Play.begin()
        draft = play.draft(AT)
        play.attach(draft, AT)
        play.file(draft.pk, AT)
        play.deliver()
        make_anchor(AT.date())
        yield here


@pytest.fixture
def small(tmp_path: Path, transactional_db, here: Path) -> Path:
    """A backup with one key and no people: for what is refused before anything is read from it."""
    (here / "keys" / "qr").mkdir(parents=True)
    (here / "keys" / "qr" / "q001.pem").write_text("a key", encoding="ascii")
    call_command("backup", str(tmp_path / "saved"), stdout=StringIO())
    return tmp_path / "saved"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_round_trip(lived_in: Path, tmp_path: Path, elsewhere: Elsewhere) -> None:
    saved = tmp_path / "saved"
    said = StringIO()
    call_command("backup", str(saved), stdout=said)
    facts, evidence = Fact.objects.count(), StoredFile.objects.count()
    assert said.getvalue().splitlines()[-1].startswith(f"OK {saved}: {facts} facts, 1 anchors, ")

    done = elsewhere.manage("restore", str(saved))

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith(f"OK {facts} facts, 1 anchors, ")
    assert elsewhere.sql("SELECT count(*) FROM documents_storedfile") == [(evidence,)]
    assert evidence > 0
    assert contents(elsewhere.folder) == contents(lived_in)
    assert {mode(path) for path in elsewhere.folder.rglob("*") if path.is_file()} == {0o600}
    assert {mode(path) for path in elsewhere.folder.rglob("*") if path.is_dir()} == {0o700}
    # append-only holds there too
    with pytest.raises(psycopg2.Error, match="journal"):
        elsewhere.sql("DELETE FROM journal_fact")

    again = elsewhere.manage("restore", str(saved))
    assert again.returncode == 1
    assert again.stdout == "checking the backup\n"
    assert f"the database {elsewhere.database} already holds" in again.stderr
    journal = elsewhere.manage("verify_journal")
    assert (journal.stdout, journal.stderr) == (f"OK {facts} facts, 1 anchors\n", "")


def test_a_backup_is_private_and_lists_every_file(small: Path) -> None:
    assert mode(small) == 0o700
    assert mode(small / "files" / "keys" / "qr" / "q001.pem") == mode(small / "database.dump") == 0o600
    listed = {row["path"] for row in json.loads((small / "manifest.json").read_text())["files"]}
    assert listed == set(contents(small)) - {"manifest.json", "manifest.json.sha256"}


def flip(path: Path) -> None:
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    path.write_bytes(damaged)


def test_one_flipped_byte_is_refused(small: Path, elsewhere: Elsewhere) -> None:
    flip(small / "database.dump")

    done = elsewhere.manage("restore", str(small))

    assert done.returncode == 1
    assert f"{small / 'database.dump'} is not what was saved" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert elsewhere.is_untouched()


@pytest.mark.parametrize("name", ["files/keys/qr/q001.pem", "manifest.json", "manifest.json.sha256"])
def test_one_flipped_byte_of_a_file_or_the_manifest(small: Path, name: str) -> None:
    flip(small / name)
    assert "is not what was saved: its SHA-256 differs" in refusal_of(small)


def refusal_of(small: Path) -> str:
    with pytest.raises(CommandError) as refused:
        call_command("restore", str(small), stdout=StringIO())
    assert str(refused.value).startswith("Nothing was restored: ")
    return str(refused.value)


def test_a_missing_an_added_and_a_linked_file_are_refused(small: Path) -> None:
    key = small / "files" / "keys" / "qr" / "q001.pem"
    (small / "files" / "more").write_bytes(b"")
    assert "more is not in the backup's manifest" in refusal_of(small)
    (small / "files" / "more").unlink()
    key.rename(small.parent / "moved")
    assert "q001.pem is missing from the backup" in refusal_of(small)
    key.symlink_to(small.parent / "moved")
    assert "q001.pem is missing from the backup" in refusal_of(small)


def test_what_is_no_backup_is_refused(tmp_path: Path, db) -> None:
    (tmp_path / "empty").mkdir()
    assert "is no backup: manifest.json" in refusal_of(tmp_path / "empty")
    assert "is no backup: manifest.json" in refusal_of(tmp_path / "nowhere")


def test_demo_and_real_data_do_not_mix(small: Path, settings) -> None:
    settings.DEMO = not settings.DEMO
    assert "their people and keys must not mix" in refusal_of(small)


def test_folders_with_files_are_refused(small: Path, elsewhere: Elsewhere) -> None:
    own = elsewhere.folder / "keys" / "seal" / "own.pem"
    own.parent.mkdir(parents=True)
    own.write_text("of this portal", encoding="ascii")

    done = elsewhere.manage("restore", str(small))

    assert done.returncode == 1
    assert f"{elsewhere.folder / 'keys'} already holds files" in done.stderr
    assert contents(elsewhere.folder) == {"keys/seal/own.pem": b"of this portal"}


def test_a_database_that_cannot_be_restored_leaves_no_files(small: Path, elsewhere: Elsewhere) -> None:
    """A type in the way of an extension stands for every failure in the middle."""
    elsewhere.sql("CREATE TYPE public.gtrgm AS ENUM ()")

    done = elsewhere.manage("restore", str(small))

    assert done.returncode == 1
    assert "pg_restore failed: " in done.stderr
    assert elsewhere.is_untouched()


def test_backup_overwrites_nothing_and_leaves_nothing_half_done(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(small)
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(small), stdout=StringIO())
    assert contents(small) == before
    with pytest.raises(CommandError, match="does not exist: make it first"):
        call_command("backup", str(tmp_path / "no" / "folder"), stdout=StringIO())

    def disk_full(*_arguments: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(folders, "_copy", disk_full)
    with pytest.raises(CommandError, match="Nothing was saved: No space left on device"):
        call_command("backup", str(tmp_path / "more"), stdout=StringIO())
    assert {path.name for path in tmp_path.iterdir()} == {"here", "saved"}
