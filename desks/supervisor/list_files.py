"""The lists behind the numbers as rows of a file: a head, then a line a term or a case."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.deadlines.models import Term
from casework.deadlines.wording import day_text, term_name
from desks.supervisor import tables
from desks.supervisor.exports import Row
from desks.supervisor.selectors.forecast import Pair, workings
from foundation.kernel.clock import almaty

BATCH = 500


def terms(rows: Iterable[Term], at: datetime) -> Iterator[Row]:
    """One line a term."""
    yield [_("Case"), _("Applicant"), _("Form"), _("Executor"), _("Term"), _("Due"), _("State")]
    side = _side()
    for term in rows:
        state = str(term.get_state_display()) if term.met_at or term.due_at >= at else _("overdue")
        yield [*_case(term.case, side), term_name(term.code), day_text(term.due_on), state]


def cases(rows: Iterable[Case], _at: datetime) -> Iterator[Row]:
    """One line a case."""
    yield [
        _("Case"),
        _("Applicant"),
        _("Form"),
        _("Executor"),
        _("Registered"),
        _("Closed"),
        _("Term"),
        _("Due"),
    ]
    side = _side()
    for case in rows:
        yield [
            *_case(case, side),
            day_text(case.registered_on) if case.registered_on else "",
            day_text(almaty(case.closed_at).date()) if case.closed_at else "",
            term_name(case.next_due_code) if case.next_due_code else "",
            day_text(almaty(case.next_due_at).date()) if case.next_due_at else "",
        ]


def forecast(chosen: Sequence[Pair]) -> Iterator[Row]:
    """One line a case with every figure of its working."""
    yield [
        _("Case"),
        _("Applicant"),
        _("Form"),
        _("Executor"),
        _("Counted from"),
        _("Pace, working days"),
        _("Cases the pace is of"),
        _("Whose pace"),
        _("With so many officers, working days"),
        _("Expected end"),
        _("Last day of the term"),
        _("Working days late"),
    ]
    side = _side()
    for first in range(0, len(chosen), BATCH):
        for line in workings(chosen[first : first + BATCH]):
            yield [
                *_case(line.case, side),
                day_text(line.expected.case.start),
                line.own.days,
                line.own.cases,
                _("the body's") if line.own.of_body else _("the officer's own"),
                line.expected.pace.days,
                day_text(line.expected.ends_on),
                day_text(line.expected.case.due_on),
                line.late,
            ]


def _side() -> str:
    return "kk" if get_language() == "kk" else "ru"


def _case(case: Case, side: str) -> list[str]:
    return [
        str(case),
        case.party.name(side),
        tables.form_name(case.form),
        case.executor.short_name if case.executor else _("nobody assigned"),
    ]
