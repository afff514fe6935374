"""Check a file that was issued here: signed bytes, seal, signer, edition, status (api.md).

With `--keys` it asks neither a network nor a database: a QR code's text by the published keys and status list.
"""

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
from foundation.kernel.refusals import BadInput
from licenses.rules.answers import Answer
from licenses.selectors.check import status_of_document
from licenses.selectors.offline import Published
from licenses.wording import ANSWERS

MAX_BYTES = 50 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Checks a PDF issued here, its .cms or its manifest: seal, signed bytes, signature, edition and status. "
        "With --keys FILE is the text of a QR code, checked by published files alone, without a network or a database. "
        "Exit status 0 if the file is genuine and whole, 1 if not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--keys", type=Path, help="what /api/v1/verification-keys/ gave, kept as a file")
        parser.add_argument("--status-list", type=Path, help="what /api/v1/status-list/ gave, kept as a file")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if options["keys"] is not None:
            self._offline(options)
            return
        if options["status_list"] is not None:
            raise CommandError("--status-list is read with --keys only.")
        verdict = verify_file(_read(options["file"]))
        for check in verdict.checks:
            self.stdout.write(f"{'OK ' if check.ok else 'BAD'} {check.name}: {check.text}")
        if verdict.document is not None:
            self._tell(verdict.document)
        self.stdout.write(_("GENUINE") if verdict.ok else _("NOT GENUINE, or changed"))
        if not verdict.ok:
            sys.exit(1)

    def _offline(self, options: dict[str, Any]) -> None:
        """A QR code by what was published and kept."""
        kept = options["status_list"]
        try:
            published = Published(_read(options["keys"]), _read(kept) if kept else None)
        except BadInput as refused:
            raise CommandError(str(refused)) from refused
        result = published.check(_read(options["file"]).decode("utf-8", errors="replace"))
        claim = result.claim
        if claim is None:
            self.stdout.write(_("NOT GENUINE, or changed"))
            sys.exit(1)
        self.stdout.write(
            _("Document: {title}, {number}, edition {edition}, {day}").format(
                title=KINDS[claim.kind].named("kk" if get_language() == "kk" else "ru"),
                number=claim.number,
                edition=claim.edition,
                day=claim.document_date.isoformat(),
            )
        )
        if result.day is not None and result.answer is not None:
            self.stdout.write(
                _("State on {day}: {state}").format(
                    day=result.day.isoformat(), state=ANSWERS[result.answer].title
                )
            )
        elif result.day is not None:
            self.stdout.write(_("The document is younger than the status list: load the list again."))
        issued = result.answer is not Answer.NEVER_ISSUED
        self.stdout.write(_("GENUINE") if issued else _("NOT GENUINE, or changed"))
        if not issued:
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
