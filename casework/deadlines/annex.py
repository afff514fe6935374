"""The terms of a case on paper: why each ends when it does, day by day, the same words as on the page and in the API."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from casework.cases.models import Case
from casework.deadlines.explaining import explanations
from casework.deadlines.selectors import terms_of
from casework.deadlines.statuses import TermState
from casework.deadlines.wording import term_name
from casework.documents import render
from casework.documents.wording import Language
from casework.documents.wording.labels import labels
from foundation.kernel.clock import almaty


def terms_annex(case: Case, *, at: datetime, language: Language) -> bytes:
    """PDF/A of the terms that were not set aside; an annex for information, signed by nobody (process.md, Terms)."""
    with override(language):
        rows = list(terms_of(case.pk))
        explained = explanations(rows)
        lines = [
            {"name": term_name(term.code), "term": term, "explained": explained[term.pk]}
            for term in rows
            if term.state != TermState.VOID
        ]
        values = {
            "case": case,
            "lines": lines,
            "at": almaty(at),
            "lang": language,
            "party": case.party.name(language),
            "demo": labels(language)["demo"] if settings.DEMO else "",
        }
        html = render_to_string("documents/terms_annex.html", values)
    return render.to_pdf(render.Page(html, None, f"terms {case.pk} {at.isoformat()}"))
