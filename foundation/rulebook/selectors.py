"""Reading the rulebook: one small query a call, the rows themselves held per process by revision."""

from datetime import date
from typing import Any
from uuid import UUID

from foundation.rulebook.models import TABLES, Revision
from foundation.rulebook.rules.book import Book, NoRule, Pack
from foundation.rulebook.rules.rows import Rows

_HELD = 4
_books: dict[UUID, Book] = {}


def book() -> Book:
    """All published rows of the current revision; hold it through a loop instead of asking again."""
    token = Revision.objects.values_list("token", flat=True).first()
    if token is None:
        raise NoRule("The rulebook is empty; load it with: python manage.py load_rulebook")
    if token not in _books:
        while len(_books) >= _HELD:
            _books.pop(next(iter(_books)), None)
        _books[token] = Book(revision=str(token), rows=_published())
    return _books[token]


def pack(on: date) -> Pack:
    """The rules for what was registered on that day (forms.md, Versions)."""
    return book().pack(on)


def _published() -> Rows:
    rows: dict[str, Any] = {
        name: tuple(row.as_row() for row in table.objects.filter(published_at__isnull=False))
        for name, table in TABLES.items()
    }
    return Rows(**rows)
