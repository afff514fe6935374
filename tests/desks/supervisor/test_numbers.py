"""Every number of the dashboard equals a bare SQL count written here on its own, and the list behind it is as long."""

import csv
import io
import re
from collections import defaultdict
from datetime import date, datetime, time
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.models import CalendarRevision, MonthTally, Term
from casework.deadlines.rules import ALMATY
from casework.deadlines.services import keep_month_tallies
from casework.deadlines.shipped import shipped_exceptions
from casework.deadlines.statuses import AUTHORITY_CODES
from tests.desks.supervisor.conftest import AT

pytestmark = pytest.mark.django_db
BUCKETS = {
    "overdue": ("2000-01-01 00:00", "2026-03-11 12:00"),
    "today": ("2026-03-11 12:00", "2026-03-12 00:00"),
    "tomorrow": ("2026-03-12 00:00", "2026-03-13 00:00"),
    "week": ("2026-03-13 00:00", "2026-03-16 00:00"),
    "later": ("2026-03-16 00:00", "2100-01-01 00:00"),
    "total": ("2000-01-01 00:00", "2100-01-01 00:00"),
}
OWED = """
    SELECT count(*) FROM deadlines_term t JOIN cases_case c ON c.id = t.case_id
    WHERE c.is_open AND t.code = ANY(%s)
      AND (t.state = 'open' OR (t.state IN ('breached', 'missed') AND t.met_at IS NULL
           AND t.code NOT IN ('completeness', 'hearing_notice')))
      AND t.due_at >= %s AND t.due_at < %s
"""


CLOSED = """
    SELECT count(*) FROM cases_case WHERE registered_on IS NOT NULL
      AND to_char(closed_at AT TIME ZONE 'Asia/Almaty', 'YYYY-MM') = %s
"""


def shown(html: str) -> dict[str, str]:
    """Every number of the page by its key."""
    return {key: unescape(text) for key, text in re.findall(r'data-number="([^"]+)">([^<]*)<', html)}


def links(html: str) -> dict[str, str]:
    return {key: unescape(url) for url, key in re.findall(r'href="([^"]+)" data-number="([^"]+)"', html)}


