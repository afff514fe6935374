"""The source as trees, read once."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("foundation", "casework", "licenses", "applications", "appeals", "desks")


def sources(*floors: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product with its path; migrations are made by a tool."""
    for floor in floors or FLOORS:
        for file in sorted((ROOT / floor).rglob("*.py")):
            path = file.relative_to(ROOT)
            if "migrations" not in path.parts:
                yield str(path), ast.parse(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def modules() -> dict[str, ast.Module]:
    return dict(sources())
