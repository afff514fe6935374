"""The calendar page: the balance, entering by one, the preview of what moves, confirming by another."""

from collections import Counter
from datetime import date, datetime

import pytest

from casework.deadlines import services
from casework.deadlines.balance import OFFICIAL
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import CalendarException, CalendarRevision, Term
from casework.deadlines.rules import ALMATY
from casework.deadlines.shipped import shipped_exceptions
from desks.supervisor.selectors import calendar as read
from tests.desks.supervisor.conftest import AT, add_term, half_past_six

pytestmark = pytest.mark.django_db
ENTRY = {
    "day": "2026-03-18",
    "kind": "day_off",
    "act_ru": "Постановление от 01.03.2026 № 1",
    "act_kk": "2026 жылғы 1 наурыздағы № 1 қаулы",
    "next": "/admin/calendar/",
}


def test_every_month_agrees_with_the_official_balance(open_page):
    years = {year.number: year for year in read.years(AT)}
    assert sorted(OFFICIAL) == [2022, 2023, 2024, 2025, 2026, 2027]
    for number, figures in OFFICIAL.items():
        assert tuple(month.counted for month in years[number].months) == figures
        assert not years[number].differs
    assert [number for number, year in years.items() if year.provisional] == [2027]
    html = open_page("/admin/calendar/").content.decode()
    assert html.count("agrees") == 6
    assert "differs" not in html


def test_a_month_that_differs_is_shown(monkeypatch, open_page):
    monkeypatch.setitem(OFFICIAL, 2026, (20, *OFFICIAL[2026][1:]))
    html = open_page("/admin/calendar/").content.decode()
    assert "≠ 20" in html
    assert "differs" in html


def test_entered_previewed_confirmed(make_case, people, open_page):
    case = make_case(registered_on=date(2026, 3, 11))
    # fifteen working days after 11 March 2026, with Nauryz between
    due = WorkingCalendar(1, shipped_exceptions()).add_working_days(date(2026, 3, 11), 15)
    term = add_term(case, "service", half_past_six(due.isoformat()))
    Term.objects.filter(pk=term.pk).update(n=15)

    page = open_page("/calendar/exceptions/", post=ENTRY, follow=True)
    assert "It works once a second person has confirmed it." in page.content.decode()
    row = CalendarException.objects.get(revision=None)
    assert (row.day, row.entered_by) == (date(2026, 3, 18), people["supervisor"])
    address = f"/admin/calendar/exceptions/{row.pk}/"

    preview = open_page(address, "second")
    (move,) = preview.context["moves"]
    assert (move.old, move.count, move.days > 0) == (due, 1, True)
    assert "Confirm as the second person" in preview.content.decode()
    assert "Confirm as the second person" not in open_page(address).content.decode()
    assert "Confirm as the second person" not in open_page(address, "auditor").content.decode()

    confirm = f"/calendar/exceptions/{row.pk}/confirm/"
    newest = CalendarRevision.objects.count()
    assert open_page(confirm, post={"next": address}).status_code == 403  # by the one who entered it
    assert open_page(confirm, "executor", post={"next": address}).status_code == 403
    assert CalendarRevision.objects.count() == newest
    done = open_page(confirm, "second", post={"next": address}, follow=True)
    assert f"revision {newest + 1} of the calendar" in done.content.decode()
    term.refresh_from_db()
    assert term.due_on == move.new
    again = open_page(confirm, "head", post={"next": address}, follow=True)
    assert "This exception is confirmed already." in again.content.decode()
    assert CalendarRevision.objects.count() == newest + 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "31.02.2026"}, "Enter a valid date."),
        ({"day": "2051-01-01"}, "The calendar covers 2020-2040"),
        ({"act_kk": "  "}, "This field is required."),
        ({"kind": "holiday"}, "Select a valid choice."),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(open_page, people, wrong, said):
    page = open_page("/calendar/exceptions/", post=ENTRY | wrong, follow=True)
    html = page.content.decode()
    assert page.status_code == 422
    assert said in html
    assert "Постановление от 01.03.2026 № 1" in html
    assert not CalendarException.objects.filter(revision=None).exists()


@pytest.mark.parametrize("who", ["executor", "head", "auditor", "applicant"])
def test_only_a_supervisor_enters(open_page, who):
    assert open_page("/calendar/exceptions/", who, post=ENTRY).status_code == 403
    assert not CalendarException.objects.filter(revision=None).exists()


def test_no_way_out_of_the_portal(open_page):
    page = open_page("/calendar/exceptions/", post=ENTRY | {"next": "https://elsewhere.example/"})
    assert page["Location"] == "/"


def test_unknown_exception(open_page):
    assert open_page("/admin/calendar/exceptions/999999/").status_code == 404
    assert open_page("/calendar/exceptions/999999/confirm/", post={}).status_code == 404


def test_the_preview_says_what_the_confirmation_does(make_case, people):
    """Also of the hearing notice and the review, which follow the end of the service term."""
    for day in (9, 10, 11, 12):
        case = make_case(registered_on=date(2026, 3, day))
        received = datetime(2026, 3, day, 10, tzinfo=ALMATY)
        services.open_terms_of_application(
            case=case, received_at=received, registered_on=case.registered_on, at=received
        )
        services.open_review(case=case, decided_on=date(2026, 3, day), at=received)
    before = dict(Term.objects.values_list("pk", "due_on"))
    moved_codes = set()
    for off in (date(2026, 3, 26), date(2026, 3, 30), date(2026, 4, 1)):
        row = services.enter_exception(
            day=off, kind="day_off", act_ru="№ 1", act_kk="№ 1", by=people["supervisor"], at=AT
        )
        said: Counter[tuple[str, date, date]] = Counter()
        for move in services.moves_by(row, AT):
            said[move.code, move.old_due_on, move.new_due_on] += move.count
        services.confirm_exception(exception_id=row.pk, by=people["second"], at=AT)
        after = dict(Term.objects.values_list("pk", "due_on"))
        codes = dict(Term.objects.values_list("pk", "code"))
        done = Counter((codes[pk], before[pk], day) for pk, day in after.items() if day != before[pk])
        assert said == done
        moved_codes |= {code for code, _old, _new in done}
        before = after
    assert moved_codes == {"service", "hearing_notice", "review"}
