"""Play one case through the portal's own services, and write its documents into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.cases.models import Case
from foundation.kernel.clock import legal_now
from sandbox import portfolio
from sandbox.cast import ensure_cast
from sandbox.database import migrate_if_needed
from sandbox.four_forms import PACE
from sandbox.outside import outside_world
from sandbox.play import Play
from sandbox.walk import COMPLAINTS, OUTCOMES, walk


class Command(BaseCommand):
    help = "Plays one case through the same services as the screens, on the real database, without a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", choices=sorted(PACE, key=int), default="1", help="the form to play")
        parser.add_argument("--outcome", choices=sorted(OUTCOMES), default="issue", help="how the case ends")
        parser.add_argument("--complaint", choices=COMPLAINTS, default="", help="with refuse: what follows")
        parser.add_argument("--out", metavar="DIR", help="write the documents here")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The walkthrough plays demo people; it runs in the demo only.")
        folder = Path(options["out"]) if options["out"] else None
        if folder is not None and folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is no folder: give a folder for the documents.")
        if options["complaint"] and options["outcome"] != "refuse":
            raise CommandError("A complaint follows a refusal here: give --outcome refuse with it.")
        if options["form"] != "1" and options["outcome"] not in ("issue", "return"):
            raise CommandError("A hearing is played with Form 1: leave --form out with this outcome.")
        migrate_if_needed()
        today = legal_now().date()
        ensure_cast()
        with outside_world(today):
            cases = self._play(options["form"], options["outcome"], options["complaint"])
        if folder is not None:
            index = portfolio.write(cases, folder, decision_kinds=OUTCOMES[options["outcome"]])
            self.stdout.write(f"{len(index)} documents in {folder}")

    def _play(self, form: str, outcome: str, complaint: str) -> list[UUID]:
        play = Play.begin(tell=self.stdout.write)
        cases = walk(play, legal_now().date(), outcome, form=form, complaint=complaint)
        self.stdout.write(f"{play.deliver()} deliveries made by the worker's code")
        for case in Case.objects.filter(pk__in=cases).order_by("created_at"):
            self.stdout.write(f"{case.incoming_no}: {case.status_code}")
        return cases
