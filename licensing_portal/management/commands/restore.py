"""A backup back into an empty portal: all of it, checked before and after, or nothing (api.md, Commands)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from foundation.journal.anchors import faults
from foundation.journal.models import Anchor, Fact
from licensing_portal import safekeeping
from licensing_portal.safekeeping import SafekeepingError
from licensing_portal.safekeeping.manifest import DUMP


class Command(BaseCommand):
    help = (
        "Restores a backup from DIR into an empty database and empty folders. Every file is compared with the "
        "manifest first; afterwards the journal's chains and anchors are checked. The portal must not run meanwhile."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="a folder made by `backup`")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["folder"].absolute()
        try:
            self.stdout.write("checking the backup")
            manifest = safekeeping.checked(folder, self.stdout.write)
            _refuse_another_kind(manifest)
            _refuse_what_is_not_empty()
            self._put_back(folder, manifest)
        except (SafekeepingError, DatabaseError, OSError) as error:
            raise CommandError(f"Nothing was restored: {' '.join(str(error).split())}") from error
        self._verify(manifest)

    def _put_back(self, folder: Path, manifest: safekeeping.Manifest) -> None:
        """Files first, the database last and in one transaction: its commit is the moment of the restore."""
        written: list[Path] = []
        try:
            self.stdout.write("restoring files and keys")
            files = [saved for saved in manifest.files if saved.path != DUMP]
            safekeeping.copy_back(folder, files, written, self.stdout.write)
            self.stdout.write("restoring the database")
            safekeeping.load(folder / DUMP)
        except BaseException:
            safekeeping.remove(written)
            raise

    def _verify(self, manifest: safekeeping.Manifest) -> None:
        if MigrationExecutor(connection).migration_plan(MigrationLoader(connection).graph.leaf_nodes()):
            self.stdout.write(
                "Restored. The backup is older than this release: run `migrate`, then `verify_journal`."
            )
            return
        self.stdout.write("checking the journal")
        for fault in faults():
            raise CommandError(
                f"Restored as it was saved, but the journal was wrong then already: {fault.stream} {fault.seq}: "
                f"{fault.what}. `verify_journal` lists the first bad entry of each stream."
            )
        found = (Fact.objects.count(), Anchor.objects.count())
        if found != (manifest.facts, manifest.anchors):
            raise CommandError(
                f"The journal holds {found[0]} facts and {found[1]} anchors, the backup had {manifest.facts} and "
                f"{manifest.anchors}: empty the database and restore once more while nothing else writes to it."
            )
        self.stdout.write(f"OK {found[0]} facts, {found[1]} anchors, {len(manifest.files)} files")


def _refuse_another_kind(manifest: safekeeping.Manifest) -> None:
    if manifest.demo != settings.DEMO:
        kind, here = ("the demo", "a real portal") if manifest.demo else ("a real portal", "the demo")
        raise SafekeepingError(
            f"the backup is of {kind} and this is {here} (PORTAL_DEMO): their people and keys must not mix."
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise SafekeepingError(
            f"the backup is of another release ({unknown[0]} is not known here): restore it with that release."
        )


def _refuse_what_is_not_empty() -> None:
    if fault := safekeeping.emptiness_fault():
        raise SafekeepingError(
            f"{fault}. Name an empty one in DATABASE_URL (`createdb`); none is overwritten."
        )
    if folder := safekeeping.occupied():
        raise SafekeepingError(
            f"{folder} already holds files. Move them away or set PORTAL_VAR_DIR to an empty folder."
        )
