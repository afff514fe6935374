"""`manage.py import_kato FILE --on DAY`: the official list of places as of a day; the whole file or nothing."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation.kernel.place_list import BadListError, read
from foundation.kernel.refusals import Conflict
from foundation.kernel.services import enter_places

_SHOWN = 20


class Command(BaseCommand):
    help = (
        "Enters the classifier of places (KATO) from CSV: kato, kato_version, level, type_code, name_ru, name_kk. "
        "What is new begins on the day, what changed is succeeded, what is missing ends; run again, nothing changes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--on", type=date.fromisoformat, required=True, help="first day it is in force")
        parser.add_argument("--check", action="store_true", help="say what would change, enter nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            listed = read(options["file"].read_bytes())
            with transaction.atomic():
                done = enter_places(listed, on=options["on"])
                transaction.set_rollback(bool(options["check"]))
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        except BadListError as error:
            more = len(error.faults) - _SHOWN
            tail = [f"… and {more} more"] if more > 0 else []
            raise CommandError("\n".join(["Nothing was entered.", *error.faults[:_SHOWN], *tail])) from error
        except Conflict as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"places: {done.new} new, {done.renamed} changed, {done.retired} ended, {done.unchanged} as before"
        )
