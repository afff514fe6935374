"""`make bench`: the rows of every benchmark as a table and JSON; exit status 1 where one misses its goal.

    python -m benchmarks [name …] [--quick]

A row is {name, ours, yardstick, ratio, goal, ok}. Each benchmark takes the median of at least three runs of both sides in
one process, so that a busy machine is unjust to both alike. It works on the tests' servers and a folder of its own:
the demo's data and keys are not touched.
"""

import argparse
import importlib
import json
import logging
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
COLUMNS = ("name", "ours", "yardstick", "ratio", "goal", "ok")
FEW_LICENCES = "30"
FEW_IN_REGISTER = "100000"


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(
        module.name for module in pkgutil.iter_modules([str(HERE)]) if not module.name.startswith("_")
    )


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows in columns as wide as their widest word."""
    lines = [COLUMNS, *(tuple(_word(row[column]) for column in COLUMNS) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    shown = [
        "  ".join(word.ljust(width) for word, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([shown[0], "-" * len(shown[0]), *shown[1:]])


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "ok" if value else "MISSED"
    return str(value)


def collect(chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of the chosen benchmarks, checked for their shape."""
    rows: list[dict[str, Any]] = []
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        for row in importlib.import_module(f"benchmarks.{name}").rows():
            if set(row) != set(COLUMNS):
                raise ValueError(f"{name} gives a row with {sorted(row)} instead of {sorted(COLUMNS)}.")
            rows.append(row)
    return rows


def prepare() -> None:
    """Settings of the tests' servers and a folder of their own."""
    from licensing_portal import embedded

    if "DATABASE_URL" not in os.environ:
        servers = embedded.for_settings("tests")
        os.environ["DATABASE_URL"] = servers.database_url
        os.environ.setdefault("REDIS_URL", servers.redis_url)
    os.environ.setdefault("PORTAL_DEMO", "1")
    os.environ.setdefault("PORTAL_VAR_DIR", str(HERE.parent / "var" / "bench"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "licensing_portal.settings")
    import django

    django.setup()
    logging.disable(logging.INFO)  # a line for each task that is enqueued would hide the table


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="make bench", description="The benchmarks, as a table and JSON.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"one or more of: {', '.join(names())}")
    parser.add_argument("--quick", action="store_true", help="fewer licences and terms")
    said = parser.parse_args(arguments)
    if unknown := sorted(set(said.names) - set(names())):
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(names())}")
    if said.quick:
        os.environ["PORTAL_BENCH_LICENCES"] = FEW_LICENCES
        os.environ["PORTAL_BENCH_REGISTER"] = FEW_IN_REGISTER
        os.environ["PORTAL_BENCH_TERMS"] = FEW_IN_REGISTER
    prepare()
    rows = collect(said.names or names())
    RESULTS.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(rows))
    missed = [row["name"] for row in rows if not row["ok"]]
    if missed:
        print(f"Missed its goal: {'; '.join(missed)}. On a busy machine run it again.", file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
