"""A journal with two streams, handlers that tests arrange, and hands that get past the triggers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, transaction

from foundation.journal import services
from foundation.journal.models import Fact
from foundation.kernel.clock import ALMATY

AT = datetime(2026, 11, 2, 10, 0, tzinfo=ALMATY)


def write(kind: str = "thing.happened", stream: str = "case:one", **payload: object) -> Fact:
    with transaction.atomic():
        return services.record(kind=kind, stream=stream, at=AT, payload=dict(payload))


@contextmanager
def triggers_asleep() -> Iterator[None]:
    """What somebody with the database's own password can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def subscribed(monkeypatch) -> Iterator[Callable[[str, str, Callable[[Fact], None]], None]]:
    """`subscribed(kind, name, handler)`: for this test only."""
    import foundation.journal.tasks as home

    kept = {kind: list(handlers) for kind, handlers in services._subscriptions.items()}

    def subscribe(kind: str, name: str, handler: Callable[[Fact], None]) -> None:
        monkeypatch.setattr(home, name, handler, raising=False)
        services.subscribe(kind, f"foundation.journal.tasks.{name}")

    yield subscribe
    services._subscriptions.clear()
    services._subscriptions.update(kept)
