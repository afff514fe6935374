"""The ladder before the end of a term: when the executor is warned (process.md, Terms; the rows of the rulebook)."""

from dataclasses import dataclass
from datetime import date, datetime

from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.rules.days import ALMATY, OFFICE_OPENS
from casework.deadlines.rules.terms import Step, TermRule, Unit

_DAYS_BEFORE = {Step.TWO_DAYS: 2, Step.ONE_DAY: 1, Step.LAST_MORNING: 0}


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with its moment, always an opening of the office."""

    at: datetime
    step: Step


def rungs(rule: TermRule, start: date, due_on: date, calendar: WorkingCalendar) -> list[Rung]:
    """The steps of a term in their order; half of 15 working days is over on the morning of the eighth."""
    found = []
    for step in rule.warnings:
        day = _day(step, rule, start, due_on, calendar)
        if day is not None:
            found.append(Rung(datetime.combine(day, OFFICE_OPENS, ALMATY), step))
    order = list(Step)
    return sorted(found, key=lambda rung: (rung.at, order.index(rung.step)))


def next_rung(
    rule: TermRule, start: date, due_on: date, calendar: WorkingCalendar, after: datetime
) -> datetime | None:
    """The first moment of the ladder after `after`."""
    return next((rung.at for rung in rungs(rule, start, due_on, calendar) if rung.at > after), None)


def _day(step: Step, rule: TermRule, start: date, due_on: date, calendar: WorkingCalendar) -> date | None:
    if step is Step.HALF:
        counts = rule.unit is Unit.WORKING_DAYS and rule.n > 1
        return calendar.add_working_days(start, (rule.n + 1) // 2) if counts else None
    before = _DAYS_BEFORE[step]
    return calendar.add_working_days(due_on, -before) if before else due_on
