"""Reference data: entered by one, looked at beside the row before it, published by another; nothing is edited."""

from datetime import date
from decimal import Decimal

import pytest

from foundation.rulebook import selectors
from foundation.rulebook.models import FixedText, MonthlyIndex

pytestmark = pytest.mark.django_db
NEXT = {"valid_from": "2027-01-01", "citation": "TC 616", "tenge": "4500", "translation": "ours"}


@pytest.fixture
def index():
    """The index in force on the test's day, the last of its table."""
    return MonthlyIndex.objects.get(valid_from=date(2026, 1, 1))


def address(row: object, act: str = "") -> str:
    return f"/admin/reference/indices/{row.pk}/{act}"  # type: ignore[attr-defined]  # a row of the table


def test_an_index_is_entered_compared_and_published_by_another(index, open_page):
    page = open_page(address(index)).content.decode()
    assert "Enter the row that follows" in page
    entered = open_page(address(index, "propose/"), post=NEXT, follow=True).content.decode()
    assert "It works once a second person has confirmed it." in entered
    row = MonthlyIndex.objects.get(valid_from=date(2027, 1, 1))
    assert (row.code, row.published_at, row.tenge) == ("mrp", None, Decimal(4500))
    assert selectors.pack(date(2027, 1, 4)).mrp(date(2027, 1, 4)).tenge == Decimal(4325)
    assert "You entered this row yourself" in entered
    assert "Confirm as the second person" not in entered

    preview = open_page(address(row), "second")
    assert [(fee.service, fee.sub_kind, fee.before, fee.then) for fee in preview.context["fees"]] == [
        ("new", "I", Decimal("8650000.00"), Decimal("9000000.00")),
        ("new", "II", Decimal("21625.00"), Decimal("22500.00")),
        ("reissue", "I", Decimal("865000.00"), Decimal("900000.00")),
        ("reissue", "II", Decimal("2162.50"), Decimal("2250.00")),
    ]
    assert [field.now for field in preview.context["fields"] if field.differs] == ["4500"]
    assert open_page(address(row, "confirm/"), post={}).status_code == 403  # by the one who entered it
    for who in ("executor", "auditor"):
        assert open_page(address(row, "confirm/"), who, post={}).status_code == 403
    assert MonthlyIndex.objects.get(pk=row.pk).published_at is None

    done = open_page(address(row, "confirm/"), "second", post={}, follow=True).content.decode()
    assert "Cases keep the rules of their registration day." in done
    pack = selectors.pack(date(2027, 1, 4))
    assert (pack.mrp(date(2026, 12, 31)).tenge, pack.mrp(date(2027, 1, 1)).tenge) == (
        Decimal(4325),
        Decimal(4500),
    )
    assert open_page(address(row, "confirm/"), "head", post={}).status_code == 404  # published already
    assert (
        open_page(address(index, "propose/"), post=NEXT).status_code == 404
    )  # only the last row is followed


def test_what_is_refused_keeps_what_was_typed_and_writes_nothing(index, open_page):
    for wrong in ({"tenge": "many"}, {"valid_from": "2026-01-01"}, {"citation": ""}):
        page = open_page(address(index, "propose/"), post={**NEXT, **wrong})
        assert page.status_code == 422
        assert 'class="error-summary"' in page.content.decode()
    assert MonthlyIndex.objects.filter(published_at=None).count() == 0
    for who in ("executor", "auditor", "head", "applicant"):
        assert open_page(address(index, "propose/"), who, post=NEXT).status_code == 403


def test_an_entry_is_withdrawn_and_a_published_row_is_not(index, open_page):
    open_page(address(index, "propose/"), post=NEXT)
    row = MonthlyIndex.objects.get(published_at=None)
    assert open_page(address(row, "withdraw/"), post={}, follow=True).status_code == 200
    assert not MonthlyIndex.objects.filter(pk=row.pk).exists()
    assert open_page(address(index, "withdraw/"), post={}).status_code == 404
    assert MonthlyIndex.objects.filter(pk=index.pk).exists()


def test_every_table_opens_and_says_what_waits(index, open_page):
    open_page(address(index, "propose/"), post=NEXT)
    page = open_page("/admin/reference/")
    assert page.context["lines"][0].state == "waiting"
    for line in page.context["tables"]:
        shown = open_page(f"/admin/reference/?table={line.name}", "auditor")
        assert shown.status_code == 200
        first = shown.context["lines"][0].row
        for language in ("kk", "ru"):
            opened = open_page(f"/admin/reference/{line.name}/{first.pk}/", language=language)
            assert opened.status_code == 200
    text = FixedText.objects.filter(valid_to=None).first()
    assert open_page(f"/admin/reference/texts/{text.pk}/", "auditor").context["form"] is None
    assert open_page("/admin/reference/?table=nothing").status_code == 404
    assert open_page("/admin/reference/indices/0/").status_code == 404
