"""`manage.py import_licenses FILE`: licences issued before this portal, from a JSON list; the whole file or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from casework.decisions.papers import words
from foundation.accounts.models import Body
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import BadInput
from licenses.rules import LicenceText
from licenses.services import import_licences

MAX_BYTES = 50 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Enters licences issued before this portal: number, sub_kind, holder, first_issued_on, status, head_name, "
        "annexes (docs/architecture.md, Licences of before). Run again, the same file changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="look for faults only, enter nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        rows, at = _read(options["file"]), legal_now()
        body = Body.objects.filter(kind=Body.Kind.PROVIDER).first()
        if body is None:
            raise CommandError(_("There is no provider of the service yet."))
        day = at.date()
        activity = LicenceText(
            words("activity.name", day, "kk"),
            words("activity.name", day, "ru"),
            note_kk=words("note.licence", day, "kk"),
            note_ru=words("note.licence", day, "ru"),
            place_kk=words("place.issue", day, "kk"),
            place_ru=words("place.issue", day, "ru"),
        )
        try:
            with transaction.atomic():
                done = import_licences(rows, body=body, activity=activity, at=at)
                transaction.set_rollback(bool(options["check"]))
        except BadInput as refusal:
            faults = "\n".join(
                f"  {name}: {', '.join(map(str, why))}" for name, why in refusal.fields.items()
            )
            raise CommandError(f"{refusal}\n{faults}") from refusal
        said = (
            _("{entered} to enter, {unchanged} there already")
            if options["check"]
            else _("{entered} entered, {unchanged} there already")
        )
        self.stdout.write(said.format(entered=done.entered, unchanged=done.unchanged))


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise CommandError(_("The file is larger than 50 MB; split it."))
        rows = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{file}: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CommandError(_("The file is a JSON list of licences."))
    return rows
