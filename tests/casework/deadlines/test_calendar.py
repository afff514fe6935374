"""calendar.md: holidays by year, acts, and the table of working days a month."""

from datetime import date, timedelta

import holidays
import pytest
from workalendar.asia import Kazakhstan

from casework.deadlines.calendar import (
    DatedException,
    DayKind,
    ExceptionKind,
    KazakhstanCalendar,
    OutsideCalendarError,
    WorkingCalendar,
    days_between,
)
from casework.deadlines.shipped import shipped_calendar, shipped_exceptions

MONTHS = {
    2022: (18, 20, 19, 21, 19, 22, 20, 22, 22, 20, 22, 21, 246),
    2023: (20, 20, 19, 20, 20, 21, 20, 22, 21, 21, 22, 20, 246),
    2024: (21, 21, 17, 22, 20, 20, 22, 21, 21, 22, 21, 21, 249),
    2025: (20, 20, 17, 22, 19, 20, 22, 21, 21, 22, 20, 22, 246),
    2026: (19, 20, 18, 22, 17, 22, 22, 21, 22, 21, 21, 22, 247),
    2027: (18, 20, 18, 22, 18, 22, 21, 22, 22, 20, 22, 22, 247),
}
EVERY_DAY = list(days_between(date(2020, 1, 1), date(2040, 12, 31)))


@pytest.mark.parametrize("year", MONTHS)
def test_working_days_of_every_month_are_those_of_the_official_balance(year: int) -> None:
    calendar = shipped_calendar()
    counted = tuple(calendar.working_days_of_month(year, month) for month in range(1, 13))
    assert (*counted, sum(counted)) == MONTHS[year]


@pytest.mark.parametrize("year", range(2022, 2028))
def test_the_package_holidays_agrees_on_every_day(year: int) -> None:
    opinion = holidays.country_holidays("KZ", years=year)
    calendar = shipped_calendar()
    differ = [
        day
        for day in days_between(date(year, 1, 1), date(year, 12, 31))
        if calendar.is_working_day(day) != opinion.is_working_day(day)
    ]
    assert differ == []


def test_workalendar_by_itself_would_be_wrong_on_7_to_11_days_of_every_year() -> None:
    base, calendar = Kazakhstan(), shipped_calendar()
    with pytest.warns(UserWarning, match="Islamic calendar"):
        wrong = {
            year: sum(
                base.is_working_day(day) != calendar.is_working_day(day)
                for day in days_between(date(year, 1, 1), date(year, 12, 31))
            )
            for year in range(2023, 2028)
        }
    assert all(7 <= count <= 11 for count in wrong.values()), wrong


def test_the_base_class_methods_agree_with_the_compiled_table_on_every_day() -> None:
    base, calendar = KazakhstanCalendar(shipped_exceptions()), shipped_calendar()
    assert [day for day in EVERY_DAY if base.is_working_day(day) != calendar.is_working_day(day)] == []
    for day in EVERY_DAY[400:-400:97]:
        assert base.add_working_days(day, 15) == calendar.add_working_days(day, 15)
        assert base.add_working_days(day, -3) == calendar.add_working_days(day, -3)
        assert base.is_holiday(day) == (
            calendar.why(day).kind
            not in {
                DayKind.WORKING,
                DayKind.WEEKEND,
                DayKind.WORKED_BY_ACT,
            }
        )


@pytest.mark.parametrize(
    ("day", "kind", "holiday"),
    [
        ("2026-08-30", DayKind.WEEKEND, ""),  # no Constitution Day in August from 2026
        ("2025-08-30", DayKind.HOLIDAY, "constitution_day"),
        ("2025-09-01", DayKind.SUBSTITUTE, "constitution_day"),
        ("2026-08-31", DayKind.WORKING, ""),
        ("2027-03-15", DayKind.HOLIDAY, "constitution_day"),
        ("2026-03-16", DayKind.WORKING, ""),
        ("2022-10-25", DayKind.HOLIDAY, "republic_day"),
        ("2021-10-25", DayKind.WORKING, ""),
        ("2022-12-01", DayKind.WORKING, ""),
        ("2021-12-01", DayKind.HOLIDAY, "first_president_day"),
        ("2022-01-03", DayKind.SUBSTITUTE, "new_year"),
        ("2022-01-04", DayKind.SUBSTITUTE, "new_year"),
        ("2022-07-09", DayKind.DAY_OFF, "kurban_ait"),  # a Saturday: not substituted
        ("2022-07-11", DayKind.WORKING, ""),
        ("2023-01-07", DayKind.DAY_OFF, "christmas"),  # a Saturday: not substituted
        ("2023-01-09", DayKind.WORKING, ""),
        ("2023-07-01", DayKind.WORKED_BY_ACT, ""),
        ("2023-07-07", DayKind.OFF_BY_ACT, ""),
        ("2025-01-05", DayKind.WORKED_BY_ACT, ""),
        ("2025-01-03", DayKind.OFF_BY_ACT, ""),
        ("2024-05-04", DayKind.WORKED_BY_ACT, ""),
        ("2026-05-27", DayKind.DAY_OFF, "kurban_ait"),
        ("2027-05-16", DayKind.DAY_OFF, "kurban_ait"),
    ],
)
def test_what_a_day_is(day: str, kind: DayKind, holiday: str) -> None:
    reason = shipped_calendar().why(date.fromisoformat(day))
    assert (reason.kind, reason.holiday) == (kind, holiday)


