"""Whether a change was told in time: 30 calendar days from the day of the change, by the moment of receipt (PL 33(4))."""

from dataclasses import dataclass
from datetime import date, datetime

from applications import ways
from applications.models import Application, StatedGround
from applications.rules import is_timed
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, rules_on


@dataclass(frozen=True, slots=True)
class Telling:
    """The last day for telling of a change, and whether it was over at the receipt (or is over now)."""

    ground: StatedGround
    due_on: date
    late: bool


def telling(ground: StatedGround, application: Application, at: datetime) -> Telling | None:
    """PL 33(4), for grounds that have the term; None for the others. A late one is taken and flagged."""
    moves = any(centre.moves for centre in application.data_centres.all())
    if ground.changed_on is None or not is_timed(ground.kind, moves=moves):
        return None
    told_at = application.case.received_at or at
    rule = days.rule_for("reissue_filing", rules=rules_on(days.to_almaty(told_at).date()))
    due_on = days.compute(rule, ground.changed_on, current_calendar())
    return Telling(
        ground, due_on, late=not days.in_time(rule, days.due_moment(rule, due_on), days.to_almaty(told_at))
    )


def told_late(application: Application, at: datetime) -> list[Telling]:
    """The changes that are told after their term."""
    found = [telling(ground, application, at) for ground in ways.stated(application)]
    return [told for told in found if told is not None and told.late]
