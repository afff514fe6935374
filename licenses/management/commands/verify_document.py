"""Check a file that was issued here: signed bytes, seal, signer, edition, status (api.md)."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.documents.kinds import KINDS
from casework.documents.models import OfficialDocument
from casework.documents.verification import verify_file
from foundation.kernel.clock import legal_now
from licenses.selectors.check import status_of_document
from licenses.wording import ANSWERS

MAX_BYTES = 50 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Checks a PDF issued here, its .cms or its manifest: seal, signed bytes, signature, edition and status. "
        "Exit status 0 if the file is genuine and whole, 1 if not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        verdict = verify_file(_read(options["file"]))
        for check in verdict.checks:
            self.stdout.write(f"{'OK ' if check.ok else 'BAD'} {check.name}: {check.text}")
        if verdict.document is not None:
            self._tell(verdict.document)
        self.stdout.write(_("GENUINE") if verdict.ok else _("NOT GENUINE, or changed"))
        if not verdict.ok:
            sys.exit(1)

    def _tell(self, document: OfficialDocument) -> None:
        kind = KINDS[document.kind]
        self.stdout.write(
            _("Document: {title}, {number}, edition {edition}, {day}").format(
                title=kind.named("kk" if document.language == "kk" else "ru"),
                number="/".join(filter(None, (document.number, document.subject))),
                edition=document.edition,
                day=document.document_date.isoformat(),
            )
        )
        if kind.official:
            result = status_of_document(document.qr_id, legal_now(), get_language() or "ru")
            self.stdout.write(_("State today: {state}").format(state=ANSWERS[result.answer].title))


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise CommandError(f"{file}: larger than any document issued here.")
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}.") from error
