"""The public search over a million licences against its own SQL run bare (quality.md, Speed).

The database is made for the run and dropped after it; PORTAL_BENCH_REGISTER says how many licences.
"""

import os
from statistics import median
from typing import Any

from django.db import connection, transaction

from benchmarks import _register
from benchmarks._scratch import bare, database, milliseconds, p95
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
    with database(DATABASE):
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
    ours = p95(_times(questions))
    sql = p95(_times(questions, plain=True))
    return {
        "name": name,
        "ours": f"{ours:.1f} ms p95",
        "yardstick": f"{sql:.1f} ms, its SQL bare",
        "ratio": round(ours / sql, 2),
        "goal": f"≤ {LIMIT_MS:g} ms p95",
        "ok": ours <= LIMIT_MS,
    }


def _times(questions: Any, *, plain: bool = False) -> list[float]:
    """Milliseconds of each question, each asked several times after a first one that warms it."""
    times = []
    for text in questions:

        def work(text: str = text) -> Any:
            return search(Query(text), almaty(legal_now()))

        times += milliseconds(bare(work) if plain else work, TURNS)
    return times
