"""The last day for the notice of a hearing is brought to mind before it, and told to the heads once it is over (Rules 10)."""

from datetime import datetime

from applications import letters
from applications.statuses import Status
from casework.deadlines.models import Term
from casework.deadlines.selectors import working_days_left
from casework.deadlines.statuses import TermState

# five and four working days before the end of service are two and one before the last day of a notice
DAYS_BEFORE = (2, 1)


def warn_of_notices(*, at: datetime) -> int:
    """Tell who works on a case in review that may still need a hearing; each step once. Returns how many were found.

    A round that comes late owes the nearest warning only: the day left counts, not when the task ran.
    """
    found = 0
    terms = Term.objects.filter(
        code="hearing_notice",
        state__in=[TermState.OPEN, TermState.MISSED],
        met_at=None,
        case__is_open=True,
        case__application__status=Status.REVIEW,
    )
    for term in terms.select_related("case__executor", "case__application", "case__party"):
        left = working_days_left(term, at)
        if term.state == TermState.MISSED:
            letters.tell_notice_is_late(term.case, term.due_on, at=at)
        elif (step := next((days for days in sorted(DAYS_BEFORE) if 0 <= left <= days), None)) is not None:
            letters.warn_of_notice(term.case, term.due_on, step=step, at=at)
        else:
            continue
        found += 1
    return found
