"""The documents of a proceeding: what each says is made here from the case, and rendered before any lock."""

from licenses.proceedings.papers.base import APPLICANTS
from licenses.proceedings.papers.decision import BURDENING, DOCUMENTS, REFUSAL, decision_papers, document_of
from licenses.proceedings.papers.drafts import draft_of
from licenses.proceedings.papers.receipt import receipt_papers

__all__ = [
    "APPLICANTS",
    "BURDENING",
    "DOCUMENTS",
    "REFUSAL",
    "decision_papers",
    "document_of",
    "draft_of",
    "receipt_papers",
]
