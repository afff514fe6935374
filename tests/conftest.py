"""For every test: how the database is emptied after a test that commits."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import settings

# the profile of `make test`: the same commit is tried with the same examples
settings.register_profile("same", derandomize=True)

# rows that migrations bring and every test counts on
KEPT_PREFIXES = ("rulebook_", "django_", "auth_permission")
KEPT_ROWS = {
    "deadlines_calendarexception": "NOT shipped",
    "deadlines_calendarrevision": "number > 1",
}


@pytest.fixture(autouse=True, scope="session")
def _database_beside_the_browser() -> Iterator[None]:
    """Playwright leaves its event loop in the thread of the tests, where Django would refuse its database to every
    later test of the process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """pytest-django's own; before it drops the database, ends the session of a thread that a browser test left behind."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="session")
def _committed_rows_are_removed_and_reference_data_stays() -> Iterator[None]:
    """Append-only tables refuse to be emptied, so their triggers sleep meanwhile."""

    def sql_flush(self: DatabaseOperations, _style: Any, tables: Sequence[str], **_kwargs: Any) -> list[str]:
        deletes = [
            f"DELETE FROM {self.quote_name(table)} WHERE {KEPT_ROWS.get(table, 'true')}"
            for table in tables
            if not table.startswith(KEPT_PREFIXES)
        ]
        return ["SET session_replication_role = replica", *deletes, "SET session_replication_role = DEFAULT"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield
