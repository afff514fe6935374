"""CSV as spreadsheets of the region open it: UTF-8 with a mark, semicolons, no cell that starts a formula."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.http import StreamingHttpResponse

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """What csv.writer writes to: hands the line on."""

    def write(self, line: str) -> str:
        return line


def csv_response(name: str, at: datetime, rows: Iterable[list[str]]) -> StreamingHttpResponse:
    """Streamed line by line; the file's name bears the day."""
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{at:%Y-%m-%d}.csv"'
    return response


def _lines(rows: Iterable[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_plain(cell) for cell in row])


def _plain(cell: str) -> str:
    """Text that a spreadsheet would compute is kept as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
