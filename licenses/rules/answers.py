"""The answers of the public check (screens.md): each situation has its own, none stands for two."""

from datetime import date
from enum import StrEnum

from licenses.rules.periods import ACTIVE, EXPIRED, REVOKED, SUSPENDED, TERMINATED, Standing


class Answer(StrEnum):
    """What the check says."""

    IN_FORCE = "in_force"
    STAYED = "in_force_stayed"
    SUSPENDED = "suspended"
    SUSPENDED_PAST_TERM = "suspended_past_term"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    TERMINATED = "terminated"
    REVOKED = "revoked"
    NEVER_ISSUED = "never_issued"
    UNKNOWN = "unknown"
    NOT_GENUINE = "not_genuine"
    OTHER_DOCUMENT = "other_document"


_PLAIN = {
    ACTIVE: Answer.IN_FORCE,
    EXPIRED: Answer.EXPIRED,
    TERMINATED: Answer.TERMINATED,
    REVOKED: Answer.REVOKED,
}


def answer_for(standing: Standing, day: date) -> Answer:
    """The answer of a state on a day. The end of a suspension resumes nothing (DA 9(6)); a complaint stays it (APPC 96)."""
    if standing.status != SUSPENDED:
        return _PLAIN[standing.status]
    if standing.stayed:
        return Answer.STAYED
    if standing.until is not None and day > standing.until:
        return Answer.SUSPENDED_PAST_TERM
    return Answer.SUSPENDED


def edition_answer(edition: int, current: int, standing: Standing, day: date) -> Answer:
    """An edition that a later one took the place of never answers "in force"."""
    return Answer.SUPERSEDED if edition < current else answer_for(standing, day)
