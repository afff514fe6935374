"""axe finds nothing serious on the pages people work with, in Kazakh and in Russian (quality.md)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe

from foundation.kernel.clock import ALMATY
from sandbox.play import Play
from tests.journeys.people import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AT = datetime(2026, 11, 2, 9, 30, tzinfo=ALMATY)
PUBLIC = ["/", "/accounts/sign-in/", "/register/", "/check/", "/calculator/"]
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


def cabinet(play: Play) -> list[str]:
    """Every step of a draft, and a case that waits for its executor."""
    draft, case = play.draft(AT).pk, filed(play)
    steps = ("party", "request", "centres", "evidence", "fee", "check", "sign")
    return [
        "/cabinet/",
        "/cabinet/messages/",
        *(f"/cabinet/applications/{draft}/{step}/" for step in steps),
        f"/cabinet/applications/{case}/",
        f"/cabinet/applications/{case}/withdraw/",
    ]


def filed(play: Play) -> UUID:
    draft = play.draft(AT)
    play.attach(draft, AT)
    play.file(draft.pk, AT)
    play.deliver()
    play.assign(draft.pk, AT)
    made: UUID = draft.pk
    return made


def at_the_head(play: Play) -> UUID:
    """A case whose final documents lie before the head."""
    case = filed(play)
    play.accept(case, AT)
    play.find(case, AT)
    play.prepare_issue(case, AT)
    play.open_signing(case, datetime(2026, 11, 2, 10, 0, tzinfo=ALMATY))
    return case


@pytest.mark.parametrize(("language", "width"), [("kk", 390), ("ru", 1280)])
def test_nothing_serious(visitor: Callable[..., Visitor], language: str, width: int) -> None:
    play = Play.begin()
    case, signing = filed(play), at_the_head(play)
    parts = ("", "evidence/", "documents/", "history/", "acts/return/", "acts/discontinue/")
    walks = {
        "": PUBLIC,
        "aigerim": cabinet(play),
        "executor": ["/admin/desk/", *(f"/admin/cases/{case}/{part}" for part in parts)],
        "head": ["/admin/desk/", f"/admin/cases/{signing}/acts/sign/"],
        "supervisor": ["/admin/dashboard/", "/admin/calendar/"],
    }
    faults = []
    for login, addresses in walks.items():
        person = visitor(language, viewport={"width": width, "height": 900})
        if login:
            person.signs_in(login)
        for address in addresses:
            faults += findings(person, address, language)

    assert faults == []
