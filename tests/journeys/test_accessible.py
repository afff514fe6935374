"""axe finds nothing serious on the pages people work with, in Kazakh and in Russian (quality.md)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.kernel.clock import ALMATY
from sandbox.play import Play
from tests.journeys.people import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AT = datetime(2026, 11, 2, 9, 30, tzinfo=ALMATY)
PUBLIC = ("/", "/accounts/sign-in/", "/register/", "/check/")
SERIOUS = {"serious", "critical"}


def findings(visitor: Visitor, address: str, language: str) -> list[str]:
    visitor.goes(f"{address}?lang={language}")
    assert visitor.page.locator("html").get_attribute("lang") == language
    found: list[dict[str, Any]] = Axe().run(visitor.page).response["violations"]
    return [
        f"{address} {fault['id']}: {node['target']} {node['html'][:200]}"
        for fault in found
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_serious(visitor: Callable[..., Visitor], language: str, width: int) -> None:
    play = Play.begin()
    draft, case = play.draft(AT), play.draft(AT)
    play.attach(case, AT)
    play.file(case.pk, AT)
    play.deliver()
    play.assign(case.pk, AT)
    steps = ("party", "request", "centres", "evidence", "fee", "check", "sign")
    cabinet = [
        "/cabinet/",
        "/cabinet/messages/",
        *(f"/cabinet/applications/{draft.pk}/{step}/" for step in steps),
        f"/cabinet/applications/{case.pk}/",
        f"/cabinet/applications/{case.pk}/withdraw/",
    ]
    walks = {
        "": PUBLIC,
        "aigerim": cabinet,
        "executor": ("/admin/desk/", f"/admin/cases/{case.pk}/"),
        "supervisor": ("/admin/dashboard/",),
    }
    faults = []
    for login, addresses in walks.items():
        person = visitor(language, viewport={"width": width, "height": 900})
        if login:
            person.signs_in(login)
        for address in addresses:
            faults += findings(person, address, language)

    assert faults == []
