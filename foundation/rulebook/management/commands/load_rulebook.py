"""`manage.py load_rulebook`: the order as dated rows from `fixtures/rulebook`, idempotently."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from foundation.kernel.clock import legal_now
from foundation.rulebook.fixtures import DIRECTORY, BadRulebook
from foundation.rulebook.services import Conflict, load


class Command(BaseCommand):
    """Load the rulebook."""

    help = "Publishes the rows of fixtures/rulebook not there yet; a published row is succeeded, not edited."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--path", type=Path, default=DIRECTORY, help="directory of the JSON files")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            done = load(options["path"], at=legal_now())
        except (BadRulebook, Conflict) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"rulebook: {done.created} new, {done.ended} ended, {done.unchanged} unchanged")
