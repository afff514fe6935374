"""A suspension complained of: the register says it is stayed, the reviewer cancels the order, the licence is in force (APPC 96, 100)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from foundation.accounts.models import Party, Person
from sandbox.cast import COMPANY_BIN
from sandbox.complaints import CONTENTS, POSITION
from sandbox.play import Play
from sandbox.proceedings import ASSESSED, SUSPENSION, Docket
from tests.applications.stages import moment
from tests.journeys.complaining import NOTICE, Desk, begins
from tests.journeys.people import Visitor
from tests.licenses.people import granted

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CANCELLED = {
    "outcome": "cancelled",
    "reasons_kk": "Бұзушылық дәлелденбеген.",
    "reasons_ru": "Нарушение не доказано.",
    "heard_kk": "Екі тарап тыңдалды.",
    "heard_ru": "Обе стороны заслушаны.",
}


def suspended(number: str) -> str:
    """Opened, heard and ordered from 6 November on."""
    docket = Docket(Play.begin())
    case = docket.begin(number, "suspend", moment("2026-11-02T11:00"), who="executor", content=SUSPENSION)
    docket.signed(case, "notify_hearing", moment("2026-11-03T10:00"), who="executor")
    docket.act("record_hearing", case, moment("2026-11-06T09:30"), who="executor")
    docket.act("prepare", case, moment("2026-11-06T11:00"), who="executor", content={"grounds": ASSESSED})
    docket.decide(case, moment("2026-11-06T12:00"))
    return str(case)


def test_a_licensee_complains_of_a_suspension_and_the_order_falls(
    visitor: Callable[..., Visitor], worker: Callable[[], int], clock: Callable[[str], None]
) -> None:
    clock("2026-11-06T12:10")
    licence = granted(Party.objects.get(number=COMPANY_BIN)).number
    case = suspended(licence)
    worker()
    clock("2026-11-10T10:00")
    stranger, aigerim = visitor("ru"), visitor("kk")
    stranger.goes(f"/register/{licence}/")
    expect(stranger.page.locator("main [data-status]").first).to_have_text("приостановлена")

    aigerim.signs_in("aigerim")
    complaint = begins(
        aigerim, case, "superior", {**CONTENTS, "demands": "Отменить приказ."}, of="proceedings"
    )
    worker()
    expect(aigerim.page.locator("main")).to_contain_text("шағыммен тоқтатылды")
    stranger.goes(f"/register/{licence}/")
    expect(stranger.page.locator("main")).to_contain_text(
        "приостановление не исполняется ввиду жалобы: пока в силе"
    )
    stranger.goes(f"/check/?number={licence}")
    expect(stranger.page.locator("[data-answer]")).to_have_attribute("data-answer", "in_force_stayed")

    chancery = Desk(visitor(), "chancery")
    chancery.does(complaint, "forward", POSITION)
    Desk(visitor(), "head").signs_what_was_prepared(complaint)
    worker()
    clock("2026-11-12T10:00")
    chancery.gives(complaint, str(Person.objects.get(login="superior").pk))
    reviewer = Desk(visitor(), "superior")
    reviewer.does(complaint, "notify_hearing", NOTICE)
    worker()
    clock("2026-11-18T10:00")
    reviewer.does(complaint, "record_hearing")
    reviewer.does(complaint, "prepare_decision", CANCELLED)
    reviewer.signs_what_was_prepared(complaint)
    worker()

    stranger.goes(f"/register/{licence}/")
    expect(stranger.page.locator("main [data-status]").first).to_have_text("действует")
    expect(stranger.page.locator("main")).to_contain_text("приказ отменён")
    aigerim.goes(f"/cabinet/proceedings/{case}/")
    expect(aigerim.page.locator("main")).to_contain_text("күші 18.11.2026 бастап жойылды")
