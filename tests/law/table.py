"""`python -m tests.law.table` writes docs/law.md: each paragraph, the rules that name it, the tests that try them.

A rule is a public function in rules, services, permissions or beside them whose docstring names a paragraph as
`foundation/kernel/citations.py` writes it. Its test is the one `docs/architecture.md` names for it, else the files that use it.
"""

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/law.md"
# the floors' law and their acts; doors, handlers and screens only call them
WHERE = ("rules", "services", "permissions", "ways", "telling", "completeness", "fees", "selectors")
APPS = ("foundation", "casework", "licenses", "applications", "appeals")
ACTS = {
    "Rules": "Rules (order 169/НҚ)",
    "Annex": "Annexes to the Rules",
    "PL": "Law on permits and notifications",
    "DA": "Law on digital assets",
    "APPC": "Administrative procedural code",
    "PS": "Law on public services",
    "TC": "Tax code",
}
# `Rules 5, 6`, `PL 33(5)`, `Annex 3/7`, `Rules 18-1`; after a comma further numbers of the same act
_PLACE = r"\d+(?:[/-]\d+)*(?:\(\d+\))*"
_CITED = re.compile(rf"\b({'|'.join(ACTS)}) ({_PLACE}(?:, {_PLACE})*)")
TERMS = "fixtures/rulebook/terms.json"
_TESTED = re.compile(r"`([\w/]+\.py)::(\w+)`")
_HEAD = """# From a paragraph to its rule and its test

Made by `python -m tests.law.table` from the code; a test shows that no row is false and no paragraph is missing. What the main paragraphs
say, and through which act they work, stands in [architecture.md](architecture.md); rules that are tried only through an act: `grep`.
"""


def cited(text: str) -> set[tuple[str, str]]:
    """(act, paragraph) named in a docstring."""
    found = _CITED.findall(" ".join(text.split()))
    return {(act, place) for act, places in found for place in places.split(", ")}


def rules() -> Iterator[tuple[str, str, str, str]]:
    """(act, paragraph, file, name) of every public function that names a paragraph."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not set(WHERE) & {*path.parts, path.stem}:
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    for act, place in sorted(cited(ast.get_docstring(node) or "")):
                        yield act, place, str(path.relative_to(ROOT)), node.name


def lengths() -> Iterator[tuple[str, str, str, str]]:
    """(act, paragraph, file, code) of every length of a term: rows of the rulebook, which the engine counts by."""
    for row in json.loads((ROOT / TERMS).read_text(encoding="utf-8"))["rows"]:
        for act, place in sorted(cited(row["citation"]) if row.get("term") else ()):
            yield act, place, TERMS, row["term"]


def uses() -> dict[str, set[str]]:
    """Name → the test files that import it or take it from a module of ours."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            names += [node.attr] if isinstance(node, ast.Attribute) else []
            for name in names:
                found[name].add(str(path.relative_to(ROOT)))
    return found


def named() -> dict[tuple[str, str], set[str]]:
    """(file, name) of a rule → the tests that architecture.md names in its row."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in (ROOT / "docs/architecture.md").read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            continue
        pointed = _TESTED.findall(line)
        tests = {f"`{file}::{name}`" for file, name in pointed if file.startswith("tests/")}
        for file, name in pointed:
            if not file.startswith("tests/"):
                found[file, name] |= tests
    return found


def page() -> str:
    """The whole of docs/law.md."""
    used, pointed = uses(), named()
    counted = {
        "`tests/casework/deadlines/test_rules.py`",
        "`tests/foundation/rulebook/test_rulebook_rules.py::test_every_length_is_that_of_its_paragraph`",
    }
    table: dict[str, dict[str, set[tuple[str, str]]]] = {act: defaultdict(set) for act in ACTS}
    for act, place, file, name in chain(rules(), lengths()):
        table[act][place].add((file, name))
    lines = [_HEAD]
    for act, title in ACTS.items():
        lines += [f"## {title}\n", "| paragraph | rule | test |", "|---|---|---|"]
        for place in sorted(table[act], key=_order):
            for file, name in sorted(table[act][place]):
                tests = (
                    counted
                    if file == TERMS
                    else pointed.get((file, name)) or {f"`{test}`" for test in sorted(used[name])[:3]}
                )
                if tests:
                    lines.append(f"| {act} {place} | `{file}::{name}` | {', '.join(sorted(tests))} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _order(place: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", place))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
