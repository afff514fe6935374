"""The page of outages: recorded by one person, ended, confirmed by another, shown to anyone."""

import pytest

from casework.deadlines.models import Outage

pytestmark = pytest.mark.django_db
PAGE, RECORD = "/admin/calendar/outages/", "/calendar/outages/"
ENTRY = {
    "began_at": "2026-03-10T09:00",
    "ended_at": "",
    "what_ru": "Подписание",
    "what_kk": "Қол қою",
    "next": PAGE,
}


def test_recorded_ended_confirmed_and_shown(open_page, people):
    assert "It is shown beside the terms once" in open_page(RECORD, post=ENTRY, follow=True).content.decode()
    row = Outage.objects.get()
    assert (row.began_at.isoformat(), row.recorded_by) == ("2026-03-10T04:00:00+00:00", people["supervisor"])
    end = f"{RECORD}{row.pk}/end/"
    page = open_page(end, post={"ended_at": "2026-03-10T08:00", "next": PAGE}, follow=True)
    assert page.status_code == 422
    assert "The end lies before the beginning." in page.content.decode()
    open_page(end, post={"ended_at": "2026-03-10T14:00", "next": PAGE})
    confirm = f"{RECORD}{row.pk}/confirm/"
    assert open_page(confirm, post={"next": PAGE}).status_code == 403  # by who recorded it
    assert "Confirm as the second person" not in open_page(PAGE).content.decode()
    assert "Confirm as the second person" in open_page(PAGE, "head").content.decode()
    assert "Қол қою" not in open_page("/service/", None, language="kk").content.decode()
    open_page(confirm, "head", post={"next": PAGE})
    row.refresh_from_db()
    assert row.confirmed_by == people["head"]
    assert "Қол қою" in open_page("/service/", None, language="kk").content.decode()


@pytest.mark.parametrize("wrong", [{"began_at": ""}, {"what_kk": " "}, {"began_at": "2026-03-12T09:00"}])
def test_a_wrong_entry_keeps_what_was_typed(open_page, wrong):
    page = open_page(RECORD, post=ENTRY | wrong, follow=True)
    assert page.status_code == 422
    assert "Подписание" in page.content.decode()
    assert not Outage.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"), [("auditor", 200), ("head", 200), ("executor", 403), ("applicant", 403)]
)
def test_who_sees_and_who_records(open_page, who, status):
    assert open_page(PAGE, who).status_code == status
    assert open_page(RECORD, who, post=ENTRY).status_code == 403
    assert not Outage.objects.exists()
