"""People of every role and cases in every state, made by the services with past moments relative to today."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casework.cases.models import Case
from casework.deadlines.selectors import current_calendar
from casework.deadlines.services import watch
from foundation.journal.anchors import anchor_due
from foundation.kernel.clock import legal_now
from sandbox.cast import ALL, auth_key_of, ensure_cast, ensure_places, key_of
from sandbox.demo_cases import Stage, script
from sandbox.outside import outside_world
from sandbox.play import Play


class Command(BaseCommand):
    help = "Fills the demo database with people and cases; about a minute."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are cases already")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data is made in the demo only.")
        if Case.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(
                "There are cases already; use --if-empty to leave them, or start with a new database."
            )
        now = legal_now()
        ensure_cast()
        ensure_places()
        for demo in ALL:
            key_of(demo.login), auth_key_of(demo.login)
        today = now.date()
        while not current_calendar().is_working_day(today):
            today += timedelta(days=1)
        with outside_world(today):
            play = Play.begin()
            steps = script(Stage(play, today))
            for index, (name, make) in enumerate(steps, start=1):
                make()
                play.deliver()
                self.stdout.write(f"{index}/{len(steps)} {name}")
                self.stdout.flush()
            watch(now)
            play.deliver()
        anchor_due(now.date())
        self.stdout.write(f"{Case.objects.count()} cases")
