"""A portal on a port of its own, people with a browser each, a clock that stands in working hours."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page

from foundation.journal.services import deliver_open
from foundation.kernel.clock import ALMATY
from foundation.kernel.services import shift_legal_clock
from sandbox.cast import ALL, PARTIES, ensure_cast, key_of
from sandbox.gateway import SandboxGateway
from tests.journeys.people import Visitor

MONDAY = "2026-11-02T10:00"
FEES = ["8650000.00", "21625.00", "865000.00", "2162.50"]  # Forms 1, 2, 9, 10 by the index of 2026
TIMEOUT_MS = 20_000


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
        ],
    }


@pytest.fixture
def clock() -> Callable[[str], None]:
    """Sets the portal's legal clock to a moment of Almaty's wall clock."""

    def set_to(moment: str) -> None:
        shift_legal_clock(datetime.fromisoformat(moment).replace(tzinfo=ALMATY))

    return set_to


@pytest.fixture
def portal(
    transactional_db: None, live_server: Any, clock: Callable[[str], None], settings: Any
) -> Iterator[str]:
    """The address of a portal with the demo people, their keys, paid fees and answering registers."""
    with SandboxGateway() as gateway:
        settings.GATEWAY = {**settings.GATEWAY, "URL": gateway.url, "TOKEN": "sandbox-token"}
        gateway.control.autopay(list(PARTIES), FEES)
        ensure_cast()
        for demo in ALL:
            key_of(demo.login)
        clock(MONDAY)
        yield live_server.url


@pytest.fixture
def visitor(portal: str, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """A new person at a browser of their own. Faults in the console (also of the content policy) fail the test."""
    opened, faults = [], []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(
                f"{message.page.url if message.page else ''}: {message.text} ({message.location.get('url', '')})"
            )

    def come(language: str = "ru", **options: Any) -> Visitor:
        context = browser.new_context(base_url=portal, locale=language, accept_downloads=True, **options)
        context.set_default_timeout(TIMEOUT_MS)
        opened.append(context)
        page: Page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return Visitor(page)

    yield come
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def worker(portal: str) -> Callable[[], int]:
    """What the worker does between two steps of people: hand over what is open."""
    return deliver_open
