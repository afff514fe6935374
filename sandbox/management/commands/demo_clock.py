"""Moves the legal clock of the demo (design.md, Two clocks)."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.deadlines.calendar import FIRST_YEAR, LAST_YEAR
from foundation.kernel.clock import almaty, legal_now
from foundation.kernel.services import shift_legal_clock

EXAMPLE = "2026-03-06T12:00+05:00"


class Command(BaseCommand):
    help = (
        "Demo only: lets the legal clock run from a moment, or from the machine's time again. "
        "Machine time (sessions, codes, retries) stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("moment", nargs="?", help=f"ISO 8601, e.g. {EXAMPLE}; without offset: Almaty")
        parser.add_argument("--reset", action="store_true", help="back to the machine's time")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_clock works in the demo only (PORTAL_DEMO).")
        moment, reset = options["moment"], options["reset"]
        if bool(moment) == reset:
            raise CommandError(f"Give a moment as {EXAMPLE}, or --reset.")
        shift_legal_clock(None if reset else _read(moment))
        self.stdout.write(f"The legal clock says {legal_now():%Y-%m-%dT%H:%M:%S%z}.")


def _read(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{text!r} is no moment: write it as {EXAMPLE}.") from error
    local = almaty(moment) if moment.tzinfo else moment.replace(tzinfo=legal_now().tzinfo)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise CommandError(
            f"The calendar of working days covers {FIRST_YEAR} to {LAST_YEAR}, not {local.year}."
        )
    return local
