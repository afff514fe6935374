"""A licence in both languages, made and sealed, against the bare tools on the same HTML (quality.md, Speed)."""

import io
import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

import weasyprint
from django.core.management import call_command
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from weasyprint.text.fonts import FontConfiguration

from casework.documents import qr, render, seal_keys, sealing
from casework.documents.contexts import Addressee, Authority, LicenceContext, Signatory
from casework.documents.wording import LANGUAGES, Language

NAME = "signed licence, both languages"
GOAL = 1.3
RUNS = 15
_DAY = date(2026, 3, 6)
_AT = datetime(2026, 3, 6, 10, tzinfo=UTC)


def rows() -> list[dict[str, Any]]:
    """Ours / bare, and how the memory grew over a thousand licences (PORTAL_BENCH_LICENCES for fewer)."""
    _keys()
    pages = {language: _page(language) for language in LANGUAGES}
    ours, bare = _ours, _bare(pages)
    ours()
    bare()
    ours_ms, bare_ms = _milliseconds(ours, bare)
    ratio = ours_ms / bare_ms
    return [
        {
            "name": NAME,
            "ours": f"{ours_ms:.0f} ms",
            "yardstick": f"{bare_ms:.0f} ms",
            "ratio": round(ratio, 2),
            "goal": f"≤ {GOAL}",
            "ok": ratio <= GOAL,
        },
        _memory(int(os.environ.get("PORTAL_BENCH_LICENCES", "1000"))),
    ]


def _keys() -> None:
    if not seal_keys.key_files():
        call_command("rotate_keys", "--only", "seal", "--only", "qr", stdout=io.StringIO())
    sealing.current_signer()


def _context(language: Language) -> LicenceContext:
    kk = language == "kk"
    place = "Павлодар облысы, Екібастұз қаласы" if kk else "Павлодарская область, город Экибастуз"
    authority = Authority(name_kk="Көрсетілетін қызметті беруші", name_ru="Услугодатель")
    return LicenceContext(
        authority=authority,
        issued_on=_DAY,
        number="KZ47DML00000012",
        holder=Addressee("«Әлия Қуат Өндіріс» ЖШС", place, "190640012349", is_entity=True),
        activity="Цифрлық майнинг" if kk else "Цифровой майнинг",
        special_conditions=(f"1. {place}", f"2. {place}"),
        note="Иеліктен шығарылмайтын, 1-сынып" if kk else "Неотчуждаемая, класс 1",
        provider=authority.name_kk if kk else authority.name_ru,
        head=Signatory("Төраға" if kk else "Председатель", "Ұлықбекұлы Һәкім"),
        first_issued_on=_DAY,
        expires_on=date(2029, 3, 6),
        place_of_issue="Астана",
    )


def _page(language: Language) -> render.Page:
    payload = qr.signed_payload(
        qr_id=qr.new_qr_id(), kind="licence_form_4", number="KZ47DML00000012", edition=1, document_date=_DAY
    )
    return render.page(
        "licence_form_4",
        language,
        _context(language),
        qr_payload=payload,
        document_date=_DAY,
        equivalence=".",
    )


def _ours() -> None:
    """What the portal does: context to HTML, QR signed and drawn, PDF/A, seal."""
    for language in LANGUAGES:
        sealing.seal(render.to_pdf(_page(language)), at=_AT)


def _bare(pages: dict[Language, render.Page]) -> Callable[[], None]:
    """The same HTML through WeasyPrint and pyhanko as their manuals show it, style and fonts shared as well."""
    fonts = FontConfiguration()
    style = weasyprint.CSS(filename=render.STYLE, font_config=fonts)
    signer = sealing.current_signer()
    meta = signers.PdfSignatureMetadata(
        field_name="Bare", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )

    def work() -> None:
        for made in pages.values():
            picture = render.Packaged(made.qr_svg)
            html = weasyprint.HTML(string=made.html, base_url="document:", url_fetcher=picture)
            content = html.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=render.PDF_VARIANT)
            signers.PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content)))

    return work


def _milliseconds(*works: Callable[[], None]) -> list[float]:
    """Medians, the works taking turns so that a busy machine is unjust to all alike."""
    times: list[list[float]] = [[] for _work in works]
    for _run in range(RUNS):
        for taken, work in zip(times, works, strict=True):
            begun = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begun) * 1000)
    return [median(taken) for taken in times]


def _memory(licences: int) -> dict[str, Any]:
    """Resident memory after a tenth of the licences against after all of them."""
    early = 0.0
    for made in range(licences):
        if made == licences // 10:
            early = _resident()
        sealing.seal(render.to_pdf(_page(LANGUAGES[made % 2])), at=_AT)
    late = _resident()
    ratio = late / early if early else 1.0
    return {
        "name": f"memory over {licences} licences",
        "ours": f"{late:.0f} MB",
        "yardstick": f"{early:.0f} MB after {licences // 10}",
        "ratio": round(ratio, 2),
        "goal": "≤ 1.15",
        "ok": ratio <= 1.15,
    }


def _resident() -> float:
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 -- a line of the kernel
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE") / 2**20
