"""Exceptions of the calendar as CSV: what goes out can be read in again (calendar.md)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from casework.deadlines.calendar import ExceptionKind
from casework.deadlines.models import CalendarException
from foundation.kernel.refusals import BadInput, Text

COLUMNS = ("day", "kind", "act_ru", "act_kk")
MOST_BYTES = 200_000
MOST_LINES = 500
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what an act says of one date; `line` as a text editor counts."""

    line: int
    day: date
    kind: str
    act_ru: str
    act_kk: str


def written(rows: Iterable[CalendarException]) -> Iterator[list[str]]:
    """As a file has them: the columns that are read, then what is said of each for people."""
    yield [*COLUMNS, "entered_by", "confirmed_by", "revision"]
    for row in rows:
        yield [
            row.day.isoformat(),
            row.kind,
            row.act_ru,
            row.act_kk,
            row.entered_by.short_name if row.entered_by else "",
            row.confirmed_by.short_name if row.confirmed_by else "",
            str(row.revision_id or ""),
        ]


def read(content: bytes) -> list[Entry]:
    """Every line, or BadInput that names each wrong one; other columns than the four are passed over."""
    entries, faults = [], []
    for line, said in _lines(content):
        try:
            entries.append(_entry(line, said))
        except ValueError as fault:
            faults.append(_("Line {line}: {fault}").format(line=line, fault=fault))
    if faults:
        raise _refused(faults)
    if not entries:
        raise _refused([_("The file has no lines below its head.")])
    return entries


def _lines(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(content) > MOST_BYTES:
        raise _refused([_("The file is longer than {most} KB.").format(most=MOST_BYTES // 1000)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused([_("The file is not in UTF-8. Save it as “CSV UTF-8”.")]) from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if ";" in head else ",")
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise _refused([_("The head lacks the columns {names}.").format(names=", ".join(missing))])
    try:
        for number, said in enumerate(reader, start=1):
            if number > MOST_LINES:
                raise _refused([_("The file has more than {most} lines.").format(most=MOST_LINES)])
            yield reader.line_num, {name: (said[name] or "").strip() for name in COLUMNS}
    except csv.Error as error:
        fault = _("it cannot be read as CSV.")
        line = _("Line {line}: {fault}").format(line=reader.line_num, fault=fault)
        raise _refused([line]) from error


def _entry(line: int, said: dict[str, str]) -> Entry:
    try:
        day = date.fromisoformat(said["day"])
    except ValueError as error:
        raise ValueError(_("the date is written as 2027-05-16.")) from error
    if said["kind"] not in set(ExceptionKind):
        kinds = ", ".join(ExceptionKind)
        raise ValueError(_("the kind is one of {kinds}.").format(kinds=kinds))
    if not said["act_ru"] or not said["act_kk"]:
        raise ValueError(_("name the act in Kazakh and in Russian."))
    if max(len(said["act_ru"]), len(said["act_kk"])) > _LONGEST:
        raise ValueError(_("the name of the act is longer than {most} letters.").format(most=_LONGEST))
    return Entry(line, day, said["kind"], said["act_ru"], said["act_kk"])


def _refused(faults: Sequence[Text]) -> BadInput:
    return BadInput(_("No line of the file was entered."), fields={"file": list(faults)})
