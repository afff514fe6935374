"""Column charts drawn by the server: plain numbers for the template, no style, no script."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from desks.supervisor.selectors.board import Board

WIDTH, TOP, BOTTOM = 360, 16, 132
HEIGHT = BOTTOM + 18
GAP = 0.3  # of a column's room


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its label below and its number above."""

    label: str
    text: str
    middle: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`tone` names the colour in dashboard.css; `told` is what the picture says in words."""

    code: str
    title: str
    told: str
    tone: str
    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    ground: int = BOTTOM


@dataclass(frozen=True, slots=True)
class Value:
    """What one column shows; None leaves its place empty."""

    label: str
    text: str
    number: float | None


def columns(
    code: str, title: str, told: str, values: Sequence[Value], *, tone: str, most: float | None = None
) -> Chart:
    """Columns from zero up to `most`, or to the highest value."""
    highest = most or max((value.number or 0 for value in values), default=0) or 1
    room = WIDTH / max(len(values), 1)
    return Chart(code, title, told, tone, tuple(_column(i, v, room, highest) for i, v in enumerate(values)))


def _column(index: int, value: Value, room: float, highest: float) -> Column:
    height = round((BOTTOM - TOP) * (value.number or 0) / highest, 1)
    return Column(
        label=value.label,
        text=value.text,
        middle=round(room * (index + 0.5), 1),
        x=round(room * (index + GAP / 2), 1),
        y=BOTTOM - height,
        width=round(room * (1 - GAP), 1),
        height=height,
    )


def of_months(found: Board) -> list[Chart]:
    """What the table of months says, as pictures."""
    months = found.months
    names = [f"{month.first_day:%m.%y}" for month in months]
    breached = [month.breached for month in months]
    registered, closed = [month.registered for month in months], [month.closed for month in months]
    shares = [
        Value(name, "" if month.share is None else f"{month.share:.0f}", month.share)
        for name, month in zip(names, months, strict=True)
    ]
    year = _("{count} in twelve months.")
    results = _("{good} of {all} results in twelve months.").format(
        good=sum(month.results_in_time for month in months), all=sum(month.results for month in months)
    )
    return [
        columns("breaches", _("Breaches of terms by month"), year.format(count=sum(breached)), _values(names, breached), tone="bad"),
        columns("shares", _("Results in time, percent"), results, shares, tone="good", most=100),
        columns("registered", _("Cases registered by month"), year.format(count=sum(registered)), _values(names, registered), tone="plain"),
        columns("closed", _("Cases closed by month"), year.format(count=sum(closed)), _values(names, closed), tone="plain"),
    ]  # fmt: skip


def of_ages(found: Board) -> Chart:
    """Open cases by age."""
    counts = [age.count for age in found.ages]
    title, told = _("Open cases by working days since registration"), _("{count} open cases.")
    values = _values([age.label for age in found.ages], counts)
    return columns("ages", title, told.format(count=sum(counts)), values, tone="plain")


def _values(names: Sequence[str], counts: Sequence[int]) -> list[Value]:
    return [Value(name, str(count), count) for name, count in zip(names, counts, strict=True)]
