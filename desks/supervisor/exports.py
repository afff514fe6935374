"""Tables as files, streamed line by line: CSV as spreadsheets of the region open it, and XLSX.

XLSX is a ZIP of XML parts. The libraries for it keep the whole sheet in memory or on disk before the first byte goes out;
here rows leave as they are read, in flat memory, however many there are (ECMA-376, parts 1 and 2).
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeAlias
from xml.sax.saxutils import escape

from django.http import Http404, StreamingHttpResponse

Row: TypeAlias = Sequence[str | int]
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BATCH = 500  # rows a piece of the stream
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    # style 1: the bold first row
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
}
_SHEET_BEGINS = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0" tabSelected="1">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="1" max="40" width="22" customWidth="1"/></cols><sheetData>'
)
_SHEET_ENDS = "</sheetData></worksheet>"


class _Echo:
    """What csv.writer writes to: hands the line on."""

    def write(self, line: str) -> str:
        return line


class _Outlet(io.RawIOBase):
    """Where the ZIP is written: holds what has not been sent yet. It cannot be wound back, so sizes follow the data."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]  # zipfile hands over bytes
        self._held += piece
        return len(piece)

    def take(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        return piece


def file_response(kind: str, name: str, at: datetime, rows: Iterable[Row]) -> StreamingHttpResponse:
    """Streamed; the first row is the head, the file's name bears the day."""
    if kind not in KINDS:
        raise Http404
    content: Iterator[str] | Iterator[bytes] = _csv(rows) if kind == "csv" else _xlsx(rows)
    response = StreamingHttpResponse(content, content_type=KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{at:%Y-%m-%d}.{kind}"'
    return response


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    for row in rows:
        yield writer.writerow([_plain(str(cell)) for cell in row])


def _plain(cell: str) -> str:
    """Text that a spreadsheet would compute is kept as text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _xlsx(rows: Iterable[Row]) -> Iterator[bytes]:
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as book:
        for part, content in _PARTS.items():
            book.writestr(part, _HEAD + content)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_SHEET_BEGINS.encode())
            for number, row in enumerate(rows, start=1):
                sheet.write(_row(number, row).encode())
                if number % _BATCH == 0:
                    yield outlet.take()
            sheet.write(_SHEET_ENDS.encode())
    yield outlet.take()


def _row(number: int, row: Row) -> str:
    style = ' s="1"' if number == 1 else ""
    return f'<row r="{number}">{"".join(_cell(cell, style) for cell in row)}</row>'


def _cell(cell: str | int, style: str) -> str:
    if isinstance(cell, int):
        return f"<c{style}><v>{cell}</v></c>"
    text = escape(_NOT_IN_XML.sub("", cell))
    return f'<c t="inlineStr"{style}><is><t xml:space="preserve">{text}</t></is></c>'
