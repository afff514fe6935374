"""What stands on a downloaded PDF: its text, and its QR code as a telephone reads it from paper."""

from pathlib import Path

import pypdfium2
import zxingcpp


def text_of(paper: Path) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def read_back(paper: Path) -> str:
    """The QR code of the rendered first page, as a telephone reads it from paper."""
    document = pypdfium2.PdfDocument(paper)
    try:
        image = document[0].render(scale=3).to_pil()
    finally:
        document.close()
    [code] = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    return str(code.text)
