"""Every document as PDF/A: structure, fonts, letters, the QR read back, and hostile text (quality.md)."""

import dataclasses
import io
import re
import socket

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from weasyprint.urls import FatalURLFetchingError

from casework.documents import qr, render, sealing
from casework.documents.contexts import Reason
from casework.documents.kinds import KINDS
from casework.documents.wording import LANGUAGES
from tests.casework.documents.outgoing import samples
from tests.casework.documents.outgoing.conftest import composed

KAZAKH = "ӘҒҚҢӨҰҮҺІәғқңөұүһі"
HOSTILE = (
    "{{ settings.SECRET_KEY }} {% load static %} <img src=http://127.0.0.1:1/a.png> "
    "<link rel=attachment href=file:///etc/passwd> <script>alert(1)</script> </td></table>"
)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def images_of(content: bytes) -> list:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=200 / 72).to_pil() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_rendered_with_its_title_and_letters(kind, language):
    content = render.render(
        kind, language, samples.every(language)[kind], qr_payload=None, document_date=samples.DAY
    )
    found = one_line(text_of(content))
    title = KINDS[kind].named(language)
    assert title.split()[0] in found
    assert "�" not in found
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == title
        assert str(pdf.Root.Lang) == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sealed_licence_is_pdf_a_3a(licence_pdfs, language):
    sealed = sealing.seal(licence_pdfs[language].content, at=samples.at(6, 16))
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        root = pdf.Root
        assert root.OutputIntents[0].S == "/GTS_PDFA1"
        assert root.OutputIntents[0].DestOutputProfile.N == 3
        with pdf.open_metadata() as xmp:
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")
        assert str(root.Lang) == language
        assert bool(root.MarkInfo.Marked)
        assert root.StructTreeRoot.Type == "/StructTreeRoot"
        assert "/JavaScript" not in root.get("/Names", {})
        assert "/OpenAction" not in root
        assert "/AA" not in root
        fonts = _fonts(pdf)
        assert {"PT-Serif", "PT-Sans"} <= {
            re.sub(r"-(Bold|Italic)", "", str(font.BaseFont)[8:]) for font in fonts
        }
        for font in fonts:
            descendant = font.DescendantFonts[0]
            assert any(key in descendant.FontDescriptor for key in ("/FontFile2", "/FontFile3"))
            assert "/ToUnicode" in font
        assert "/JS" not in {key for one in pdf.objects if isinstance(one, pikepdf.Dictionary) for key in one}


def _fonts(pdf):
    return [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary)
        and one.get("/Type") == "/Font"
        and one.get("/Subtype") == "/Type0"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kazakh_letter_is_read_back(language):
    context = dataclasses.replace(samples.licence(language), place_of_issue=KAZAKH)
    content = render.render("licence_form_4", language, context, qr_payload=None, document_date=samples.DAY)
    assert KAZAKH in text_of(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_qr_is_read_back_from_the_page(licence_pdfs, language):
    made = licence_pdfs[language]
    (page,) = images_of(made.content)
    (code,) = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormat.QRCode)
    claim = qr.read_payload(code.text)
    assert (claim.qr_id, claim.kind, claim.number, claim.edition, claim.document_date) == (
        made.qr_id, "licence_form_4", samples.NUMBER, 1, samples.DAY,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_bears_the_check_address_and_the_sentence_of_its_date(licence_pdfs, language):
    found = one_line(text_of(licence_pdfs[language].content))
    assert qr.check_address() in found
    assert samples.EQUIVALENCE[language] in found


def test_the_same_input_gives_the_same_bytes():
    def made():
        return render.render(
            "licence_form_4", "kk", samples.licence("kk"), qr_payload="x", document_date=samples.DAY
        )

    assert made() == made()


def test_hostile_text_is_printed_as_text_and_fetches_nothing(monkeypatch):
    asked = []
    fetch = render.Packaged.fetch

    def watched(self, url, headers=None):
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(render.Packaged, "fetch", watched)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("went to the network"))
    letter = dataclasses.replace(
        samples.letter("ru"), opening=HOSTILE, reasons=(Reason(title=HOSTILE, facts=HOSTILE),), appeal=HOSTILE
    )
    content = render.render(
        "refusal_form_8", "ru", letter, qr_payload="https://x/check/?d=1.2", document_date=samples.DAY
    )
    assert asked == ["document:qr.svg"]
    found = one_line(text_of(content))
    assert found.count("{{ settings.SECRET_KEY }} {% load static %} <img src=http://127.0.0.1:1/a.png>") == 4
    assert found.count("<link rel=attachment href=file:///etc/passwd>") == 4
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.attachments) == 0


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/a", "file:///etc/passwd", "data:text/plain,x", "document:other"]
)
def test_the_fetcher_refuses_everything_but_the_qr(url):
    with pytest.raises(FatalURLFetchingError):
        render.Packaged(b"<svg/>").fetch(url)


def test_a_draft_bears_its_mark_and_no_qr():
    from casework.documents.services import outgoing

    content = outgoing.draft("licence_form_4", "kk", samples.licence("kk"), document_date=samples.DAY)
    assert "ЖОБА" in text_of(content)
    assert zxingcpp.read_barcodes(images_of(content)[0], formats=zxingcpp.BarcodeFormat.QRCode) == []


def test_the_wrong_context_is_refused():
    with pytest.raises(TypeError, match="LicenceContext"):
        render.render("licence_form_4", "kk", samples.annex("kk"), qr_payload=None, document_date=samples.DAY)


def test_no_iin_in_the_code():
    made = composed("licence_form_4", "ru")
    assert "190640012349" not in qr.signed_payload(
        qr_id=made.qr_id, kind=made.kind, number=made.number, edition=1, document_date=samples.DAY
    )
