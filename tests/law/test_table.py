"""docs/law.md says what the code says."""

import re

import pytest

from tests.law import table

ROW = re.compile(r"^\| (\w+) (\S+) \| `([^`]+)::(\w+)` \| (.+) \|$", re.MULTILINE)
STALE = "docs/law.md is out of date; run: python -m tests.law.table"


def rows(text: str) -> list[tuple[str, str, str, str]]:
    return [(act, place, file, name) for act, place, file, name, _tests in ROW.findall(text)]


def test_no_row_of_the_page_is_false():
    page = table.PAGE.read_text(encoding="utf-8")
    said = rows(page)
    assert len(said) > 100
    assert set(said) <= {*table.rules(), *table.lengths()}, STALE
    tests = {file for *_row, named in ROW.findall(page) for file in re.findall(r"`(tests/[\w/]+\.py)", named)}
    assert [file for file in sorted(tests) if not (table.ROOT / file).is_file()] == [], STALE


def test_no_paragraph_is_missing_on_the_page():
    on_page = {row[:2] for row in rows(table.PAGE.read_text(encoding="utf-8"))}
    assert {row[:2] for row in rows(table.page())} - on_page == set(), STALE


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Rules 5, 6: at 09:00", {("Rules", "5"), ("Rules", "6")}),
        ("PL 33(5), 34.", {("PL", "33(5)"), ("PL", "34")}),
        ("by Annex 3/7 and Rules 18-1", {("Annex", "3/7"), ("Rules", "18-1")}),
        ("nothing of the law", set()),
    ],
)
def test_paragraphs_in_a_docstring(said, found):
    assert table.cited(said) == found


def test_every_paragraph_of_the_rules_that_binds_the_portal_has_a_tested_rule():
    """Rules 4-10 a new licence, 11-15 a re-issue, 17 documents: each with a rule that some test tries."""
    tested = {place for act, place, *_rule in rows(table.PAGE.read_text(encoding="utf-8")) if act == "Rules"}
    assert {str(number) for number in (*range(4, 12), 14, 15, 17)} <= tested
