"""Check the chains and the signed anchors; name the first bad entry of each stream; exit status 1 if any."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from foundation.journal.anchors import faults
from foundation.journal.models import Anchor, Fact


class Command(BaseCommand):
    help = "Checks the journal's chains and signed anchors; exit status 1 and the first bad entry if any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since-anchor", action="store_true", help="check only what came after the last signed anchor"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        found = 0
        for fault in faults(since_anchor=options["since_anchor"]):
            found += 1
            self.stdout.write(f"BAD {fault.stream} {fault.seq}: {fault.what}")
        if found:
            sys.exit(1)
        self.stdout.write(f"OK {Fact.objects.count()} facts, {Anchor.objects.count()} anchors")
