"""Filters a person keeps: their own, by name, cleaned of what the list would not understand."""

import pytest

from desks.models import SavedFilter

pytestmark = pytest.mark.django_db
SAVE = "/admin/dashboard/filters/terms/"


def test_saved_shown_on_the_list_and_the_dashboard_and_removed(filled, people, open_page):
    asked = {"name": "  Моя   неделя ", "query": "due=week&form=9&page=3&evil=1&code=none"}
    page = open_page(SAVE, post=asked, follow=True)
    assert page.redirect_chain[-1][0] == "/admin/dashboard/terms/?due=week&form=9"
    row = SavedFilter.objects.get()
    assert (row.person, row.list, row.name, row.query) == (
        people["supervisor"],
        "terms",
        "Моя неделя",
        "due=week&form=9",
    )
    for url in ("/admin/dashboard/", "/admin/dashboard/terms/"):
        assert "?due=week&amp;form=9" in open_page(url).content.decode()
        assert "Моя неделя" not in open_page(url, "second").content.decode()
    assert "Моя неделя" not in open_page("/admin/dashboard/cases/").content.decode()

    open_page(SAVE, post={"name": "Моя неделя", "query": "due=overdue"})
    assert list(SavedFilter.objects.values_list("name", "query")) == [("Моя неделя", "due=overdue")]

    remove = f"/admin/dashboard/filters/{row.pk}/remove/"
    open_page(remove, "second", post={})
    assert SavedFilter.objects.exists()  # somebody else's
    page = open_page(remove, post={"next": "/admin/dashboard/terms/"}, follow=True)
    assert "The filter is removed." in page.content.decode()
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "ы" * 61])
def test_without_a_name_nothing_is_kept(open_page, name):
    page = open_page(SAVE, post={"name": name, "query": "due=week"}, follow=True)
    assert "The filter was not saved. Give it a name of at most 60 letters." in page.content.decode()
    assert not SavedFilter.objects.exists()


def test_at_most_twenty(open_page, people):
    for number in range(20):
        SavedFilter.objects.create(person=people["supervisor"], list="terms", name=str(number), query="")
    page = open_page(SAVE, post={"name": "21", "query": ""}, follow=True)
    assert "You keep 20 filters already. Remove one of them first." in page.content.decode()
    assert SavedFilter.objects.count() == 20
    open_page(SAVE, post={"name": "7", "query": "due=today"})
    assert SavedFilter.objects.get(name="7").query == "due=today"


@pytest.mark.parametrize("who", ["executor", "chancery", "applicant"])
def test_only_who_sees_the_dashboard(open_page, who):
    assert open_page(SAVE, who, post={"name": "x", "query": ""}).status_code == 403
    assert not SavedFilter.objects.exists()


def test_only_posted_and_of_a_list_there_is(open_page):
    assert open_page(SAVE).status_code == 405
    assert open_page("/admin/dashboard/filters/nothing/", post={"name": "x"}).status_code == 404
