"""Keeps the counts of months that are over, so that the dashboard need not read a year of rows each time."""

from datetime import datetime

from django.db import transaction

from casework.deadlines import rules
from casework.deadlines.models import MonthTally
from casework.deadlines.selectors import current_calendar
from casework.deadlines.tallies import count, month_starts, still_moving


@transaction.atomic
def keep_month_tallies(at: datetime) -> int:
    """Count the months that are over and not kept yet; how many were counted.

    A count from a later moment (the demo clock went back) or by an older calendar is dropped. A month in which
    something due still runs waits, and those after it.
    """
    calendar = current_calendar()
    MonthTally.objects.filter(counted_at__gt=at).delete()
    MonthTally.objects.exclude(calendar_revision=calendar.revision).delete()
    over = month_starts(rules.to_almaty(at).date())[:-1]
    kept = set(MonthTally.objects.filter(first_day__in=over).values_list("first_day", flat=True))
    counted = 0
    for first in over:
        if first in kept:
            continue
        if still_moving(first):
            break
        (found,) = count([first], calendar)
        MonthTally.objects.create(
            first_day=first, calendar_revision=calendar.revision, counted_at=at, content=found.as_json()
        )
        counted += 1
    return counted
