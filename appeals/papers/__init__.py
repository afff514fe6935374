"""The documents of a complaint: what each says is made here from the case, and rendered before any lock."""

from appeals.papers.decision import answer_papers, forward_papers, satisfaction_papers
from appeals.papers.drafts import APPLICANTS, draft_of

__all__ = ["APPLICANTS", "answer_papers", "draft_of", "forward_papers", "satisfaction_papers"]
