"""The portal's own check: one file is one thing, whole and passive; needs neither scanner nor database."""

import io
import tempfile
import zipfile
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from casework.documents.first_look import EICAR, examine
from foundation.kernel.refusals import BadInput
from tests.casework.documents.incoming.samples import eicar_in_pdf, pdf, picture


def _zip(content: bytes, method=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.txt", content)
    return out.getvalue()


def _examined(content: bytes, name: str) -> str:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return examine(file, name)


def _refused(content: bytes, name: str) -> str:
    with pytest.raises(BadInput) as refused:
        _examined(content, name)
    assert name in str(refused.value.detail)
    assert refused.value.advice
    return refused.value.code


def _with_action(**action):
    def change(document):
        document.Root.OpenAction = Dictionary(**action)

    return change


def _form_with_code(document):
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(document, b"<xdp/>"))


def _attachment(document):
    document.attachments["a.exe"] = b"MZ"


def _buried_script(document):
    """In a page's annotation, three levels deep, inside a compressed object."""
    deed = Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.JavaScript, JS=String("x()"))]))
    document.pages[0].Annots = Array([document.make_indirect(Dictionary(Subtype=Name.Link, A=deed))])


def _film(document):
    document.pages[0].Annots = Array([Dictionary(Subtype=Name.Screen, A=Dictionary(S=Name.Rendition))])


def _link_and_words(document):
    """A web link, a way to a page, and the words themselves in a text: all harmless."""
    document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])
    link = Dictionary(S=Name.URI, URI=String("https://example.kz/"))
    document.pages[0].Annots = Array(
        [Dictionary(Subtype=Name.Link, A=link, Contents=String("how /JS and /SubmitForm work"))]
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf(), "a.pdf"),
        (pdf() + b"\r\n\0\0 ", "a.pdf"),
        (pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), "a.pdf"),
        (pdf(linearize=True), "a.pdf"),
        (pdf(_link_and_words), "a.pdf"),
        (picture("JPEG"), "a.jpg"),
        (picture("JPEG", (900, 700)), "a.jpg"),
        (picture("JPEG") + picture("JPEG") + b"SEFT\0\0", "telephone.jpg"),
        (picture("PNG"), "a.png"),
    ],
)
def test_honest_files_pass(content, name):
    assert _examined(content, name).split("/")[1] in ("pdf", "jpeg", "png")


@pytest.mark.parametrize(
    "content",
    [
        EICAR,
        EICAR + b"\r\n",
        _zip(EICAR),
        _zip(EICAR, zipfile.ZIP_LZMA),
        pdf(eicar_in_pdf),
        pdf(eicar_in_pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        pdf() + _zip(EICAR),
        picture("JPEG") + EICAR,
    ],
    ids=[
        "plain",
        "line end",
        "zip",
        "lzma",
        "pdf stream",
        "pdf object streams",
        "zip behind pdf",
        "jpeg tail",
    ],
)
def test_test_virus(content):
    assert _refused(content, "справка.pdf") == "FILE_INFECTED"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf() + _zip(b"x"), "a.pdf"),
        (pdf() + b"<script>alert(1)</script>", "a.pdf"),
        (pdf() + b"MZ\x90\0 This program cannot be run in DOS mode \n%%EOF", "a.pdf"),
        (pdf().replace(b"\n", b"\n%<html><body onload=x>\n", 1), "a.pdf"),
        (picture("JPEG") + _zip(b"x"), "a.jpg"),
        (picture("JPEG") + pdf(), "a.jpg"),
        (picture("JPEG") + b"Rar!\x1a\x07\x01\0", "a.jpg"),
        (picture("JPEG") + b"<?php system($_GET[0]);", "a.jpg"),
        (picture("PNG") + _zip(b"x"), "a.png"),
        (picture("PNG") + b"7z\xbc\xaf\x27\x1c", "a.png"),
        (picture("PNG").replace(b"IDAT", b"tEXt<script >IDAT", 1), "a.png"),
    ],
)
def test_two_files_in_one(content, name):
    assert _refused(content, name) == "FILE_MIXED"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pdf()[:200], "a.pdf"),
        (b"%PDF-1.7\n%%EOF\n", "a.pdf"),
        (picture("JPEG")[:-2], "a.jpg"),
        (b"\xff\xd8\xff\xd9", "a.jpg"),
        (picture("PNG")[:-6], "a.png"),
        (picture("PNG") + b"tail", "a.png"),
        (b"\x89PNG\r\n\x1a\n", "a.png"),
    ],
)
def test_cut_off(content, name):
    assert _refused(content, name) == "FILE_DAMAGED"


@pytest.mark.parametrize(
    "change",
    [
        _with_action(S=Name.JavaScript, JS=String("app.alert(1)")),
        _with_action(S=Name.Launch, F=String("cmd.exe")),
        _with_action(S=Name.SubmitForm, F=String("https://example.kz/")),
        _with_action(S=Name.GoToE),
        _form_with_code,
        _attachment,
        _buried_script,
        _film,
    ],
)
@pytest.mark.parametrize("mode", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_active_pdf(change, mode):
    assert _refused(pdf(change, object_stream_mode=mode), "a.pdf") == "FILE_ACTIVE"


def test_script_written_with_escapes():
    content = pdf(_with_action(S=Name("/Xavascript"), XS=String("x()")))
    content = content.replace(b"/Xavascript", b"/J#61vaScript").replace(b"/XS", b"/#4aS")
    assert _refused(content, "a.pdf") == "FILE_ACTIVE"


def test_locked_pdf():
    locked = pdf(encryption=pikepdf.Encryption(owner="one", user="two"))
    assert _refused(locked, "a.pdf") == "FILE_LOCKED"


def test_pdf_that_may_be_read_but_not_copied_passes():
    assert _examined(pdf(encryption=pikepdf.Encryption(owner="one", user="")), "a.pdf") == "application/pdf"


def test_stream_that_unpacks_to_gigabytes_is_not_unpacked():
    bomb = zlib.compress(b"\0" * (80 << 20), 9)

    def change(document):
        document.Root.Note = Stream(document, bomb, Filter=Name.FlateDecode)

    assert _examined(pdf(change), "a.pdf") == "application/pdf"  # nobody draws it; the scanner looks too


def test_object_stream_that_unpacks_to_gigabytes():
    body = zlib.compress(b"1 0 " + b" " * (80 << 20), 9)
    objects = b"%%PDF-1.5\n2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(
        body
    )
    content = objects + body + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    assert _refused(content, "a.pdf") == "FILE_DAMAGED"
