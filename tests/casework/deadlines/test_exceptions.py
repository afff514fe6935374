"""A new day off by act: entered by one person, confirmed by another, and the right open terms move."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.test import Client

from casework.cases.models import Case
from casework.deadlines import selectors, services
from casework.deadlines.models import CalendarException, CalendarRevision, Term
from casework.deadlines.rules import Track
from casework.deadlines.shipped import shipped_exceptions
from foundation.accounts.models import Role
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput, Conflict, NotPermitted
from tests.casework.deadlines.term_people import FILED, almaty, explained, make_person

pytestmark = pytest.mark.django_db
REGISTERED = FILED.date()
DAY = date(2026, 3, 27)  # a Friday within the service term of FILED
AT = almaty("2026-03-12 10:00")
ACT = {"act_ru": "Постановление № 1", "act_kk": "№ 1 қаулы"}


def open_all(case: Case, registered: date = REGISTERED) -> None:
    services.open_terms_of_application(
        case=case, received_at=FILED, registered_on=registered, at=FILED, track=Track.NEW
    )


def enter(kind: str = "day_off", day: date = DAY, login: str = "saule") -> CalendarException:
    return services.enter_exception(day=day, kind=kind, by=make_person(login, Role.SUPERVISOR), at=AT, **ACT)


def test_the_table_begins_with_the_shipped_acts_as_revision_1() -> None:
    assert CalendarRevision.objects.get().number == 1
    assert CalendarException.objects.filter(revision=1, shipped=True).count() == len(shipped_exceptions())
    calendar = selectors.current_calendar()
    assert calendar.revision == 1
    assert not calendar.is_working_day(date(2023, 7, 7))


def test_without_a_row_the_shipped_acts_count() -> None:
    CalendarException.objects.all().delete()
    CalendarRevision.objects.all().delete()
    assert selectors.current_calendar().revision == 0
    assert not selectors.current_calendar().is_working_day(date(2023, 7, 7))


def test_what_is_entered_counts_only_when_a_second_person_confirmed_it() -> None:
    row = enter()
    assert selectors.current_calendar().is_working_day(DAY)
    assert CalendarException.objects.get(revision=None) == row
    revision = services.confirm_exception(exception_id=row.pk, by=make_person("marat", Role.HEAD), at=AT)
    assert revision.number == 2
    calendar = selectors.current_calendar()
    assert (calendar.revision, calendar.is_working_day(DAY), calendar.why(DAY).act_kk) == (
        2,
        False,
        "№ 1 қаулы",
    )
    assert selectors.calendar_of(1).is_working_day(DAY)


def test_nobody_confirms_their_own_row_and_the_database_holds_it_too() -> None:
    saule = make_person("saule", Role.SUPERVISOR)
    row = services.enter_exception(day=DAY, kind="day_off", by=saule, at=AT, **ACT)
    with pytest.raises(NotPermitted, match=r"yourself|сам|өзіңіз"):
        services.confirm_exception(exception_id=row.pk, by=saule, at=AT)
    row.refresh_from_db()
    assert (row.revision, row.confirmed_by) == (None, None)
    assert CalendarRevision.objects.count() == 1
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        CalendarException.objects.filter(pk=row.pk).update(confirmed_by=saule, confirmed_at=AT, revision=1)


def test_an_executor_neither_enters_nor_confirms() -> None:
    executor = make_person("bolat", Role.EXECUTOR)
    with pytest.raises(NotPermitted):
        services.enter_exception(day=DAY, kind="day_off", by=executor, at=AT, **ACT)
    row = enter()
    with pytest.raises(NotPermitted):
        services.confirm_exception(exception_id=row.pk, by=executor, at=AT)
    assert CalendarException.objects.filter(shipped=False).count() == 1
    assert selectors.current_calendar().revision == 1


def test_done_twice_and_bad_input() -> None:
    row = enter()
    marat = make_person("marat", Role.HEAD)
    services.confirm_exception(exception_id=row.pk, by=marat, at=AT)
    with pytest.raises(Conflict):
        services.confirm_exception(exception_id=row.pk, by=marat, at=AT)
    assert row.entered_by is not None
    with pytest.raises(BadInput) as caught:
        services.enter_exception(
            day=date(2041, 1, 1), kind="holiday", act_ru=" ", act_kk="", by=row.entered_by, at=AT
        )
    assert set(caught.value.fields) == {"day", "kind", "act_ru", "act_kk"}
    assert CalendarException.objects.filter(shipped=False).count() == 1


def test_a_new_day_off_moves_exactly_the_open_terms_it_should(make_case: Callable[..., Case]) -> None:
    moved, past, after = make_case(), make_case(), make_case()
    open_all(moved)
    open_all(past)
    services.meet_term(case=past, code="service", at=AT)
    open_all(after, date(2026, 3, 27))
    services.watch(AT)  # completeness of the first two is breached by now and must stay
    row = enter()
    expected = [("service", date(2026, 4, 2), date(2026, 4, 3), 1)]
    moves = services.moves_by(row, AT)
    assert [(m.code, m.old_due_on, m.new_due_on, m.count) for m in moves if m.code == "service"] == expected
    services.confirm_exception(exception_id=row.pk, by=make_person("marat", Role.HEAD), at=AT)
    found = {term.code: term for term in selectors.terms_of(moved.pk)}
    assert found["service"].due_at == almaty("2026-04-03 18:30")
    assert found["service"].calendar_revision == 2
    assert (found["hearing_notice"].start, found["hearing_notice"].due_on) == (
        date(2026, 4, 3),
        date(2026, 3, 31),
    )
    assert (found["completeness"].due_on, found["completeness"].state) == (date(2026, 3, 11), "breached")
    service_met = selectors.latest_term(past.pk, "service")
    assert service_met is not None
    assert (service_met.due_on, service_met.calendar_revision) == (date(2026, 4, 2), 1)
    assert {t.due_on for t in selectors.terms_of(after.pk) if t.code == "service"} == {date(2026, 4, 17)}
    fact = Fact.objects.get(kind="calendar.revised")
    assert fact.payload["moved"] == Term.objects.filter(calendar_revision=2).count()
    for term in Term.objects.all():
        assert explained(term).days[-1].date == term.due_on


def test_a_later_act_of_the_same_date_replaces_the_first_and_moves_back(case: Case) -> None:
    open_all(case)
    marat = make_person("marat", Role.HEAD)
    services.confirm_exception(exception_id=enter().pk, by=marat, at=AT)
    services.confirm_exception(exception_id=enter("working_day", login="dina").pk, by=marat, at=AT)
    assert selectors.current_calendar().revision == 3
    assert selectors.current_calendar().is_working_day(DAY)
    assert not selectors.calendar_of(2).is_working_day(DAY)
    term = selectors.open_term_of(case.pk, "service")
    assert term is not None
    assert (term.due_on, term.calendar_revision) == (date(2026, 4, 2), 3)


def test_review_follows_the_service_end_that_caps_it(case: Case) -> None:
    open_all(case)
    services.meet_term(case=case, code="completeness", at=almaty("2026-03-11 12:00"))
    services.open_review(case=case, decided_on=date(2026, 3, 11), at=almaty("2026-03-11 12:00"))
    services.confirm_exception(exception_id=enter().pk, by=make_person("marat", Role.HEAD), at=AT)
    review = selectors.open_term_of(case.pk, "review")
    assert review is not None
    assert (review.due_on, review.not_after) == (date(2026, 4, 3), date(2026, 4, 3))


def test_from_december_the_next_year_is_asked_for() -> None:
    assert selectors.next_year_unconfirmed(almaty("2026-11-30 10:00")) is None
    assert selectors.next_year_unconfirmed(almaty("2026-12-01 10:00")) == 2027
    row = enter("kurban_ait", date(2027, 5, 16))
    services.confirm_exception(exception_id=row.pk, by=make_person("marat", Role.HEAD), at=AT)
    assert selectors.next_year_unconfirmed(almaty("2026-12-01 10:00")) is None


def test_in_the_back_office_a_supervisor_enters_and_a_head_confirms(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path  # nothing is collected for tests
    model_admin = admin.site._registry[CalendarException]
    saule, marat = make_person("saule", Role.SUPERVISOR), make_person("marat", Role.HEAD)
    for person in (saule, marat):
        person.is_staff = person.is_superuser = True
        person.save()
    client.force_login(saule)
    data = {"day": "2026-03-27", "kind": "day_off", **ACT}
    answer = client.post("/admin/deadlines/calendarexception/add/", data)
    assert answer.status_code == 302, answer.content[:2000]
    row = CalendarException.objects.get(shipped=False)
    assert (row.entered_by, row.confirmed_by) == (saule, None)
    confirm = {"action": "confirm", "_selected_action": [row.pk]}
    client.post("/admin/deadlines/calendarexception/", confirm)
    row.refresh_from_db()
    assert not row.confirmed
    client.force_login(marat)
    client.post("/admin/deadlines/calendarexception/", confirm)
    row.refresh_from_db()
    assert (row.confirmed_by, row.revision_id) == (marat, 2)
    assert "day" in model_admin.get_readonly_fields(None, row)  # type: ignore[arg-type]
