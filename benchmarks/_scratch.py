"""A database made for one benchmark and dropped after it, and the times of what is done in it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

from django.db import connection


@contextmanager
def database(name: str) -> Iterator[None]:
    """An empty database of the portal under this name."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def milliseconds(work: Callable[[], Any], turns: int) -> list[float]:
    """How long each turn took, after a first one that warms it."""
    work()
    return [once(work) for _turn in range(turns)]


def once(work: Callable[[], Any]) -> float:
    """How long it took, in milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def p95(times: list[float]) -> float:
    """Nineteen of twenty took no longer."""
    return quantiles(times, n=20)[-1]


def bare(ask: Callable[[], Any]) -> Callable[[], None]:
    """The statements that `ask` sends, as the database's own driver runs them."""
    sent = statements(ask)

    def work() -> None:
        with connection.connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
                if cursor.description is not None:
                    cursor.fetchall()

    return work


def statements(ask: Callable[[], Any]) -> list[tuple[str, Any]]:
    """What was sent, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        ask()
    return sent
