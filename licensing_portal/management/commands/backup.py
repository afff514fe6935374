"""Database, files and keys into one folder, with the SHA-256 of each (api.md, Commands)."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from foundation.journal.models import Anchor, Fact
from foundation.kernel.clock import machine_now
from licensing_portal import safekeeping
from licensing_portal.safekeeping.manifest import DUMP, sha256_of


class Command(BaseCommand):
    help = (
        "Saves the database, the private files and the keys into DIR with a manifest of SHA-256. The portal may run "
        "meanwhile. DIR holds personal data and private keys afterwards: keep it as you keep those."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder that does not exist yet")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        if folder.exists():
            raise CommandError(
                f"{folder} exists already: name a folder that does not, nothing is overwritten."
            )
        if not folder.parent.is_dir():
            raise CommandError(f"{folder.parent} does not exist: make it first.")
        draft = folder.with_name(f".{folder.name}.{os.getpid()}")
        try:
            draft.mkdir(mode=0o700)
            manifest = self._save(draft)
            draft.rename(folder)
        except (safekeeping.SafekeepingError, DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was saved: {' '.join(str(error).split())}") from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        self.stdout.write(
            f"OK {folder}: {manifest.facts} facts, {manifest.anchors} anchors, {len(manifest.files)} files"
        )

    def _save(self, draft: Path) -> safekeeping.Manifest:
        """The database first: files are written before the rows that name them, so none of them is missed."""
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                [snapshot] = cursor.fetchone()
            facts, anchors = Fact.objects.count(), Anchor.objects.count()
            applied = sorted(
                f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
            )
            self.stdout.write("saving the database")
            safekeeping.dump(draft / DUMP, snapshot)
        path = draft / DUMP
        path.chmod(0o600)
        self.stdout.write("saving files and keys")
        files = [safekeeping.SavedFile(DUMP, path.stat().st_size, sha256_of(path))]
        files += safekeeping.copy_out(draft, self.stdout.write)
        manifest = safekeeping.Manifest(
            made_at=machine_now().isoformat(timespec="seconds"),
            demo=settings.DEMO,
            migrations=applied,
            facts=facts,
            anchors=anchors,
            files=files,
        )
        safekeeping.write(draft, manifest)
        return manifest
