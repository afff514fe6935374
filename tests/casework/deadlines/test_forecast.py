"""The forecast: three situations computed by hand, to the case (Annex 3/4)."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from casework.cases.models import Case
from casework.deadlines import services
from casework.deadlines.forecast import forecast
from casework.deadlines.models import Term
from casework.deadlines.rules import Track
from casework.deadlines.rules.forecast import Pace, Pending, expect, horizon, pace_of
from casework.deadlines.shipped import shipped_calendar
from foundation.accounts.models import Role
from tests.casework.deadlines.term_people import almaty, make_person

CAL = shipped_calendar()
TODAY = date(2026, 11, 2)  # a Monday
# registered on 2 November: fifteen working days end on the 23rd
FRESH = Pending(uuid4(), None, "new", TODAY, date(2026, 11, 23))
# registered on 12 October: 26 October is off for Republic Day on a Sunday, so the term ends on 3 November
OLD = Pending(uuid4(), None, "new", date(2026, 10, 12), date(2026, 11, 3))


@pytest.mark.parametrize(
    ("days", "ends_on", "breach"),
    [(15, date(2026, 11, 23), False), (16, date(2026, 11, 24), True), (2, date(2026, 11, 4), False)],
)
def test_a_pace_of_one_day_more_than_the_term_breaks_it(days: int, ends_on: date, breach: bool) -> None:
    found = expect(FRESH, Pace(days, 20), TODAY, CAL)
    assert (found.ends_on, found.breach) == (ends_on, breach)


def test_a_case_that_took_longer_than_the_pace_ends_today_at_the_earliest() -> None:
    """Ten days from 12 October were over on 27 October; today is 2 November, the term ends on the 3rd."""
    found = expect(OLD, Pace(10, 20), TODAY, CAL)
    assert (found.ends_on, found.breach) == (TODAY, False)
    assert expect(OLD, Pace(16, 20), TODAY, CAL).ends_on == date(2026, 11, 4)
    assert expect(OLD, Pace(16, 20), TODAY, CAL).breach


def test_one_officer_more_or_less() -> None:
    """Two officers need 16 days; three need 11 (10.67 rounded up): 17 November; one alone needs 32."""
    pace = Pace(16, 20)
    assert expect(FRESH, pace.with_officers(2, 3), TODAY, CAL).ends_on == date(2026, 11, 17)
    assert expect(FRESH, pace.with_officers(2, 1), TODAY, CAL).pace.days == 32
    assert expect(FRESH, Pace(15, 20).with_officers(2, 1), TODAY, CAL).breach
    assert pace.with_officers(2, 2) == pace


def test_the_pace_is_the_median_of_the_last_twenty_else_the_bodys() -> None:
    assert pace_of([3, 9, 4], [15]) == Pace(4, 3)
    assert pace_of([3, 4], [15]) == Pace(4, 2)  # 3.5 is rounded up: it is not done before
    assert pace_of([1] * 20 + [99] * 30, []) == Pace(1, 20)
    assert pace_of([], [15, 13]) == Pace(14, 2, of_body=True)
    assert pace_of([], []) is None


def test_the_horizon_is_fifteen_working_days() -> None:
    assert horizon(TODAY, CAL) == date(2026, 11, 23)


@pytest.mark.django_db
def test_the_rows_give_each_officer_their_own_pace(make_case: Callable[..., Case]) -> None:
    bolat, marat = make_person("bolat", Role.EXECUTOR), make_person("marat", Role.EXECUTOR)

    def one(on: date, executor: object, closed: datetime | None = None) -> Case:
        case = make_case(executor=executor, registered_on=on)
        start = datetime.combine(on, almaty("2026-11-02 12:00").timetz())
        services.open_term(case=case, code="service", start=on, at=start, track=Track.NEW)
        if closed is not None:
            services.meet_term(case=case, code="service", at=closed)
            Case.objects.filter(pk=case.pk).update(is_open=False, closed_at=closed)
        return case

    # Bolat's one closed case took 17 working days from 1 October (26 October is off): he ends on the 25th
    one(date(2026, 10, 1), bolat, almaty("2026-10-27 10:00"))
    late, fresh, unassigned = one(TODAY, bolat), one(TODAY, marat), one(TODAY, None)
    found = forecast(almaty("2026-11-02 12:30"))
    assert {(case.case.case_id, case.pace.days, case.pace.of_body) for case in found.cases} == {
        (late.pk, 17, False),
        (fresh.pk, 17, True),
        (unassigned.pk, 17, True),
    }
    assert {case.ends_on for case in found.breaches} == {date(2026, 11, 25)}
    assert found.by_officer() == {bolat.pk: 1, marat.pk: 1, None: 1}
    relieved = forecast(almaty("2026-11-02 12:30"), more=1)  # 17 · 2 / 3 = 11.3: twelve days
    assert (relieved.officers, relieved.officers_then, relieved.breaches) == (2, 3, ())
    assert {case.pace.days for case in relieved.cases} == {12}
    assert Term.objects.filter(state="open").count() == 3
