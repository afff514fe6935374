"""Names people give to files, and types told by content."""

import io

import pytest

from casework.documents.media_types import display_name, extension, media_type_of, named
from foundation.kernel.refusals import BadInput
from tests.casework.documents.incoming.samples import pdf, picture

EXE = b"MZ\x90\x00" + b"\0" * 200


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Договор аренды № 5.pdf", "Договор аренды № 5.pdf"),
        ("Қағидалар ӘҒҚҢӨҰҮҺІ.pdf", "Қағидалар ӘҒҚҢӨҰҮҺІ.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\a.pdf", "a.pdf"),
        ("....//a.pdf", "a.pdf"),
        ("акт\u202efdp.exe", "актfdp.exe"),
        ("\u200fакт\u2066\u2069\u061c.pdf", "акт.pdf"),
        ("a\x00b\r\nc\td.pdf", "ab c d.pdf"),
        ("\ufeffa\u200b\u2028b.pdf", "a b.pdf"),
        ("  ..скан..  ", "скан"),
        ("и\u0306.pdf", "й.pdf"),
        ("/", ""),
        ("a\ud800.pdf", "a.pdf"),
    ],
)
def test_shown_name(raw, shown):
    assert display_name(raw) == shown


def test_long_cyrillic_name_keeps_its_ending():
    shown = display_name("ж" * 300 + ".pdf")
    assert shown == "ж" * 251 + ".pdf"


def test_name_without_an_ending_gets_that_of_its_content():
    kind = media_type_of(io.BytesIO(pdf()), "скан")
    assert [named(name, kind) for name in ("скан", "договор от 12.05.2024", "", "A.PDF")] == [
        "скан.pdf",
        "договор от 12.05.2024.pdf",
        "file.pdf",
        "A.PDF",
    ]
    assert named("ж" * 255, kind) == "ж" * 251 + ".pdf"


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.pdf", "pdf"), ("a.b.JPG", "jpg"), ("a.2024", ""), ("a.копия", ""), ("a", ""), ("a.", "")],
)
def test_extension(name, found):
    assert extension(name) == found


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (pdf(), "a.pdf", "application/pdf"),
        (picture("JPEG"), "a.JPEG", "image/jpeg"),
        (picture("PNG"), "a.png", "image/png"),
    ],
)
def test_type_by_content(content, name, media_type):
    assert media_type_of(io.BytesIO(content), name) == media_type


@pytest.mark.parametrize(
    ("content", "name", "code", "said"),
    [
        (EXE, "договор.pdf", "FILE_TYPE", "“договор.pdf” is in fact EXE, although its name ends in .pdf."),
        (EXE, "setup.exe", "FILE_TYPE", "“setup.exe” is EXE."),
        (b"PK\x03\x04" + b"\0" * 40, "a.pdf", "FILE_TYPE", "in fact ZIP"),
        (picture("GIF"), "a.gif", "FILE_TYPE", "is GIF."),
        (picture("TIFF"), "a.tif", "FILE_TYPE", "“a.tif” is TIF."),
        (b"<svg xmlns='x'><script>alert(1)</script></svg>", "a.svg", "FILE_TYPE", "“a.svg” is SVG."),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<svg onload='x'/>", "a.png", "FILE_TYPE", "in fact SVG"),
        (b"\n<!DOCTYPE html><html>", "a.pdf", "FILE_TYPE", "in fact HTML"),
        (b"#!/bin/sh\nrm -rf /", "a.pdf", "FILE_TYPE", "in fact SH"),
        (b"just words", "a.txt", "FILE_TYPE", "of a kind the portal does not know"),
        (b"junk\n" + pdf(), "a.pdf", "FILE_TYPE", "holds a PDF with something else before it"),
        (
            pdf(),
            "a.pdf.exe",
            "FILE_NAME_MISMATCH",
            "is a PDF file by its content, but its name ends in .exe.",
        ),
        (pdf(), display_name("a\u202efdp.exe"), "FILE_NAME_MISMATCH", "ends in .exe"),
        (picture("JPEG"), "a.png", "FILE_NAME_MISMATCH", "is a JPEG file by its content"),
    ],
)
def test_foreign_content_is_named(content, name, code, said):
    with pytest.raises(BadInput) as refused:
        media_type_of(io.BytesIO(content), name)
    assert refused.value.code == code
    assert said in str(refused.value.detail)
    assert refused.value.advice
    assert refused.value.fields == {"file": [refused.value.detail]}