def count(sql: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        (found,) = cursor.fetchone()
    return int(found)


def owed(bucket: str, more: str = "", *values: Any) -> int:
    edges = [datetime.fromisoformat(edge).replace(tzinfo=ALMATY) for edge in BUCKETS[bucket]]
    return count(OWED + more, list(AUTHORITY_CODES), *edges, *values)


def test_every_bucket_by_officer_stage_and_form(filled, people, open_page):
    numbers = shown(open_page("/admin/dashboard/").content.decode())
    for bucket in BUCKETS:
        if bucket != "total":
            assert numbers[f"all.{bucket}"] == str(owed(bucket)), bucket
        for row in ("officers", "stages", "forms"):
            assert numbers[f"{row}.{bucket}"] == str(owed(bucket)), (row, bucket)
        for who in ("executor", "executor2"):
            key = f"executor_id.{people[who].pk}.{bucket}"
            assert numbers[key] == str(owed(bucket, " AND c.executor_id = %s", str(people[who].pk))), key
        assert numbers[f"executor_id.None.{bucket}"] == str(owed(bucket, " AND c.executor_id IS NULL"))
        for code in ("service", "review"):
            assert numbers[f"code.{code}.{bucket}"] == str(owed(bucket, " AND t.code = %s", code))
        for form in ("1", "2", "9"):
            assert numbers[f"form.{form}.{bucket}"] == str(owed(bucket, " AND c.form = %s", form))
    assert int(numbers["officers.total"]) > 60


def test_months(filled, open_page):
    numbers = shown(open_page("/admin/dashboard/").content.decode())
    months = sorted({key.split(".")[1] for key in numbers if key.startswith("month.")})
    assert (len(months), months[0], months[-1]) == (12, "2025-04", "2026-03")
    sql = """
        SELECT count(*) FROM deadlines_term WHERE code = ANY(%s) AND state = %s
          AND to_char(coalesce(passed_at, met_at) AT TIME ZONE 'Asia/Almaty', 'YYYY-MM') = %s
    """
    for month in months:
        service, every = ["service"], list(AUTHORITY_CODES)
        good, late = count(sql, service, "met", month), count(sql, service, "breached", month)
        expected = {
            "breached": str(count(sql, every, "breached", month)),
            "missed": str(count(sql, every, "missed", month)),
            "in_time": str(good),
            "late": str(late),
            "share": f"{100 * good / (good + late):.1f} %".replace(".", ",").replace(",0 %", " %"),
            "registered": str(
                count("SELECT count(*) FROM cases_case WHERE to_char(registered_on, 'YYYY-MM') = %s", month)
            ),
            "closed": str(count(CLOSED, month)),
        }
        assert {name: numbers[f"month.{month}.{name}"] for name in expected} == expected, month
    assert numbers["month.2026-01.in_time"] == "4"  # with the one of half past midnight of 1 January


def test_times_of_stages(filled, open_page):
    """Days listed one by one in SQL and counted by the calendar; the median is the least that covers the half."""
    numbers = shown(open_page("/admin/dashboard/").content.decode())
    calendar = WorkingCalendar(1, shipped_exceptions())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, start, met_at FROM deadlines_term WHERE met_at >= '2025-04-01 00:00+05'"
            " AND state IN ('met', 'breached', 'missed') AND code IN ('service', 'completeness', 'review')"
        )
        rows = cursor.fetchall()
    took = defaultdict(list)
    for code, start, met_at in rows:
        local = met_at.astimezone(ALMATY)
        day = calendar.on_or_after(local.date())
        if local.time() >= time(18, 30, 1) and day == local.date():
            day = calendar.next_working_day(day)
        took[code].append(max(calendar.working_days_between(start, day), 0))
    assert sorted(took) == ["completeness", "service"]
    for code, days in took.items():
        ordered = sorted(days)
        expected = {
            "count": len(days),
            "median": ordered[(len(days) + 1) // 2 - 1],
            "most": ordered[-(-9 * len(days) // 10) - 1],
            "longest": ordered[-1],
        }
        assert {name: int(numbers[f"stage.{code}.{name}"]) for name in expected} == expected, code


def test_months_that_are_over_are_counted_once_and_say_the_same(filled, open_page):
    """Kept by the watch; a month with something still running waits; a revised calendar lets all go."""
    before = shown(open_page("/admin/dashboard/").content.decode())
    assert keep_month_tallies(AT) == 11
    assert keep_month_tallies(AT) == 0
    with CaptureQueriesContext(connection) as queries:
        assert shown(open_page("/admin/dashboard/").content.decode()) == before
    (ended,) = [query["sql"] for query in queries if '"is_service"' in query["sql"]]
    assert ">= '2026-03-01T00:00:00+05:00'" in ended  # only the month that runs is read from the rows
    assert "2026-02-01" not in ended

    assert keep_month_tallies(datetime(2026, 1, 20, 12, tzinfo=ALMATY)) == 11  # the demo clock went back
    assert MonthTally.objects.order_by("-first_day")[0].first_day == date(2025, 12, 1)
    MonthTally.objects.all().delete()
    Term.objects.filter(code="service", state="met", due_on="2025-08-10").update(state="open", met_at=None)
    assert keep_month_tallies(AT) == 4
    assert MonthTally.objects.order_by("-first_day")[0].first_day == date(2025, 7, 1)
    number = CalendarRevision.objects.create(number=2, in_force_at=AT).number
    assert keep_month_tallies(AT) == 4
    assert set(MonthTally.objects.values_list("calendar_revision", flat=True)) == {number}


def test_ages(filled, open_page):
    """Registered 12 January to 12 March, one a day; Women's Day of 8 March, a Sunday, makes the 9th off."""
    numbers = shown(open_page("/admin/dashboard/").content.decode())
    total = count("SELECT count(*) FROM cases_case WHERE is_open AND registered_on IS NOT NULL")
    bounds = {"0-5": ("2026-03-03", "2100-01-01"), "6-10": ("2026-02-24", "2026-03-03")}
    for code, edges in bounds.items():
        sql = "SELECT count(*) FROM cases_case WHERE is_open AND registered_on >= %s AND registered_on < %s"
        assert numbers[f"age.{code}"] == str(count(sql, *edges)), code
    assert sum(int(numbers[f"age.{code}"]) for code in ("0-5", "6-10", "11-15", "16-")) == total == 60
    assert numbers["age.total"] == "60"


def test_behind_each_number_stands_a_list_of_that_length(filled, open_page):
    html = open_page("/admin/dashboard/").content.decode()
    numbers, found = shown(html), links(html)
    assert len(found) > 60
    for key, url in found.items():
        page = open_page(url)
        assert page.context["page"].paginator.count == int(numbers[key]), (key, url)


def test_the_csv_says_the_same(filled, people, open_page):
    html = open_page("/admin/dashboard/").content.decode()
    numbers = shown(html)
    response = open_page("/admin/dashboard/officers.csv")
    assert response["Content-Disposition"] == 'attachment; filename="deadlines-officers-2026-03-11.csv"'
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Officer", "Overdue", "Due today", "Tomorrow", "Rest of the week", "Later", "Total"]
    key = f"executor_id.{people['executor'].pk}"
    assert [people["executor"].short_name, *(numbers[f"{key}.{name}"] for name in BUCKETS)] in rows
    assert rows[-1] == ["Total", *(numbers[f"officers.{name}"] for name in BUCKETS)]
    listed = open_page("/admin/dashboard/terms.csv?due=overdue").getvalue().decode("utf-8-sig")
    assert len(listed.splitlines()) == 1 + int(numbers["all.overdue"])
    for code in ("stages", "forms", "months", "times", "ages"):
        assert open_page(f"/admin/dashboard/{code}.csv").status_code == 200
    assert open_page("/admin/dashboard/nothing.csv").status_code == 404


@pytest.mark.parametrize(
    "url", ["/admin/dashboard/", "/admin/dashboard/terms/", "/admin/dashboard/cases/", "/admin/calendar/"]
)
def test_at_most_fifteen_queries(filled, open_page, browser, url):
    browser("supervisor")
    with CaptureQueriesContext(connection) as queries:
        assert open_page(url).status_code == 200
    assert len(queries) <= 15, "\n".join(query["sql"][:150] for query in queries)


def test_a_name_that_a_spreadsheet_would_compute_stays_text(make_case, people, open_page):
    people["executor"].surname = "=1+1"
    people["executor"].save(update_fields=["surname"])
    text = open_page("/admin/dashboard/officers.csv").getvalue().decode("utf-8-sig")
    assert "'=1+1 A." in text
