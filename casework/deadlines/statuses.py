"""States of a term and kinds of an exception, as people read them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.deadlines.calendar import ExceptionKind
from casework.deadlines.rules import TERM_RULES, Passing, Step


class TermState(models.TextChoices):
    """`breached` and `missed` stay for good; met late is `met_at` beside them."""

    OPEN = "open", _("running")
    DUE = "due", _("due now, the portal acts")
    MET = "met", _("met in time")
    BREACHED = "breached", _("breached")
    MISSED = "missed", _("target missed")
    ELAPSED = "elapsed", _("over")
    VOID = "void", _("void")


class ExceptionChoice(models.TextChoices):
    """The kinds of `calendar.ExceptionKind` with their names."""

    DAY_OFF = ExceptionKind.DAY_OFF.value, _("day off")
    WORKING_DAY = ExceptionKind.WORKING_DAY.value, _("working day")
    KURBAN_AIT = ExceptionKind.KURBAN_AIT.value, _("first day of Kurban-ait")


class LadderChoice(models.TextChoices):
    """The steps of the ladder: those before the end by `rules.Step`, and who is told once it passed."""

    HALF = Step.HALF.value, _("half of the term is over")
    TWO_DAYS = Step.TWO_DAYS.value, _("two working days are left")
    ONE_DAY = Step.ONE_DAY.value, _("one working day is left")
    LAST_MORNING = Step.LAST_MORNING.value, _("morning of the last day")
    TELL_EXECUTOR = "tell_executor", _("passed: the executor is asked to explain")
    TELL_SUPERVISOR = "tell_supervisor", _("passed: told to the supervisor")
    TELL_HEAD = "tell_head", _("passed: told to the head")


WARNINGS = tuple(LadderChoice(step.value) for step in Step)

PASSED_STATE = {
    Passing.BREACH: TermState.BREACHED,
    Passing.TARGET: TermState.MISSED,
    Passing.OPENS: TermState.ELAPSED,
    Passing.STEP: TermState.DUE,
}
ENDED = (TermState.MET, TermState.BREACHED, TermState.MISSED)  # for good: by the act, or by passing unmet
AUTHORITY = frozenset({"executor", "provider", "head", "reviewer"})
# terms that officers work off; the portal's, the applicant's and "not before" limits are no work of theirs
AUTHORITY_CODES = tuple(
    sorted(
        {
            rule.code
            for rule in TERM_RULES
            if rule.who in AUTHORITY and rule.passing in {Passing.BREACH, Passing.TARGET}
        }
    )
)
# once passed, nothing is left to be done about it: the ordinary notice is closed for good (Rules 10), and the
# case has gone to review by itself (Rules 7)
CLOSED_WHEN_MISSED = ("completeness", "hearing_notice")
