"""The numbers of the dashboard as tables: one object for the page and for the CSV, so both say the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.cases.models import Case
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import term_name
from desks.supervisor.exports import KINDS, Row
from desks.supervisor.selectors.board import Board, Month, Stage
from desks.supervisor.selectors.lists import NOBODY
from licenses.proceedings.statuses import Kind

BUCKETS: dict[str, Promise] = {
    "overdue": gettext_lazy("Overdue"),
    "today": gettext_lazy("Due today"),
    "tomorrow": gettext_lazy("Tomorrow"),
    "week": gettext_lazy("Rest of the week"),
    "later": gettext_lazy("Later"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number, the list behind it, and a key by which a later reading of the page finds it."""

    key: str
    text: str
    url: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of numbers; `head` names the first column too."""

    code: str
    title: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    foot: Line | None = None

    @property
    def files(self) -> list[tuple[str, str]]:
        """The kinds of file and their addresses."""
        return [(kind, reverse("desks:dashboard_file", args=[self.code, kind])) for kind in KINDS]

    def rows(self) -> Iterable[Row]:
        """As the files have them."""
        yield list(self.head)
        for line in (*self.lines, *([self.foot] if self.foot else [])):
            yield [line.label, *(int(cell.text) if cell.text.isdigit() else cell.text for cell in line.cells)]


def terms_url(**asked: str) -> str:
    """The list of terms behind a number."""
    return _list("desks:dashboard_terms", asked)


def cases_url(**asked: str) -> str:
    """The list of cases behind a number."""
    return _list("desks:dashboard_cases", asked)


def _list(page: str, asked: dict[str, str]) -> str:
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse(page)}?{said}" if said else reverse(page)


def form_name(form: str) -> str:
    """What a case asks for, as one word of the dashboards."""
    names = {
        "1": _("Form 1: sub-kind I"),
        "2": _("Form 2: sub-kind II"),
        "9": _("Form 9: re-issue, sub-kind I"),
        "10": _("Form 10: re-issue, sub-kind II"),
        Case.Kind.COMPLAINT: _("Complaint"),
        Case.Kind.SUIT: _("Suit"),
    }
    if form in Kind.values:
        return str(Kind(form).label).capitalize()
    return names.get(form, form)


def totals(board: Board) -> tuple[Cell, ...]:
    """The big numbers on top."""
    return tuple(_cell("all", bucket, board.counts.total(bucket=bucket)) for bucket in BUCKETS)


def _cell(row: str, bucket: str, count: int, **asked: str) -> Cell:
    tone = "bad" if bucket == "overdue" and count else "warn" if bucket == "today" and count else ""
    url = terms_url(due="" if bucket == "total" else bucket, **asked) if count else ""
    return Cell(f"{row}.{bucket}", str(count), url, tone)


def by_officer(board: Board) -> Table:
    lines = [
        _line(board, "executor_id", pk, name or _("nobody assigned"), executor=str(pk) if pk else NOBODY)
        for pk, name in board.officers.items()
    ]
    return _counts(board, "officers", _("By officer"), _("Officer"), lines)


def by_stage(board: Board) -> Table:
    codes = sorted(str(code) for code in board.counts.values("code"))
    lines = [_line(board, "code", code, term_name(code), code=code) for code in codes]
    return _counts(board, "stages", _("By stage"), _("Term"), lines)


def by_form(board: Board) -> Table:
    forms = sorted((str(form) for form in board.counts.values("form")), key=lambda form: (len(form), form))
    lines = [_line(board, "form", form, form_name(form), form=form) for form in forms]
    return _counts(board, "forms", _("By form"), _("Form"), lines)


def _line(board: Board, field: str, value: object, label: str, **asked: str) -> Line:
    row = f"{field}.{value}"
    cells = [
        _cell(row, bucket, board.counts.total(**{field: value, "bucket": bucket}), **asked)
        for bucket in BUCKETS
    ]
    return Line(label, (*cells, _cell(row, "total", board.counts.total(**{field: value}), **asked)))


def _counts(board: Board, code: str, title: str, first: str, lines: list[Line]) -> Table:
    head = (first, *(str(name) for name in BUCKETS.values()), _("Total"))
    sums = [_cell(code, bucket, board.counts.total(bucket=bucket)) for bucket in BUCKETS]
    foot = Line(_("Total"), (*sums, _cell(code, "total", board.counts.total())))
    return Table(code, title, head, tuple(lines), foot)


def by_month(board: Board) -> Table:
    head = (
        _("Month"),
        _("Breaches of terms"),
        _("Inner targets missed"),
        _("Results in time"),
        _("Results late"),
        _("Share in time"),
        _("Cases registered"),
        _("Cases closed"),
    )
    return Table("months", _("By month"), head, tuple(_month(month) for month in board.months))


def _month(month: Month) -> Line:
    key, code = f"month.{month.code}", month.code
    cells = (
        _ended(f"{key}.breached", month.breached, "bad", ended=code, state=TermState.BREACHED),
        _ended(f"{key}.missed", month.missed, "", ended=code, state=TermState.MISSED),
        _ended(f"{key}.in_time", month.results_in_time, "", ended=code, state=TermState.MET, code="service"),
        _ended(
            f"{key}.late", month.results_late, "bad", ended=code, state=TermState.BREACHED, code="service"
        ),
        Cell(f"{key}.share", percent(month.share)),
        _throughput(f"{key}.registered", month.registered, registered=code),
        _throughput(f"{key}.closed", month.closed, closed=code),
    )
    return Line(f"{month.first_day:%m.%Y}", cells)


def _ended(key: str, count: int, tone: str, **asked: str) -> Cell:
    return Cell(key, str(count), terms_url(**asked) if count else "", tone if count else "")


def _throughput(key: str, count: int, **asked: str) -> Cell:
    return Cell(key, str(count), cases_url(**asked) if count else "")


def by_stage_time(board: Board) -> Table:
    head = (
        _("Stage"),
        _("Acts done"),
        _("Half of them within"),
        _("Nine of ten within"),
        _("The longest"),
    )
    return Table(
        "times", _("Time per stage, in working days"), head, tuple(_stage(stage) for stage in board.stages)
    )


def _stage(stage: Stage) -> Line:
    key = f"stage.{stage.code}"
    cells = (
        Cell(f"{key}.count", str(stage.count), terms_url(code=stage.code, done="year")),
        Cell(f"{key}.median", str(stage.median)),
        Cell(f"{key}.most", str(stage.most)),
        Cell(f"{key}.longest", str(stage.longest)),
    )
    return Line(term_name(stage.code), cells)


def percent(share: float | None) -> str:
    """One decimal with a comma; a dash where nothing ended."""
    return "—" if share is None else f"{share:.1f} %".replace(".", ",").replace(",0 %", " %")


def by_age(board: Board) -> Table:
    lines = tuple(
        Line(
            age.label,
            (Cell(f"age.{age.code}", str(age.count), cases_url(age=age.code) if age.count else ""),),
        )
        for age in board.ages
    )
    total = sum(age.count for age in board.ages)
    foot = Line(_("Total"), (Cell("age.total", str(total), cases_url() if total else ""),))
    head = (_("Working days since registration"), _("Open cases"))
    return Table("ages", _("Age of open cases"), head, lines, foot)


TABLES: dict[str, Callable[[Board], Table]] = {
    "officers": by_officer,
    "stages": by_stage,
    "forms": by_form,
    "months": by_month,
    "times": by_stage_time,
    "ages": by_age,
}
