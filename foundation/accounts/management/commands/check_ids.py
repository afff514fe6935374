"""`manage.py check_ids`: IIN and BIN from standard input, JSON lines out (api.md, Commands)."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from foundation.accounts.identifiers import Checked, Kind, check
from foundation.kernel.clock import almaty, legal_now, machine_now


class Command(BaseCommand):
    """Check identification numbers."""

    help = (
        "Reads lines 'IIN 900101300007' or 'BIN 150140000002' from standard input and writes one JSON object "
        "a line: kind, value, valid, error, warnings. Empty lines are skipped; a line of another shape stops "
        "the run with its number."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=_day,
            help="YYYY-MM-DD: the day for warnings about age (default: the legal clock)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        today: date = options["today"] or _legal_day()
        for number, line in _lines():
            kind, value = _parse(number, line)
            self.stdout.write(_as_json(check(kind, value, today=today)))


def _legal_day() -> date:
    try:
        return legal_now().date()
    except DatabaseError:  # no database yet, hence no shifted clock either; the day serves warnings only
        return almaty(machine_now()).date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            _("--today: '%(text)s' is not a day; write it as YYYY-MM-DD") % {"text": text}
        ) from error


def _lines() -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(sys.stdin.buffer, start=1):
        try:
            line = raw.decode("utf-8-sig").strip(" \t\r\n")
        except UnicodeDecodeError as error:
            raise CommandError(_("line %(number)d is not UTF-8 text") % {"number": number}) from error
        if line:
            yield number, line


def _parse(number: int, line: str) -> tuple[Kind, str]:
    kind, _space, value = line.partition(" ")
    if kind.upper() not in set(Kind):
        raise CommandError(
            _("line %(number)d: '%(line)s' does not start with IIN or BIN; write e.g. 'IIN 900101300007'")
            % {"number": number, "line": line[:60]}
        )
    return Kind(kind.upper()), value


def _as_json(checked: Checked) -> str:
    answer = {
        "kind": checked.kind,
        "value": checked.value,
        "valid": checked.valid,
        "error": checked.error,
        "warnings": list(checked.warnings),
    }
    return json.dumps(answer, ensure_ascii=False)
