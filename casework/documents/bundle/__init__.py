"""The bundle of a case or a licence: every document, timeline, hashes, signatures, and a program that checks them."""

from casework.documents.bundle.content import (
    Bundle,
    ClosedFile,
    Journal,
    case_bundle,
    journal_rows,
    published_bundle,
    with_case,
)
from casework.documents.bundle.writing import stream

__all__ = [
    "Bundle",
    "ClosedFile",
    "Journal",
    "case_bundle",
    "journal_rows",
    "published_bundle",
    "stream",
    "with_case",
]
