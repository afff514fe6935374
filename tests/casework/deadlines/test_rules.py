"""Rules 5-10, 13-15, Annex 3/4 and 3/8: days of moments, and lengths of terms, by the worked examples."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casework.deadlines.calendar import DayKind
from casework.deadlines.rules import (
    ALMATY,
    TERM_RULES,
    Ends,
    Passing,
    TermRule,
    Track,
    Unit,
    UnknownTermError,
    act_day,
    applicant_due_at,
    compute,
    due_moment,
    effect_moment,
    explain,
    form_track,
    in_time,
    last_day,
    officer_due_at,
    registration_day,
    registration_moment,
    rule_for,
)
from casework.deadlines.rules.days import NaiveMomentError
from casework.deadlines.shipped import shipped_calendar
from foundation.kernel.citations import cite

CAL = shipped_calendar()
EXAMPLES = [
    tuple(line.split(","))
    for line in Path(__file__).with_name("worked_examples.csv").read_text(encoding="utf-8").splitlines()[1:]
]
DAYS = st.dates(date(2022, 1, 1), date(2039, 12, 31))
MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2039, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds


def almaty(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row[0])
def test_worked_examples(row: tuple[str, ...]) -> None:
    registered_on = registration_day(almaty(row[0]), CAL)
    end = last_day("service", registered_on, CAL, Track.NEW)
    found = (
        registered_on,
        last_day("completeness", registered_on, CAL, Track.NEW),
        end,
        last_day("hearing_notice", end, CAL, Track.NEW),
        last_day("completeness", registered_on, CAL, Track.REISSUE),
        last_day("service", registered_on, CAL, Track.REISSUE),
    )
    assert tuple(day.isoformat() for day in found) == row[1:]


@pytest.mark.parametrize(
    ("received", "day", "moment"),
    [
        ("2026-11-20 18:30:00", "2026-11-20", "2026-11-20 18:30:00"),
        ("2026-11-20 18:30:00.999999", "2026-11-20", "2026-11-20 18:30:00"),
        ("2026-11-20 18:30:01", "2026-11-23", "2026-11-23 09:00:00"),
        ("2026-11-20 23:59:59.999999", "2026-11-23", "2026-11-23 09:00:00"),
        ("2026-11-23 00:00:00", "2026-11-23", "2026-11-23 00:00:00"),
        ("2026-11-23 08:59:59", "2026-11-23", "2026-11-23 08:59:59"),
        ("2026-11-23 13:45:00.5", "2026-11-23", "2026-11-23 13:45:00"),
        ("2026-11-21 10:00:00", "2026-11-23", "2026-11-23 09:00:00"),
        ("2025-01-05 18:30:00", "2025-01-05", "2025-01-05 18:30:00"),  # a worked Sunday
        ("2025-01-05 18:30:01", "2025-01-06", "2025-01-06 09:00:00"),
        ("2023-07-01 02:00:00", "2023-07-01", "2023-07-01 02:00:00"),  # a worked Saturday
        ("2026-12-31 19:00:00", "2027-01-05", "2027-01-05 09:00:00"),
    ],
)
def test_receipt_rule(received: str, day: str, moment: str) -> None:
    assert registration_day(almaty(received), CAL) == date.fromisoformat(day)
    assert registration_moment(almaty(received), CAL) == almaty(moment)
    assert act_day(almaty(received), CAL) == date.fromisoformat(day)
    assert effect_moment(almaty(received), CAL) == almaty(moment)


def test_almaty_changed_its_offset_on_the_first_of_march_2024() -> None:
    offset = timezone(timedelta(hours=6))
    assert registration_day(datetime(2024, 2, 29, 18, 30, tzinfo=offset), CAL) == date(2024, 2, 29)
    assert registration_day(datetime(2024, 2, 29, 12, 30, 1, tzinfo=UTC), CAL) == date(2024, 3, 1)
    assert registration_day(datetime(2024, 3, 1, 13, 30, tzinfo=UTC), CAL) == date(2024, 3, 1)
    assert registration_day(datetime(2024, 3, 1, 13, 30, 1, tzinfo=UTC), CAL) == date(2024, 3, 4)
    assert registration_day(datetime(2024, 3, 1, 18, 45, tzinfo=offset), CAL) == date(2024, 3, 1)


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(NaiveMomentError, match="time zone"):
        registration_day(datetime(2026, 3, 6, 12, 0), CAL)  # noqa: DTZ001 -- that is the point


def test_the_servers_time_zone_changes_nothing() -> None:
    program = (
        "import time; time.tzset()\n"
        "from datetime import datetime\n"
        "from casework.deadlines.rules import registration_moment\n"
        "from casework.deadlines.shipped import shipped_calendar\n"
        "moment = datetime.fromisoformat('2026-03-06T18:30:01+05:00')\n"
        "print(registration_moment(moment, shipped_calendar()).isoformat())\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "TZ": zone, "PYTHONTZPATH": ""},
            cwd=Path(__file__).resolve().parents[3],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles")
    }
    assert answers == {"2026-03-10T09:00:00+05:00\n"}


def test_hours_of_ends() -> None:
    day = date(2026, 3, 11)
    assert officer_due_at(day).isoformat() == "2026-03-11T18:30:00+05:00"
    assert applicant_due_at(day).isoformat() == "2026-03-12T00:00:00+05:00"
    assert due_moment(rule_for("registration", Track.NEW), day).isoformat() == "2026-03-11T09:00:00+05:00"
    assert due_moment(rule_for("earliest_refusal"), day).isoformat() == "2026-03-11T00:00:00+05:00"
    assert officer_due_at(date(2024, 2, 29)).isoformat() == "2024-02-29T18:30:00+06:00"


def test_in_time_to_the_second_and_to_midnight() -> None:
    service, answer = rule_for("service", Track.NEW), rule_for("hearing_objections")
    day = date(2026, 3, 11)
    due = due_moment(service, day)
    assert in_time(service, due, almaty("2026-03-11 18:30:00.9"))
    assert not in_time(service, due, almaty("2026-03-11 18:30:01"))
    due = due_moment(answer, day)
    assert in_time(answer, due, almaty("2026-03-11 23:59:59.9"))
    assert not in_time(answer, due, almaty("2026-03-12 00:00:00"))


def test_review_takes_13_days_and_never_passes_service() -> None:
    service = last_day("service", date(2026, 3, 6), CAL, Track.NEW)
    assert last_day("review", date(2026, 3, 10), CAL, Track.NEW, not_after=service) == date(2026, 4, 1)
    assert last_day("review", date(2026, 3, 11), CAL, Track.NEW, not_after=service) == date(2026, 4, 2)
    assert last_day("review", date(2026, 3, 20), CAL, Track.NEW, not_after=service) == date(2026, 4, 2)


def test_a_notice_on_its_last_day_leaves_the_refusal_the_last_day_of_service() -> None:
    notice = date(2026, 3, 30)
    assert last_day("hearing_objections", notice, CAL) == date(2026, 4, 1)
    assert (
        last_day("earliest_refusal", notice, CAL)
        == date(2026, 4, 2)
        == last_day("service", date(2026, 3, 6), CAL, Track.NEW)
    )


def test_the_long_way_of_a_reissue_is_that_of_a_new_licence() -> None:
    registered_on = date(2026, 3, 6)
    assert last_day("completeness", registered_on, CAL, Track.LONG) == last_day(
        "completeness", registered_on, CAL, Track.NEW
    )
    assert last_day("service", registered_on, CAL, Track.LONG) == last_day(
        "service", registered_on, CAL, Track.NEW
    )
    assert form_track("9") is form_track("10") is Track.REISSUE
    assert form_track("9", long=True) is Track.LONG
    assert form_track("1") is form_track("2") is Track.NEW


def test_calendar_days_and_months_move_off_a_day_off() -> None:
    filing = rule_for("reissue_filing")
    assert compute(filing, date(2026, 10, 23), CAL) == date(2026, 11, 23)  # 22 November is a Sunday
    assert compute(filing, date(2026, 10, 1), CAL) == date(2026, 11, 2)  # 31 October is a Saturday
    complaint = rule_for("complaint_filing")
    assert compute(complaint, date(2026, 11, 30), CAL) == date(2027, 3, 1)  # 28 February 2027 is a Sunday
    assert compute(complaint, date(2026, 8, 31), CAL) == date(2026, 11, 30)
    assert compute(rule_for("complaint_filing_long"), date(2026, 8, 31), CAL) == date(2027, 3, 1)


def test_a_reissue_has_no_hearing() -> None:
    with pytest.raises(UnknownTermError, match="hearing_notice"):
        rule_for("hearing_notice", Track.REISSUE)


def test_every_rule_names_an_act_the_portal_can_cite() -> None:
    for rule in TERM_RULES:
        assert rule.sources, rule.code
        assert all(str(cite(act, where)) for act, where in rule.sources)


def test_only_legal_terms_are_breached() -> None:
    soft = {rule.code for rule in TERM_RULES if rule.passing is not Passing.BREACH}
    assert soft == {"registration", "review", "hearing_notice", "hearing_objections", "earliest_refusal"}


def test_explanation_of_a_term_over_nauryz() -> None:
    days = explain(rule_for("completeness", Track.NEW), date(2026, 3, 6), CAL)
    assert [(day.date.day, day.counted, day.reason.kind) for day in days] == [
        (7, False, DayKind.WEEKEND),
        (8, False, DayKind.HOLIDAY),
        (9, False, DayKind.SUBSTITUTE),
        (10, True, DayKind.WORKING),
        (11, True, DayKind.WORKING),
    ]


def test_explanation_of_the_hearing_notice_counts_backwards() -> None:
    days = explain(rule_for("hearing_notice", Track.NEW), date(2026, 4, 2), CAL)
    assert [(day.date.isoformat(), day.counted) for day in days] == [
        ("2026-04-01", True),
        ("2026-03-31", True),
        ("2026-03-30", True),
    ]


def test_explanation_of_calendar_days_shows_the_shift() -> None:
    days = explain(rule_for("reissue_filing"), date(2026, 10, 23), CAL)
    assert [day.counted for day in days].count(True) == 30
    last_two = [(day.date.isoformat(), day.shifted) for day in days][-2:]
    assert last_two == [("2026-11-22", False), ("2026-11-23", True)]


def _working(n: int) -> TermRule:
    return TermRule("any", n, Unit.WORKING_DAYS, "executor", (("Rules", "7"),))


@given(start=DAYS, n=st.integers(1, 60))
@example(start=date(2024, 12, 30), n=15)
def test_a_due_date_is_never_a_day_off_and_the_counted_days_are_exactly_n(start: date, n: int) -> None:
    rule = _working(n)
    end = compute(rule, start, CAL)
    days = explain(rule, start, CAL)
    assert CAL.is_working_day(end)
    assert sum(day.counted for day in days) == n
    assert days[-1].date == end
    assert [day.date for day in days] == [start + timedelta(days=k + 1) for k in range(len(days))]
    assert CAL.working_days_between(start, end) == n


@given(start=DAYS, n=st.integers(1, 60))
def test_backwards_the_counted_days_are_exactly_n_too(start: date, n: int) -> None:
    rule = _working(-n)
    days = explain(rule, start, CAL)
    assert CAL.is_working_day(days[-1].date)
    assert sum(day.counted for day in days) == n


@given(start=DAYS, n=st.integers(1, 60), later=st.integers(0, 40))
def test_one_more_day_and_a_later_start_never_give_an_earlier_date(start: date, n: int, later: int) -> None:
    end = compute(_working(n), start, CAL)
    assert compute(_working(n + 1), start, CAL) > end
    assert compute(_working(n), start + timedelta(days=later), CAL) >= end


@given(received_at=MOMENTS, offset=st.integers(-12, 14))
def test_the_offset_in_which_a_moment_is_written_changes_nothing(received_at: datetime, offset: int) -> None:
    same = received_at.astimezone(timezone(timedelta(hours=offset)))
    assert registration_day(same, CAL) == registration_day(received_at, CAL)
    assert registration_moment(received_at, CAL) >= received_at.replace(microsecond=0)
    assert CAL.is_working_day(registration_day(received_at, CAL))


@given(day=DAYS, ends=st.sampled_from(list(Ends)))
def test_a_due_moment_lies_on_its_day(day: date, ends: Ends) -> None:
    rule = TermRule("any", 1, Unit.WORKING_DAYS, "executor", (("Rules", "7"),), ends=ends)
    moment = due_moment(rule, day)
    assert (moment - timedelta(seconds=1 if ends is Ends.MIDNIGHT else 0)).date() == day
