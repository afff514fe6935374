"""The rulebook as the back office changes it: the rows of a table, what waits for a second person, what a new row changes."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.utils.functional import Promise

from foundation.accounts.models import Person
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.models import TABLES, DatedRule, MonthlyIndex
from foundation.rulebook.rules import Book, Service, fee_due

# rates of Annex 3/7, in the order of the row
_RATES = ((Service.NEW, "I"), (Service.NEW, "II"), (Service.REISSUE, "I"), (Service.REISSUE, "II"))


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table with how many of its rows are in force today and how many wait."""

    name: str
    label: str
    in_force: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row; `state`: in_force, waiting, over, to_come."""

    row: DatedRule
    state: str
    value: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field as it stands in the row, and in the row that it succeeds."""

    label: str | Promise
    before: str
    now: str
    compared: bool

    @property
    def differs(self) -> bool:
        return self.compared and self.before != self.now


@dataclass(frozen=True, slots=True)
class FeeChange:
    """A fee by the index of the day before and of the first day of the new one."""

    service: str
    sub_kind: str
    before: Decimal
    then: Decimal
    formula: str


def tables(today: date) -> list[TableLine]:
    """Every table of the rulebook."""
    found = []
    for name, table in TABLES.items():
        rows = list(table.objects.values_list("valid_from", "valid_to", "published_at"))
        live = [row for row in rows if row[2] and row[0] <= today and (row[1] is None or today <= row[1])]
        waiting = sum(row[2] is None for row in rows)
        found.append(TableLine(name, str(table._meta.verbose_name_plural), len(live), waiting))  # noqa: SLF001 -- Django's own name for it
    return found


def lines(name: str, today: date, language: str) -> list[Line]:
    """The rows of a table: what waits first, then by code, the latest first."""
    rows = list(_table(name).objects.order_by("code", "-valid_from"))
    shown = [Line(row, _state(row, today), _value(row, language)) for row in rows]
    return sorted(shown, key=lambda line: line.state != "waiting")


def one(name: str, row_id: int) -> DatedRule:
    """A row; Http404 if there is none."""
    row: DatedRule | None = _table(name).objects.filter(pk=row_id).first()
    if row is None:
        raise Http404
    return row


def state_of(row: DatedRule, today: date) -> str:
    return _state(row, today)


def is_last(row: DatedRule) -> bool:
    """Only the latest published row of a code is succeeded."""
    published = type(row).objects.filter(code=row.code, published_at__isnull=False)
    return row.published_at is not None and not published.filter(valid_from__gt=row.valid_from).exists()


def predecessor(row: DatedRule) -> DatedRule | None:
    """The published row that this one follows."""
    earlier = type(row).objects.filter(
        code=row.code, published_at__isnull=False, valid_from__lt=row.valid_from
    )
    found: DatedRule | None = earlier.order_by("-valid_from").first()
    return found


def compared(row: DatedRule) -> list[Field]:
    """Its fields beside those of the row it follows."""
    before = predecessor(row)
    names = [field.name for field in fields(type(row).kind) if field.name not in ("code", "valid_to")]
    return [
        Field(
            type(row)._meta.get_field(name).verbose_name,  # type: ignore[union-attr]  # noqa: SLF001 -- a plain field
            _shown(before, name) if before else "",
            _shown(row, name),
            before is not None and name != "valid_from",
        )
        for name in names
        if _said(getattr(row, name)) or (before is not None and _said(getattr(before, name)))
    ]


def fee_changes(row: DatedRule, language: str) -> list[FeeChange]:
    """What a new index makes of each fee (TC 616); nothing for any other row."""
    if not isinstance(row, MonthlyIndex):
        return []
    rows, first = rulebook.book().rows, row.valid_from
    eve = first - timedelta(days=1)
    ended = tuple(
        replace(index, valid_to=eve) if index.valid_to is None or index.valid_to >= first else index
        for index in rows.indices
        if index.valid_from < first
    )
    then = Book("then", replace(rows, indices=(*ended, row.as_row())))  # type: ignore[arg-type]  # a MonthlyIndex
    found = []
    for service, sub_kind in _RATES:
        old = fee_due(service, sub_kind, eve, rulebook.pack(eve))
        new = fee_due(service, sub_kind, first, then.pack(first))
        found.append(FeeChange(service, sub_kind, old.amount, new.amount, new.formula_in(language)))
    return found


def people_of(row: DatedRule) -> tuple[str, str]:
    """Who entered it and who confirmed it; empty for what came with the portal."""
    known = {
        person.pk: person.short_name
        for person in Person.objects.filter(pk__in=[row.proposed_by, row.confirmed_by])
    }
    return known.get(row.proposed_by, ""), known.get(row.confirmed_by, "")  # type: ignore[arg-type]  # None finds nothing


def _table(name: str) -> type[DatedRule]:
    if name not in TABLES:
        raise Http404
    return TABLES[name]


def _state(row: DatedRule, today: date) -> str:
    if row.published_at is None:
        return "waiting"
    if row.valid_from > today:
        return "to_come"
    return "in_force" if row.valid_to is None or today <= row.valid_to else "over"


def _value(row: DatedRule, language: str) -> str:
    """What the row is about, in one line."""
    if isinstance(row, MonthlyIndex):
        return _said(row.tenge)
    text = row.text_kk if language == "kk" else row.text_ru
    return text or _said(getattr(row, "title_ru", "") or getattr(row, "name_ru", ""))


def _shown(row: DatedRule, name: str) -> str:
    """A choice by its words, everything else as it is."""
    words = getattr(row, f"get_{name}_display", None)
    return str(words()) if words else _said(getattr(row, name))


def _said(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple | dict):
        return str(value) if value else ""
    return "" if value is None else str(value)
