"""Documents about a suit: the reasoned position, the response, the record of the court act."""

from appeals.suits.papers.letters import (
    COURT_RECORD,
    POSITION,
    RESPONSE,
    draft_of,
    effect_of,
    prepared_papers,
)

__all__ = ["COURT_RECORD", "POSITION", "RESPONSE", "draft_of", "effect_of", "prepared_papers"]
