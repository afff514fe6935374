"""The documents of an application: what each says is made here from the case, and rendered before any lock."""

from applications.papers.base import APPLICANTS
from applications.papers.decision import decision_papers
from applications.papers.drafts import draft_of
from applications.papers.filing import receipt_papers

__all__ = [
    "APPLICANTS",
    "decision_papers",
    "draft_of",
    "receipt_papers",
]
