"""A document as PDF/A-3a bytes: the same input gives the same bytes, and nothing is fetched from anywhere.

People's text is escaped by the template engine and never compiled; the only picture a page can ask for is its own QR
code. Fonts are those of Debian packages (fonts-paratype, fonts-noto-core), embedded as subsets.
"""

import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import weasyprint
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from casework.documents import qr
from casework.documents.contexts import Context
from casework.documents.kinds import KINDS, DocumentKind
from casework.documents.wording import Language
from casework.documents.wording.labels import labels

PDF_VARIANT: Final = "pdf/a-3a"
_QR_URL: Final = "document:qr.svg"
STYLE = Path(settings.BASE_DIR) / "static" / "css" / "documents" / "document.css"
_fonts = FontConfiguration()
# Pango's objects behind the shared font configuration are not for two threads at once.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Page:
    """The HTML of a document and its QR picture; what `to_pdf` needs."""

    html: str
    qr_svg: bytes | None
    identifier: str = ""


def render(
    kind: str,
    language: Language,
    context: Context,
    *,
    qr_payload: str | None,
    document_date: date,
    equivalence: str = "",
    preview: bool = False,
    identifier: str = "",
) -> bytes:
    """One document as PDF/A; `preview` prints "жоба / проект" across it and is never signed.

    `identifier` makes the bytes of this one document its own, also where another says the same word for word.
    """
    return to_pdf(
        page(
            kind,
            language,
            context,
            qr_payload=qr_payload,
            document_date=document_date,
            equivalence=equivalence,
            preview=preview,
            identifier=identifier,
        )
    )


def page(
    kind: str,
    language: Language,
    context: Context,
    *,
    qr_payload: str | None,
    document_date: date,
    equivalence: str = "",
    preview: bool = False,
    identifier: str = "",
) -> Page:
    """The HTML before layout."""
    row = _checked(kind, context)
    values: dict[str, Any] = {
        "kind": row,
        "title": row.named(language),
        "lang": language,
        "c": context,
        "t": labels(language),
        "document_date": document_date,
        "qr": qr_payload is not None,
        "check_address": qr.check_address(),
        "equivalence": equivalence,
        "preview": preview,
        "demo": settings.DEMO,
    }
    return Page(
        render_to_string(row.template, values), qr.svg(qr_payload) if qr_payload else None, identifier
    )


def to_pdf(made: Page) -> bytes:
    """Lay out and write; WeasyPrint's own steps only."""
    with _one_at_a_time:
        document = weasyprint.HTML(string=made.html, base_url="document:", url_fetcher=Packaged(made.qr_svg))
        content: bytes = document.write_pdf(
            stylesheets=[_style()],
            font_config=_fonts,
            pdf_variant=PDF_VARIANT,
            pdf_identifier=made.identifier.encode() or None,
            uncompressed_pdf=False,
        )
    return content


def _checked(kind: str, context: Context) -> DocumentKind:
    row = KINDS[kind]
    if not isinstance(context, row.context):
        raise TypeError(f"{kind} is filled with {row.context.__name__}, not {type(context).__name__}.")
    return row


@lru_cache(maxsize=1)
def _style() -> weasyprint.CSS:
    return weasyprint.CSS(filename=STYLE, font_config=_fonts, url_fetcher=Packaged(None))


class Packaged(URLFetcher):  # type: ignore[misc]  # weasyprint has no types
    """Gives the document's own QR picture and refuses everything else, the network and the disk alike."""

    def __init__(self, qr_svg: bytes | None) -> None:
        super().__init__(allowed_protocols=["document"], allow_redirects=False)
        self._qr_svg = qr_svg

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        del headers
        if url == _QR_URL and self._qr_svg is not None:
            return URLFetcherResponse(url, self._qr_svg, {"Content-Type": "image/svg+xml"})
        raise FatalURLFetchingError(f"A document may not fetch {url}.")