def test_a_reason_names_the_act_and_the_day_it_stands_for() -> None:
    calendar = shipped_calendar()
    assert calendar.why(date(2023, 7, 7)).act_ru == "Постановление Правительства РК 2023 года № 326"
    assert calendar.why(date(2022, 3, 5)).act_kk == "ҚР Үкіметінің 2021 жылғы 6 қазандағы № 713 қаулысы"
    assert calendar.why(date(2026, 3, 9)).instead_of == date(2026, 3, 8)
    assert calendar.why(date(2026, 3, 10)).working
    assert not calendar.why(date(2026, 5, 27)).provisional
    assert calendar.why(date(2027, 5, 16)).provisional
    assert 2027 in calendar.provisional_years()
    assert 2026 not in calendar.provisional_years()


def test_an_announced_kurban_ait_replaces_the_computed_day() -> None:
    calendar = WorkingCalendar(1, [DatedException(date(2028, 5, 4), ExceptionKind.KURBAN_AIT, "акт", "акт")])
    assert calendar.is_working_day(date(2028, 5, 5))
    assert not calendar.is_working_day(date(2028, 5, 4))


def test_two_firsts_of_kurban_ait_in_one_year_are_both_days_off() -> None:
    plain = WorkingCalendar()
    assert plain.why(date(2039, 1, 5)).holiday == plain.why(date(2039, 12, 26)).holiday == "kurban_ait"
    moved = WorkingCalendar(1, [DatedException(date(2039, 12, 27), ExceptionKind.KURBAN_AIT)])
    assert moved.is_working_day(date(2039, 12, 26))
    assert not moved.is_working_day(date(2039, 1, 5))


def test_an_act_speaks_last_even_on_a_substitute_day() -> None:
    calendar = WorkingCalendar(1, [DatedException(date(2026, 3, 9), ExceptionKind.WORKING_DAY, "акт", "акт")])
    assert calendar.is_working_day(date(2026, 3, 9))
    assert calendar.is_working_day(date(2026, 3, 10))


def test_days_by_zero_and_backwards() -> None:
    calendar = shipped_calendar()
    saturday, friday = date(2026, 11, 21), date(2026, 11, 20)
    assert calendar.add_working_days(saturday, 0) == date(2026, 11, 23)
    assert calendar.add_working_days(friday, 0) == friday
    assert calendar.add_working_days(saturday, -1) == friday
    assert calendar.add_working_days(friday, -1) == date(2026, 11, 19)
    assert calendar.working_days_between(friday, date(2026, 11, 24)) == 2
    assert calendar.working_days_between(date(2026, 11, 24), friday) == -2


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2041, 1, 1), date(1, 1, 1), date(9999, 12, 31)])
def test_outside_of_its_years_the_calendar_refuses_to_guess(day: date) -> None:
    calendar = shipped_calendar()
    for question in (calendar.is_working_day, calendar.why, calendar.next_working_day, calendar.on_or_after):
        with pytest.raises(OutsideCalendarError, match="2020-2040"):
            question(day)


@pytest.mark.parametrize(("day", "n"), [(date(2040, 12, 28), 15), (date(2020, 1, 3), -5)])
def test_a_term_that_leaves_the_calendar_is_refused(day: date, n: int) -> None:
    with pytest.raises(OutsideCalendarError):
        shipped_calendar().add_working_days(day, n)


def test_one_more_holiday_never_gives_an_earlier_date() -> None:
    plain = shipped_calendar()
    for extra in EVERY_DAY[2200:2600:7]:
        calendar = WorkingCalendar(1, [*shipped_exceptions(), DatedException(extra, ExceptionKind.DAY_OFF)])
        for start in (extra - timedelta(days=back) for back in (0, 1, 4, 10, 20, 30)):
            for n in (1, 2, 15):
                assert calendar.add_working_days(start, n) >= plain.add_working_days(start, n)
