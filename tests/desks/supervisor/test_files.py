"""The lists and tables as XLSX and CSV: streamed, the same numbers as the page, nothing a spreadsheet would compute."""

import io
import zipfile
from itertools import islice
from xml.etree import ElementTree as ET

import pytest

from desks.supervisor.exports import file_response
from tests.desks.supervisor.conftest import AT, add_term, half_past_six
from tests.desks.supervisor.test_numbers import shown

pytestmark = pytest.mark.django_db
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(content: bytes) -> list[list[str | int]]:
    """The cells of an XLSX as a reader takes them; every part is well formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        parts = {name: ET.fromstring(book.read(name)) for name in book.namelist()}  # noqa: S314 -- our own file
    rows = []
    for row in parts["xl/worksheets/sheet1.xml"].iter(f"{_MAIN}row"):
        cells: list[str | int] = []
        for cell in row:
            if cell.get("t") == "inlineStr":
                cells.append("".join(cell.itertext()))
            else:
                cells.append(int(cell[0].text))
        rows.append(cells)
    return rows


def test_the_workbook_says_what_the_page_says(filled, people, open_page):
    numbers = shown(open_page("/admin/dashboard/").content.decode())
    answer = open_page("/admin/dashboard/officers.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="deadlines-officers-2026-03-11.xlsx"'
    rows = sheet(answer.getvalue())
    assert rows[0] == ["Officer", "Overdue", "Due today", "Tomorrow", "Rest of the week", "Later", "Total"]
    buckets = ("overdue", "today", "tomorrow", "week", "later", "total")
    key = f"executor_id.{people['executor'].pk}"
    assert [people["executor"].short_name, *(int(numbers[f"{key}.{name}"]) for name in buckets)] in rows
    assert rows[-1] == ["Total", *(int(numbers[f"officers.{name}"]) for name in buckets)]
    overdue = sheet(open_page("/admin/dashboard/terms.xlsx?due=overdue").getvalue())
    assert len(overdue) == 1 + int(numbers["all.overdue"])
    cases = sheet(open_page("/admin/dashboard/cases.xlsx?registered=2026-02").getvalue())
    assert len(cases) == 1 + int(numbers["month.2026-02.registered"]) > 20
    text = open_page("/admin/dashboard/cases.csv?registered=2026-02").getvalue().decode("utf-8-sig")
    assert [";".join(map(str, row)) for row in cases] == text.splitlines()


def test_text_of_people_stays_text(make_case, people, open_page):
    people["executor"].surname = '=1+1<&>"\x07'
    people["executor"].save(update_fields=["surname"])
    add_term(make_case(executor=people["executor"]), "service", half_past_six("2026-03-20"))
    (_head, line) = sheet(open_page("/admin/dashboard/terms.xlsx").getvalue())
    assert line[3] == '=1+1<&>" A.'


def test_rows_leave_as_they_are_read():
    """The first bytes come before the last row is asked for, and what is held stays small."""
    asked = 0

    def rows():
        nonlocal asked
        for number in range(200_000):
            asked = number
            yield [number, f"строка {number}"]

    pieces = iter(file_response("xlsx", "x", AT, rows()).streaming_content)
    first = list(islice(pieces, 3))
    assert sum(map(len, first)) > 0
    assert asked < 2_000
    assert max(len(piece) for piece in islice(pieces, 100)) < 2**20


def test_no_other_kind(open_page):
    for url in ("officers.pdf", "terms.ods", "cases.html", "nothing.csv"):
        assert open_page(f"/admin/dashboard/{url}").status_code == 404
