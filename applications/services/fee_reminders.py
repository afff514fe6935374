"""“Pay by …”: an unpaid fee is brought to mind five and two working days before the last day of a notice (forms.md, Fee)."""

from datetime import datetime

from applications import letters
from applications.fees import fee_of
from applications.models import Application
from applications.statuses import Status
from casework.deadlines.models import Term
from casework.deadlines.selectors import working_days_left
from casework.deadlines.statuses import TermState
from foundation.kernel.clock import almaty

DAYS_BEFORE = (5, 2)


def remind_of_fees(*, at: datetime) -> int:
    """Annex 3/7: who has not paid is told, each of the two times once; returns how many have not paid in such a time.

    A round that comes late owes the nearest reminder only: the day left counts, not when the task ran.
    """
    waiting = Application.objects.filter(status=Status.REVIEW, case__is_open=True).select_related(
        "case__party"
    )
    terms = {
        term.case_id: term
        for term in Term.objects.filter(
            code="hearing_notice", state=TermState.OPEN, case__in=waiting.values("pk")
        )
    }
    told = 0
    for application in waiting.filter(pk__in=list(terms)).prefetch_related("payments"):
        step = _step(working_days_left(terms[application.pk], at))
        fee = fee_of(application, almaty(at).date())
        if step is None or not fee.due or fee.payment is not None:
            continue
        letters.remind_of_fee(application, fee, terms[application.pk].due_on, step=step, at=at)
        told += 1
    return told


def _step(left: int) -> int | None:
    """The reminder that is owed with so many working days left; None too early and once the day is past."""
    return next((days for days in sorted(DAYS_BEFORE) if 0 <= left <= days), None)
