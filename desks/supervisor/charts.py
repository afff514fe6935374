"""Column charts drawn by the server: plain numbers for the template, no style, no script."""

from collections.abc import Sequence
from dataclasses import dataclass

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
