"""`make screenshots`: every screen of docs/screens.md, Kazakh and Russian, phone and desk, into screenshots/.

A portal of its own with a small set of cases; each page must answer 200, fit the width and be free of errors of the browser.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Browser, Error, Page, sync_playwright

from applications.models import Application
from casework.deadlines.services.exceptions import enter_exception
from casework.notices.selectors import notices_of
from foundation.accounts.models import Person
from foundation.kernel.clock import legal_now
from foundation.rulebook.models import MonthlyIndex
from licenses.models import Licence
from sandbox.complaints import Complaints
from sandbox.demo_cases import Stage
from sandbox.four_forms import drafted
from sandbox.outside import outside_world
from sandbox.play import Play
from sandbox.suits import Suits
from tests.screens.listed import Screen, screens

pytestmark = [pytest.mark.screenshots, pytest.mark.django_db(transaction=True)]

LANGUAGES = ("kk", "ru")
WIDTHS = {"phone": (390, 844), "desk": (1280, 900)}
HTTP_OK = 200
TARGET = Path(settings.BASE_DIR) / "screenshots"


def make_world() -> dict[str, Any]:
    """A draft, a case in review, a hearing, a decision waiting, a licence: one of each that a screen shows."""
    today = legal_now().date()
    play = Play.begin()
    with outside_world(today):
        stage = Stage(play, today)
        issued = stage.issued(-12, executor="executor", who="aigerim")
        signing = stage.prepared(-7, executor="executor", who="aigerim")
        play.open_signing(signing, stage.on(-1, "15:00"))
        hearing = stage.heard_of(-8, -1, executor="executor", who="aigerim")
        review = stage.examined(-5, executor="executor", who="aigerim")
        stage.assigned(-1, executor="executor", who="aigerim")
        refused = stage.refused(-20, -14, executor="executor", who="aigerim")
        play.deliver()
        complaints = Complaints(play)
        complaint = complaints.draft(refused, stage.on(-2, "10:00"))
        complaints.file(complaint.pk, stage.on(-2, "10:30"))
        complaint_draft = complaints.draft(refused, stage.on(-1, "10:00"))
        suit = Suits(play).record(refused, stage.on(-1, "10:30"))
        draft = play.draft(stage.on(-1, "16:00"), who="aigerim").pk
        reissue_draft = drafted(play, "9", stage.on(-1, "16:10")).pk
        hosted_draft = drafted(play, "2", stage.on(-1, "16:20"), who="aigerim").pk
        proceeding = stage.suspension_heard_of(-3, 0, executor="executor", who="aigerim")
        play.deliver()
    TOTPDevice.objects.create(user=play.people["executor2"], name="phone", confirmed=True)
    supervisor = play.people["supervisor"]
    aigerim = play.people["aigerim"]
    return {
        "draft": draft,
        "reissue_draft": reissue_draft,
        "hosted_draft": hosted_draft,
        "review": review,
        "hearing": hearing,
        "signing": signing,
        "issued": issued,
        "refused": refused,
        "complaint": complaint.pk,
        "complaint_draft": complaint_draft.pk,
        "suit": suit.pk,
        "proceeding": proceeding,
        "licence": Licence.objects.get().number,
        "party": Application.objects.get(pk=issued).case.party_id,
        "message": notices_of(aigerim, legal_now())[0].pk,
        "index": MonthlyIndex.objects.order_by("valid_from").last().pk,
        "exception": exception_of(supervisor, legal_now()),
        "people": play.people,
    }


def exception_of(supervisor: Person, at: datetime) -> int:
    """A day off that waits for the second person."""
    act = {"act_ru": "Пример для снимка экрана", "act_kk": "Экран суретіне арналған мысал"}
    day = at.date() + timedelta(days=30)
    return enter_exception(day=day, kind="day_off", **act, by=supervisor, at=at).pk


@pytest.fixture
def browser_of_debian(monkeypatch) -> Iterator[Browser]:
    # The browser's driver runs a loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield chromium
        chromium.close()
        connections.close_all()  # those opened beside the loop are out of sight after it


def session_of(people: dict[str, Person], who: str) -> str:
    client = Client()
    client.force_login(people[who], backend="django.contrib.auth.backends.ModelBackend")
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def cookies(url: str, language: str, session: str) -> list[Any]:
    found: list[Any] = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}]
    if session:
        found.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url})
    return found


def look(page: Page, screen: Screen, address: str, target: Path) -> list[str]:
    """The picture, and what the browser complains of."""
    errors: list[str] = []

    def hear(error: Error) -> None:
        errors.append(f"{screen.path}: {error.message}")

    page.on("pageerror", hear)
    wrong = take(page, screen, address, target)
    page.close()
    return wrong if of_a_library(screen) else [*wrong, *errors]


def take(page: Page, screen: Screen, address: str, target: Path) -> list[str]:
    """The picture of one screen; what is wrong with it."""
    answer = page.goto(address)
    if answer is None or answer.status != HTTP_OK:
        return [f"{screen.path} as {screen.who}: {answer.status if answer else 'no answer'}"]
    page.wait_for_load_state("load")
    page.screenshot(path=target / screen.file, full_page=True)
    width, room = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width > room + 1 and not of_a_library(screen):
        return [f"{target.name}/{screen.file}: {width} pixels wide on {room}"]
    return []


def of_a_library(screen: Screen) -> bool:
    """Their lists are wide, and their scripts want to evaluate strings, which the content policy refuses."""
    return screen.name.startswith(("admin:", "api-"))


def test_every_screen(live_server, browser_of_debian: Browser) -> None:
    world = make_world()
    people = {
        who: session_of(world["people"], who) for who in {screen.who for screen in screens()} - {"anyone"}
    }
    wrong: list[str] = []

    for language in LANGUAGES:
        for device, (width, height) in WIDTHS.items():
            target = TARGET / f"{language}-{device}"
            target.mkdir(parents=True, exist_ok=True)
            for who in sorted({screen.who for screen in screens()}):
                context = browser_of_debian.new_context(
                    viewport={"width": width, "height": height}, locale=language, service_workers="block"
                )
                context.add_cookies(cookies(live_server.url, language, people.get(who, "")))
                for screen in (screen for screen in screens() if screen.who == who):
                    wrong += look(context.new_page(), screen, live_server.url + screen.filled(world), target)
                context.close()
    taken = len(list(TARGET.glob("*/*.png")))
    assert taken >= len(screens()) * len(LANGUAGES) * len(WIDTHS) - len(wrong)
    assert sorted(set(wrong)) == []
