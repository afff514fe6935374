"""`manage.py recompute_terms --check`: terms from the journal equal the rows (api.md, Commands)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from casework.deadlines.models import Term
from casework.deadlines.replay import differences


class Command(BaseCommand):
    """Replay the journal and compare."""

    help = (
        "Replays the facts of every case and compares the terms that follow from them with the rows: state, "
        "start, length and date, the date also recomputed from start, rule and calendar. Changes nothing. "
        "Exit status 1 and a line for each term that differs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", required=True, help="compare; nothing is written")

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = 0
        for difference in differences(progress=self._progress):
            found += 1
            self.stderr.write(difference)
        if found:
            raise CommandError(
                _("%(count)d differences between the journal and the terms") % {"count": found}
            )
        self.stdout.write(_("%(count)d terms agree with the journal") % {"count": Term.objects.count()})

    def _progress(self, done: int) -> None:
        self.stderr.write(_("%(number)d terms compared") % {"number": done})
