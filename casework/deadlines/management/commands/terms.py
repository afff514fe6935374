"""`manage.py terms`: receipt times from standard input, their terms as JSON lines (api.md, Commands)."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from casework.deadlines.calendar import FIRST_YEAR, LAST_YEAR, OutsideCalendarError, WorkingCalendar
from casework.deadlines.rules import (
    ALMATY,
    TERM_RULES,
    TermRule,
    Track,
    compute,
    explain,
    form_track,
    last_day,
    registration_day,
    rule_for,
)
from casework.deadlines.selectors import current_calendar, rules_on
from casework.deadlines.shipped import shipped_calendar
from casework.deadlines.wording import why_text

# what a receipt time consists of; whatever else `fromisoformat` would take is no time people write
_SHAPE = re.compile(r"[0-9][0-9W+:.,Z-]*[T ][0-9+:.,Z-]+").fullmatch
_PROGRESS_EVERY = 100_000
_BATCH = 2_000


class Command(BaseCommand):
    """Terms of filings by their receipt."""

    help = (
        "Reads receipt times (ISO 8601, one a line; without an offset the time is Almaty's) from standard "
        "input and writes one JSON object a line: received, registered_on, completeness, service, "
        "hearing_notice (null for re-issue). Empty lines are skipped; a line of another shape stops the run "
        "with its number."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--form", choices=["1", "2", "9", "10"], default="1", help="form of the application"
        )
        parser.add_argument("--long", action="store_true", help="forms 9, 10 by the 2/15 way (PL 34, 29)")
        parser.add_argument(
            "--explain", action="store_true", help="add every day of each term, and why it counts or not"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["long"] and options["form"] in {"1", "2"}:
            raise CommandError(
                _("--long is for forms 9 and 10; forms 1 and 2 always take 2/15 days, leave it out")
            )
        calendar = _calendar()
        track = form_track(options["form"], long=options["long"])
        answers = Answers(track, calendar, with_days=options["explain"])
        out: list[str] = []
        try:
            for number, line in _lines():
                out.append(answers.of(number, line))
                if len(out) >= _BATCH:
                    self._flush(out)
                if number % _PROGRESS_EVERY == 0:
                    self.stderr.write(_("%(number)d lines read") % {"number": number})
            self._flush(out)
        except CommandError:
            self._flush(out)  # what came before the bad line is answered
            raise
        except BrokenPipeError:  # the reader has seen enough (`| head`)
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _flush(self, out: list[str]) -> None:
        if out:
            self.stdout.write("\n".join(out))
            out.clear()


class Answers:
    """One JSON line per receipt; everything after the day of registration is the same for all of that day."""

    def __init__(self, track: Track, calendar: WorkingCalendar, *, with_days: bool) -> None:
        self._track = track
        self._calendar = calendar
        self._with_days = with_days
        self._tails: dict[date, str] = {}

    def of(self, number: int, line: str) -> str:
        received_at = _parse(number, line)
        try:
            registered_on = registration_day(received_at, self._calendar)
            tail = self._tails.get(registered_on)
            if tail is None:
                tail = self._tails[registered_on] = self._tail(registered_on)
        except (OutsideCalendarError, OverflowError) as error:
            raise CommandError(
                _("line %(number)d: '%(line)s' is outside of the calendar; take one of %(first)d-%(last)d")
                % {"number": number, "line": line, "first": FIRST_YEAR, "last": LAST_YEAR}
            ) from error
        return f'{{"received": "{line}", {tail}'

    def _tail(self, registered_on: date) -> str:
        starts = [("completeness", registered_on), ("service", registered_on)]
        row: dict[str, Any] = {"registered_on": registered_on.isoformat()}
        days: dict[str, Any] = {}
        table = _table(registered_on)
        service_end = last_day("service", registered_on, self._calendar, self._track, table=table)
        if self._track is not Track.REISSUE:
            starts.append(("hearing_notice", service_end))
        for code, start in starts:
            rule = rule_for(code, self._track, table)
            row[code] = compute(rule, start, self._calendar).isoformat()
            if self._with_days:
                days[code] = [
                    {"date": day.date.isoformat(), "counted": day.counted, "why": why_text(day)}
                    for day in explain(rule, start, self._calendar)
                ]
        row.setdefault("hearing_notice", None)
        if self._with_days:
            row["days"] = days
        return json.dumps(row, ensure_ascii=False)[1:]


def _calendar() -> WorkingCalendar:
    """The table's calendar; where the database is not migrated yet, the acts that came with the portal."""
    try:
        return current_calendar()
    except (ProgrammingError, OperationalError):
        return shipped_calendar()


def _table(registered_on: date) -> tuple[TermRule, ...]:
    """The rows in force on the day of registration; without a filled database, those that came with the portal."""
    try:
        return rules_on(registered_on) or TERM_RULES
    except (ProgrammingError, OperationalError):
        return TERM_RULES


def _lines() -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = raw.decode("utf-8-sig").strip()
        except UnicodeDecodeError as error:
            raise CommandError(
                _("line %(number)d is not UTF-8 text; save the list as UTF-8, run again") % {"number": number}
            ) from error
        if line:
            yield number, line


def _parse(number: int, line: str, *, read: Callable[[str], datetime] = datetime.fromisoformat) -> datetime:
    try:
        if not _SHAPE(line):
            raise ValueError(line)  # noqa: TRY301 -- both ways of being wrong get the same answer
        moment = read(line)
    except ValueError as error:
        raise CommandError(
            _("line %(number)d: '%(line)s' is not a receipt time; write it as 2026-03-06T12:00:00+05:00")
            % {"number": number, "line": line[:60]}
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ALMATY)
