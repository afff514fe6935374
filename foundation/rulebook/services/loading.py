"""Files into rows, idempotently: what is there stays, what is new succeeds what was."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction

from foundation.journal import services as journal
from foundation.rulebook import fixtures
from foundation.rulebook.models import TABLES, DatedRule, Revision
from foundation.rulebook.rules.rows import Row
from foundation.rulebook.services.revision import bump


class Conflict(ValueError):  # noqa: N818 -- names what happened
    """A file says otherwise than a published row of the same code and first day."""


@dataclass(slots=True)
class Loaded:
    """What a load did."""

    created: int = 0
    ended: int = 0
    unchanged: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.created or self.ended)


def load(path: Path = fixtures.DIRECTORY, *, at: datetime) -> Loaded:
    """Publish what the files hold and the tables lack; all or nothing.

    Raises `fixtures.BadRulebook` for an unreadable file and `Conflict` where a published row would have to be
    edited: the file must then bring a successor with a later `valid_from`.
    """
    rows = fixtures.read(path)
    done = Loaded()
    with transaction.atomic():
        first = not Revision.objects.exists()
        for name, table in TABLES.items():
            _load_table(table, getattr(rows, name), at, done)
        if done.changed:
            number = bump()
            if not first:
                journal.record(
                    kind="rulebook.loaded",
                    stream="rulebook",
                    at=at,
                    payload={"revision": number, **asdict(done)},
                )
    return done


def load_if_empty(*, at: datetime) -> Loaded:
    """For a fresh database, or one that got a new kind of row: migrating it brings the law too."""
    there = connection.introspection.table_names()
    wanted = {"rulebook_revision", *(f"rulebook_{table.kind.__name__.lower()}" for table in TABLES.values())}
    if not wanted <= set(there):
        return Loaded()
    if Revision.objects.exists() and all(table.objects.exists() for table in TABLES.values()):
        return Loaded()
    return load(at=at)


def _load_table(table: type[DatedRule], rows: tuple[Row, ...], at: datetime, done: Loaded) -> None:
    published = {(row.code, row.valid_from): row for row in table.objects.filter(published_at__isnull=False)}
    new = []
    for row in sorted(rows, key=lambda item: item.valid_from):
        there = published.get((row.code, row.valid_from))
        if there is None:
            done.ended += _end_predecessor(table, row)
            new.append(_instance(table, row, at))
        else:
            _compare(there, row, done)
    table.objects.bulk_create(new)
    done.created += len(new)


def _end_predecessor(table: type[DatedRule], row: Row) -> int:
    return table.objects.filter(
        code=row.code, published_at__isnull=False, valid_to__isnull=True, valid_from__lt=row.valid_from
    ).update(valid_to=row.valid_from - timedelta(days=1))


def _instance(table: type[DatedRule], row: Row, at: datetime) -> DatedRule:
    values = {item.name: getattr(row, item.name) for item in fields(row)}
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return table(**plain, published_at=at)


def _compare(there: DatedRule, row: Row, done: Loaded) -> None:
    held = there.as_row()
    changed = [
        item.name
        for item in fields(row)
        if item.name != "valid_to" and getattr(held, item.name) != getattr(row, item.name)
    ]
    if changed:
        raise Conflict(
            f"{type(there).__name__} {row.code} of {row.valid_from} is published with another "
            f"{', '.join(changed)}; a published rule is succeeded by one with a later valid_from, not edited"
        )
    if row.valid_to is not None and held.valid_to is None:
        there.valid_to = row.valid_to
        there.save(update_fields=["valid_to"])
        done.ended += 1
    else:
        done.unchanged += 1
