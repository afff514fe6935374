"""200,000 random receipts of 2022-2027 against a count made day by day on another calendar, with no code of the portal's."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import holidays

from casework.deadlines.rules import (
    Track,
    last_day,
    registration_day,
)
from casework.deadlines.shipped import shipped_calendar

RECEIPTS = 200_000
FIRST, LAST = datetime(2022, 1, 1, tzinfo=UTC), datetime(2027, 11, 1, tzinfo=UTC)
CLOCKS_MOVED = datetime(2024, 2, 29, 18, tzinfo=UTC)  # midnight of UTC+6, from then on UTC+5
CLOSES = 18 * 3600 + 30 * 60
EDGES = (
    "2023-06-30T12:30:00.999999+00:00",
    "2023-06-30T12:30:01+00:00",
    "2024-02-29T17:59:59+00:00",
    "2024-02-29T18:00:00+00:00",
    "2024-12-30T13:30:00+00:00",
    "2024-12-30T13:30:01+00:00",
)
KZ = holidays.country_holidays("KZ", years=range(2022, 2029))


@cache
def works(day: date) -> bool:
    return bool(KZ.is_working_day(day))


def walk(day: date, n: int) -> date:
    """n working days on (back, below zero), one calendar day after the other."""
    step = timedelta(days=1 if n > 0 else -1)
    for _count in range(abs(n)):
        day += step
        while not works(day):
            day += step
    return day


def received_on(moment: datetime) -> date:
    """The working day that a receipt counts to, by offsets written down here."""
    local = moment + timedelta(hours=6 if moment < CLOCKS_MOVED else 5)
    late = local.hour * 3600 + local.minute * 60 + local.second > CLOSES
    day = local.date()
    return day if works(day) and not late else walk(day, 1)


@cache
def counted(registered: date) -> tuple[date, ...]:
    service = walk(registered, 15)
    return walk(registered, 2), service, walk(service, -3), walk(registered, 1)


def receipts() -> list[datetime]:
    random = Random(169)  # noqa: S311 -- the same receipts on every run
    microseconds = (LAST - FIRST) // timedelta(microseconds=1)
    drawn = [
        FIRST + timedelta(microseconds=random.randrange(microseconds))
        for _number in range(RECEIPTS - len(EDGES))
    ]
    return [*drawn, *(datetime.fromisoformat(edge) for edge in EDGES)]


def test_two_hundred_thousand_random_receipts_agree_with_a_count_day_by_day() -> None:
    calendar = shipped_calendar()
    wrong = []
    for moment in receipts():
        registered = registration_day(moment, calendar)
        end = last_day("service", registered, calendar, Track.NEW)
        found = (
            registered,
            last_day("completeness", registered, calendar, Track.NEW),
            end,
            last_day("hearing_notice", end, calendar, Track.NEW),
            last_day("completeness", registered, calendar, Track.REISSUE),
            last_day("service", registered, calendar, Track.REISSUE),
        )
        day = received_on(moment)
        two, fifteen, notice, one = counted(day)
        if found != (day, two, fifteen, notice, one, two):
            wrong.append((moment.isoformat(), found))
    assert wrong[:10] == []


def test_the_other_count_gives_the_worked_example() -> None:
    """calendar.md: received on Friday 30 June 2023 at 18:30 and one minute later."""
    on_time = received_on(datetime(2023, 6, 30, 12, 30, tzinfo=UTC))
    after = received_on(datetime(2023, 6, 30, 12, 31, tzinfo=UTC))
    assert (on_time, counted(on_time)) == (
        date(2023, 6, 30),
        (date(2023, 7, 3), date(2023, 7, 24), date(2023, 7, 19), date(2023, 7, 1)),
    )
    assert (after, counted(after)[1]) == (date(2023, 7, 1), date(2023, 7, 25))
