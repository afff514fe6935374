"""The public search over a million licences against its own SQL run bare (quality.md, Speed).

The database is made for the run and dropped after it; PORTAL_BENCH_REGISTER says how many licences.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Any

from django.db import connection, transaction

from benchmarks import _register
from foundation.accounts.models import Body
from foundation.kernel.clock import almaty, legal_now
from licenses.selectors import Query, search

NAME = "register search"
DATABASE = "bench_register"
LARGE = 1_000_000
SMALL = 10_000
TURNS = 5
LIMIT_MS = 300.0
GROWTH = 1.5
COMMON = "майнинг"  # every second name holds it
RIGHT = (
    "Алтын Өзен Энерго", "Северный Рубеж Холдинг", "кумис булак технологиялары", "Aқ Tау Лаб", "импульс",
    "шанырак майнинг", "KZ", "9000", COMMON,
)  # fmt: skip
SLIPS = (
    "алтин аспан сервис", "севорный рубеж холдинг", "импулс", "екибастуз жасил", "полярний каскат майнинг строй",
)  # fmt: skip


def rows() -> list[dict[str, Any]]:
    """Questions as they should be typed, a word half the names hold, a wrong letter; how the first grew from ten thousand."""
    large = int(os.environ.get("PORTAL_BENCH_REGISTER", str(LARGE)))
    with _database():
        body = Body.objects.get_or_create(
            code="bench", defaults={"kind": Body.Kind.PROVIDER, "name_kk": "–", "name_ru": "–"}
        )[0].pk
        _filled(SMALL, body, 1)
        small = median(_times(RIGHT))
        _filled(large - SMALL, body, SMALL + 1)
        grown = median(_times(RIGHT))
        found = [
            _row(f"{NAME}, {large:,} licences", RIGHT),
            _row(f"{NAME}, a word half of {large:,} names hold", [COMMON]),
            _row(f"{NAME}, a wrong letter, {large:,} licences", SLIPS),
        ]
    ratio = grown / small
    found.append(
        {
            "name": f"{NAME}, growth from {SMALL:,}",
            "ours": f"{grown:.1f} ms",
            "yardstick": f"{small:.1f} ms",
            "ratio": round(ratio, 2),
            "goal": f"≤ {GROWTH}×",
            "ok": ratio <= GROWTH,
        }
    )
    return found


def _filled(count: int, body: str, start: int) -> None:
    with transaction.atomic():
        _register.fill(count, body=body, start=start)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE licenses_licence")


def _row(name: str, questions: Any) -> dict[str, Any]:
    ours = quantiles(_times(questions), n=20)[-1]
    bare = quantiles(_times(questions, bare=True), n=20)[-1]
    return {
        "name": name,
        "ours": f"{ours:.1f} ms p95",
        "yardstick": f"{bare:.1f} ms, its SQL bare",
        "ratio": round(ours / bare, 2),
        "goal": f"≤ {LIMIT_MS:g} ms p95",
        "ok": ours <= LIMIT_MS,
    }


def _times(questions: Any, *, bare: bool = False) -> list[float]:
    """Milliseconds of each question, each asked several times after a first one that warms it."""
    times = []
    for text in questions:
        work = _bare(text) if bare else lambda text=text: search(Query(text), almaty(legal_now()))
        work()
        for _turn in range(TURNS):
            begun = time.perf_counter()
            work()
            times.append((time.perf_counter() - begun) * 1000)
    return times


def _bare(text: str) -> Callable[[], None]:
    """The statements that the search sends, as the database's own driver runs them."""
    sent: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        search(Query(text), almaty(legal_now()))

    def work() -> None:
        with connection.connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
                if cursor.description is not None:
                    cursor.fetchall()

    return work


@contextmanager
def _database() -> Iterator[None]:
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)
