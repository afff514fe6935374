"""The only writers of terms, of the calendar's exceptions, and of what the watch finds."""

from casework.deadlines.services.breaches import LONGEST_EXPLANATION, explain_breach
from casework.deadlines.services.exceptions import (
    Move,
    confirm_exception,
    enter_exception,
    enter_exceptions,
    moves_by,
)
from casework.deadlines.services.outages import confirm_outage, end_outage, record_outage
from casework.deadlines.services.tallying import keep_month_tallies
from casework.deadlines.services.terms import (
    await_registration,
    changes_of,
    extend_term,
    meet_by_delivery,
    meet_term,
    open_hearing_terms,
    open_review,
    open_term,
    open_terms_after_reopening,
    open_terms_of_application,
    refresh_next_due,
    void_open_terms,
    void_term,
)
from casework.deadlines.services.watching import WatchReport, release_term, watch

__all__ = [
    "LONGEST_EXPLANATION",
    "Move",
    "WatchReport",
    "await_registration",
    "changes_of",
    "confirm_exception",
    "confirm_outage",
    "end_outage",
    "enter_exception",
    "enter_exceptions",
    "explain_breach",
    "extend_term",
    "keep_month_tallies",
    "meet_by_delivery",
    "meet_term",
    "moves_by",
    "open_hearing_terms",
    "open_review",
    "open_term",
    "open_terms_after_reopening",
    "open_terms_of_application",
    "record_outage",
    "refresh_next_due",
    "release_term",
    "void_open_terms",
    "void_term",
    "watch",
]
