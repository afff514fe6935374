"""Demo evidence: small real PDFs with a title, made by the renderer of the portal's own documents."""

from functools import lru_cache
from html import escape

import weasyprint


@lru_cache(maxsize=64)
def evidence_pdf(code: str, title: str) -> bytes:
    """A one-page PDF that says what it stands for."""
    html = (
        f"<html lang=ru><title>{escape(title)}</title><body style='font-family:sans-serif'>"
        f"<h1>{escape(title)}</h1><p>Демонстрационный документ, приложение 11, {escape(code)}.</p></body></html>"
    )
    content: bytes = weasyprint.HTML(string=html).write_pdf()
    return content
