"""Exceptions of the calendar as CSV: out and in again, all lines or none, each still confirmed by a second person."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from casework.deadlines import exception_file
from casework.deadlines.models import CalendarException, CalendarRevision
from casework.deadlines.shipped import shipped_exceptions
from foundation.accounts.models import Role
from foundation.journal.models import Fact
from foundation.kernel.refusals import BadInput

pytestmark = pytest.mark.django_db
URL = "/admin/calendar/exceptions.csv"
POST = "/calendar/exceptions/file/"
HEAD = "day;kind;act_ru;act_kk\n"
GOOD = HEAD + (
    "2027-05-16;kurban_ait;Приказ от 01.12.2026 № 5;2026 жылғы 1 желтоқсандағы № 5 бұйрық\n"
    "2027-03-09;day_off;Постановление № 7;№ 7 қаулы\n"
)


def send(open_page, text: str | bytes, who: str = "supervisor"):
    content = text if isinstance(text, bytes) else text.encode()
    post = {"next": "/admin/calendar/", "file": SimpleUploadedFile("a.csv", content)}
    return open_page(POST, who, post=post, follow=True)


def waiting() -> list[tuple[date, str]]:
    return list(CalendarException.objects.filter(revision=None).order_by("day").values_list("day", "kind"))


def test_what_goes_out_comes_in_and_adds_nothing(open_page):
    page = open_page("/admin/calendar/").content.decode()
    assert f'href="{URL}"' in page
    content = open_page(URL).getvalue()
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "day;kind;act_ru;act_kk;entered_by;confirmed_by;revision"
    assert len(lines) == 1 + len(shipped_exceptions())
    assert len(exception_file.read(content)) == len(shipped_exceptions())
    assert "Nothing new in the file" in send(open_page, content).content.decode()
    assert waiting() == []


def test_all_lines_wait_for_the_second_person(open_page, people):
    before = CalendarRevision.objects.count()
    assert "2 exceptions are entered" in send(open_page, GOOD).content.decode()
    assert waiting() == [(date(2027, 3, 9), "day_off"), (date(2027, 5, 16), "kurban_ait")]
    assert CalendarRevision.objects.count() == before
    assert Fact.objects.filter(kind="calendar.exception_entered").count() == 2
    assert "Nothing new in the file" in send(open_page, GOOD).content.decode()
    row = CalendarException.objects.get(day=date(2027, 5, 16), revision=None)
    assert (row.act_ru, row.entered_by) == ("Приказ от 01.12.2026 № 5", people["supervisor"])
    refused = open_page(f"/calendar/exceptions/{row.pk}/confirm/", post={"next": "/admin/calendar/"})
    assert refused.status_code == 403


def test_one_wrong_line_and_nothing_is_entered(open_page):
    wrong = (
        GOOD
        + "16.05.2027;day_off;a;b\n2027-06-01;holiday;a;b\n2027-06-02;day_off;;b\n1999-01-01;day_off;a;b\n"
    )
    page = send(open_page, wrong)
    html = page.content.decode()
    assert page.status_code == 422
    assert "Line 4: the date is written as 2027-05-16." in html
    assert "Line 5: the kind is one of day_off, working_day, kurban_ait." in html
    assert "Line 6: name the act in Kazakh and in Russian." in html
    assert waiting() == []
    page = send(open_page, GOOD + "1999-01-01;day_off;a;b\n").content.decode()
    assert "Line 4: The calendar covers" in page
    assert waiting() == []
    assert Fact.objects.filter(kind="calendar.exception_entered").count() == 0


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "The head lacks the columns day, kind, act_ru, act_kk."),
        (b"day;kind;act_ru\n", "The head lacks the columns act_kk."),
        (HEAD.encode(), "The file has no lines below its head."),
        (GOOD.encode("cp1251", "replace"), "The file is not in UTF-8."),
        (b"x" * 200_001, "The file is longer than 200 KB."),
        ((HEAD + "2027-03-09;day_off;a;b\n" * 501).encode(), "The file has more than 500 lines."),
        ((HEAD + f"2027-03-09;day_off;{'a' * 301};b\n").encode(), "longer than 300 letters"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, fault):
    with translation.override("en"), pytest.raises(BadInput) as refused:
        exception_file.read(content)
    assert fault in " ".join(str(line) for line in refused.value.fields["file"])


def test_commas_quotes_and_line_breaks_are_read():
    text = 'day,kind,act_ru,act_kk,more\r\n2027-03-09,day_off,"Приказ, № 1","№ 1, бұйрық",x\r\n'
    (entry,) = exception_file.read(text.encode())
    assert (entry.line, entry.act_ru, entry.act_kk) == (2, "Приказ, № 1", "№ 1, бұйрық")


def test_no_file_and_no_right(open_page):
    page = open_page(POST, post={"next": "/admin/calendar/"}, follow=True)
    html = page.content.decode()
    assert html.count("Choose a file.") == 2  # in the summary and beside the field
    assert "This field is required." not in html
    assert re.search(r'<input type="file"[^>]* required', html)
    for role in Role:
        if role != Role.SUPERVISOR:
            assert send(open_page, GOOD, str(role)).status_code == 403
    assert waiting() == []
