"""Play one case through the portal's own services, and write its documents into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from foundation.kernel.clock import legal_now, legal_time
from sandbox import portfolio
from sandbox.cast import ensure_cast
from sandbox.database import migrate_if_needed
from sandbox.four_forms import LEFT_OUT, PACE, WHO, decide, drafted
from sandbox.moments import moment
from sandbox.outside import outside_world
from sandbox.play import Play

OUTCOMES = {"issue": ("licence_form_4", "licence_form_5"), "return": ("further_refusal",)}


class Command(BaseCommand):
    help = "Plays one case through the same services as the screens, on the real database, without a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--form", choices=sorted(PACE, key=int), default="1", help="the form to play")
        parser.add_argument("--outcome", choices=sorted(OUTCOMES), default="issue", help="how the case ends")
        parser.add_argument("--out", metavar="DIR", help="write the documents here")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The walkthrough plays demo people; it runs in the demo only.")
        folder = Path(options["out"]) if options["out"] else None
        if folder is not None and folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is no folder: give a folder for the documents.")
        migrate_if_needed()
        today = legal_now().date()
        ensure_cast()
        with outside_world(today):
            case_id = self._play(options["form"], options["outcome"])
        if folder is not None:
            index = portfolio.write(case_id, folder, decision_kinds=OUTCOMES[options["outcome"]])
            self.stdout.write(f"{len(index)} documents in {folder}")

    def _play(self, form: str, outcome: str) -> Any:
        today = legal_now().date()
        play, days, who = Play.begin(tell=self.stdout.write), PACE[form], WHO[form]
        start = moment(today, days.filed, "10:00")
        with legal_time(start):
            draft = drafted(play, form, start)
            leave_out = (LEFT_OUT[form],) if outcome == "return" else ()
            play.attach(draft, moment(today, days.filed, "10:20"), who=who, leave_out=leave_out)
            play.file(draft.pk, moment(today, days.filed, "11:00"), who=who)
            play.deliver()
        if outcome == "return":
            play.assign(draft.pk, moment(today, days.filed, "12:00"))
            play.refuse_further(draft.pk, moment(today, days.accepted, "10:00"))
        else:
            decide(play, draft.pk, today, days)
        done = play.deliver()
        self.stdout.write(f"{done} deliveries made by the worker's code")
        final = play.fresh(draft.pk)
        self.stdout.write(f"{final.case.incoming_no}: {final.status}")
        return draft.pk
