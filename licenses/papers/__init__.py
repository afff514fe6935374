"""Forms 4-7: what they say and their documents; of an issue, a re-issue or a correction."""

from licenses.papers.forms import ISSUED_KINDS, form_papers, require_made_for
from licenses.papers.register import (
    AnnexWords,
    RegisterWords,
    conditions_differ,
    corrected_words,
    edition_words,
    signer_text,
    with_conditions,
)

__all__ = [
    "ISSUED_KINDS",
    "AnnexWords",
    "RegisterWords",
    "conditions_differ",
    "corrected_words",
    "edition_words",
    "form_papers",
    "require_made_for",
    "signer_text",
    "with_conditions",
]
