"""A new key for the seal, the QR codes and the journal's anchors; the old ones stay published (api.md)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casework.documents import seal_keys
from foundation.kernel import keys

_WHAT = (*keys.PURPOSES, "seal")


class Command(BaseCommand):
    help = "Make a new key for seal, QR codes and journal anchors. Old keys stay and keep old documents checkable."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only", choices=_WHAT, action="append", help="one purpose (may be repeated); all by default"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        for purpose in options["only"] or _WHAT:
            if purpose != "seal":
                self.stdout.write(f"{purpose}: {keys.new_key(purpose)} signs from now on.")
                continue
            key_id = seal_keys.new_seal()
            key_file = seal_keys.folder() / f"{key_id}.key.pem"
            if key_file in seal_keys.key_files():
                self.stdout.write(f"seal: {key_id} seals from now on.")
            else:
                self.stdout.write(
                    f"seal: {key_id} made. Have {key_id}.csr.pem certified and put the chain (seal first, root last) "
                    f"beside it as {key_id}.chain.pem; until then the previous seal stays in force."
                )
