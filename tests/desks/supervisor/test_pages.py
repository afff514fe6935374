"""Who sees the dashboard, what warns there, and that it needs neither script nor style of its own."""

import re
from datetime import timedelta

import pytest

from casework.deadlines.models import Heartbeat, Term
from casework.documents.models import StoredFile
from foundation.accounts.models import Role
from foundation.journal.models import Delivery, Fact
from foundation.kernel.clock import machine_now
from tests.casework.deadlines.term_people import almaty
from tests.desks.supervisor.conftest import AT, add_term, half_past_six

pytestmark = pytest.mark.django_db
PAGES = [
    "/admin/dashboard/",
    "/admin/dashboard/terms/",
    "/admin/dashboard/terms.csv",
    "/admin/dashboard/cases/",
    "/admin/dashboard/months.csv",
    "/admin/calendar/",
]
SEES = {Role.SUPERVISOR, Role.HEAD, Role.AUDITOR}


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_pages_by_role(open_page, url, role):
    assert open_page(url, str(role)).status_code == (200 if role in SEES else 403)


@pytest.mark.parametrize("url", PAGES)
def test_others_stay_outside(open_page, url):
    assert open_page(url, "applicant").status_code == 403
    guest = open_page(url, None)
    assert (guest.status_code, guest["Location"]) == (302, f"/accounts/sign-in/?next={url}")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("url", ["/admin/dashboard/", "/admin/dashboard/terms/", "/admin/calendar/"])
def test_no_inline_script_or_style(filled, open_page, url, language):
    response = open_page(url, language=language)
    html = response.content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_charts_are_drawn_by_the_server(filled, open_page):
    html = open_page("/admin/dashboard/").content.decode()
    assert html.count("<svg") == 5
    assert html.count('class="chart__label"') == 4 * 12 + 4


def test_a_silent_watch_is_red(open_page):
    assert "The watch has never run." in open_page("/admin/dashboard/").content.decode()
    Heartbeat.objects.create(
        name="watch", beat_at=machine_now() - timedelta(minutes=7, seconds=5), looked_at=AT
    )
    assert "The watch has been silent for 7 minutes." in open_page("/admin/dashboard/").content.decode()
    Heartbeat.objects.update(beat_at=machine_now())
    html = open_page("/admin/dashboard/").content.decode()
    assert "The watch has" not in html
    assert "notice--danger" not in html


def test_from_december_next_year_has_to_be_confirmed(open_page):
    warning = "The calendar of 2027 is not confirmed."
    assert warning not in open_page("/admin/dashboard/", at=almaty("2026-11-30 23:59")).content.decode()
    for url in ("/admin/dashboard/", "/admin/calendar/"):
        assert warning in open_page(url, at=almaty("2026-12-01 00:00")).content.decode()


def test_backlogs(make_case, people, open_page):
    case = make_case()
    fact = Fact.objects.create(
        stream="case:x", seq=1, kind="x", at=AT, recorded_at=AT, canonical=b"{}", prev_hash="", hash="1"
    )
    for number, state in enumerate((Delivery.DEAD, Delivery.DEAD, Delivery.OPEN, Delivery.DONE)):
        Delivery.objects.create(
            fact=fact, stream="case:x", seq=1, handler=f"h{number}", state=state, available_at=AT
        )
    for number, state in enumerate(("waiting", "waiting", "waiting", "failed", "clean", "infected")):
        StoredFile.objects.create(
            case=case,
            uploaded_by=people["applicant"],
            name="a.pdf",
            size=1,
            sha256="0" * 64,
            media_type="application/pdf",
            scan_state=state,
            scanned_at=None if state == "waiting" else AT,
            scan_note="" if state in {"waiting", "clean"} else "why",
            storage_key=str(number),
            created_at=AT,
        )
    add_term(case, "service", half_past_six("2026-03-20"), fault="ValueError: broken")
    health = open_page("/admin/dashboard/").context["board"].health
    assert (health.files_waiting, health.files_failed) == (3, 1)
    assert (health.dead_letters, health.faulty_terms, health.exceptions_unconfirmed) == (2, 1, 0)
    assert Term.objects.exclude(fault="").count() == 1


def test_an_unreadable_question_is_no_question(filled, open_page):
    every = open_page("/admin/dashboard/terms/").context["page"].paginator.count
    for query in (
        "due=never",
        "executor=abc",
        "executor=00000000-0000-0000-0000-000000000000",
        "code=%00",
        "page=x",
    ):
        assert open_page(f"/admin/dashboard/terms/?{query}").context["page"].paginator.count == every, query
    for query in ("ended=2026-13", "ended=1999-01", "state=void", "form=77"):
        assert open_page(f"/admin/dashboard/terms/?{query}").status_code == 200, query
    assert open_page("/admin/dashboard/cases/?age=-1").context["page"].paginator.count == 60


def test_nothing_there_says_what_next(open_page):
    html = open_page("/admin/dashboard/terms/?due=overdue").content.decode()
    assert "Nothing like this" in html
    assert 'href="/admin/dashboard/"' in html
