"""What happens to a licence, each kind of proceeding at its people's own screens (process.md; Rules 16, 18-1; DA 9; PL 35, 44, 45)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect

from foundation.accounts.models import Party, Person
from foundation.kernel.clock import legal_now
from licenses.models import Licence
from licenses.proceedings.services import note_ended_suspensions
from sandbox.cast import COMPANY_BIN
from sandbox.papers import evidence_pdf
from sandbox.proceedings import ASSESSED
from tests.journeys.people import Officer, Visitor
from tests.licenses.people import granted

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Come: TypeAlias = Callable[..., Visitor]
Clock: TypeAlias = Callable[[str], None]
[GROUND] = ASSESSED
FACTS = {name: str(GROUND[name]) for name in ("code", "facts_kk", "facts_ru")}
ASSESSMENT = {name: str(GROUND[name]) for name in ("assessment_kk", "assessment_ru")}
EVENT = {"code": "7", "facts_kk": "Заңды тұлға таратылды.", "facts_ru": "Юридическое лицо ликвидировано."}
COURT = {"court": "СМЭС города Астаны", "number": "7119-26-00-4/215"}


def puts(form: Locator, said: Mapping[str, str]) -> None:
    for name, value in said.items():
        field = form.locator(f"[name='{name}']")
        if field.get_attribute("type") == "checkbox":
            field.check()
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


@dataclass
class Side:
    """Somebody at the pages of proceedings: of the authority below /admin/, the licensee below /cabinet/."""

    visitor: Visitor
    home: str
    folder: Path

    def opens(self, case: str) -> None:
        self.visitor.goes(f"{self.home}{case}/")

    def attaches(self, case: str, name: str) -> None:
        self.opens(case)
        paper = self.folder / f"{name}.pdf"
        paper.write_bytes(evidence_pdf(name, name))
        page = self.visitor.page
        page.locator("#file").set_input_files(paper)
        self.visitor.presses(page.locator("form[action$='/files/'] button"))
        expect(page.get_by_text(f"{name}.pdf")).to_be_visible()

    def does(self, case: str, action: str, said: Mapping[str, str] | None = None) -> None:
        """One step from the page of the proceeding, signed where the law wants it."""
        self.opens(case)
        page = self.visitor.page
        closed = page.locator(f"[data-closed={action}]")
        assert not closed.count(), closed.text_content()
        step = page.locator(f"[data-action={action}]").locator("a, button")
        leads = step.evaluate("element => element.tagName") == "A"
        self.visitor.presses(step)
        if not leads:
            return
        form = page.locator("#act-form")
        puts(form, said or {})
        if form.get_attribute("data-eds-sign") is not None:
            self.visitor.signs(form)
        else:
            self.visitor.presses(form.locator("button.button--primary"))
        page.wait_for_url(f"**{self.home}{case}/")
        expect(page.locator("#act-form")).to_have_count(0)


@dataclass
class People:
    """Who takes part; the licence is in force since March."""

    come: Come
    folder: Path
    licence: str

    def office(self, login: str) -> Side:
        visitor = self.come()
        Officer(visitor, login)
        return Side(visitor, "/admin/proceedings/", self.folder)

    def licensee(self) -> Side:
        visitor = self.come("kk")
        visitor.signs_in("aigerim")
        return Side(visitor, "/cabinet/proceedings/", self.folder)

    def opened(self, executor: Side, kind: str) -> str:
        """By the executor, from the list."""
        executor.visitor.goes("/admin/proceedings/")
        form = executor.visitor.page.locator("form[action='/proceedings/']")
        puts(form, {"number": self.licence, "kind": kind})
        executor.visitor.presses(form.locator("button.button--primary"))
        return self._here(executor)

    def asked(self, holder: Side, kind: str, said: Mapping[str, str]) -> str:
        """By the licensee, from the page of the licence to the signature; the file is attached first."""
        holder.visitor.goes(f"/cabinet/licences/{self.licence}/proceedings/")
        form = holder.visitor.page.locator(f"form:has([name=kind][value={kind}])")
        holder.visitor.presses(form.locator("button"))
        case = self._here(holder)
        holder.attaches(case, f"Доказательство {kind}")
        holder.does(case, "submit", said)
        return case

    def given(self, case: str, executor: str = "executor") -> Side:
        """The chancery assigns; returns who got it."""
        who = str(Person.objects.get(login=executor).pk)
        self.office("chancery").does(case, "assign", {"executor": who})
        return self.office(executor)

    def signed(self, case: str, head: str = "head") -> None:
        signer = self.office(head)
        signer.does(case, "open_signing")
        signer.does(case, "sign")

    def standing(self) -> str:
        """What a stranger reads in the register."""
        stranger = self.come()
        stranger.goes(f"/register/{self.licence}/")
        return str(stranger.page.locator("main [data-status]").first.get_attribute("data-status"))

    @staticmethod
    def _here(side: Side) -> str:
        return urlsplit(side.visitor.page.url).path.rstrip("/").rsplit("/", 1)[1]


@pytest.fixture
def people(visitor: Come, tmp_path: Path) -> People:
    licence = granted(Party.objects.get(number=COMPANY_BIN))
    return People(visitor, tmp_path, licence.number)


def state(people: People) -> str:
    return str(Licence.objects.get(number=people.licence).status)


def test_suspended_after_a_hearing_and_resumed_after_the_cure(
    people: People, worker: Callable[[], int], clock: Clock
) -> None:
    executor = people.office("executor")
    case = people.opened(executor, "suspend")
    executor.attaches(case, "Акт проверки")
    executor.does(case, "notify_hearing", {"months": "3", **FACTS})
    worker()
    clock("2026-11-03T10:00")
    holder = people.licensee()
    holder.does(case, "answer_hearing", {"text": "Пул аккредиттелген.", "final": "on"})
    worker()
    executor.does(case, "record_hearing")
    executor.does(case, "prepare", {"months": "3", **FACTS, **ASSESSMENT})
    clock("2026-11-05T10:00")  # no sooner than three working days after the notice
    people.signed(case)
    worker()
    assert state(people) == "suspended"
    holder.opens(case)
    expect(
        holder.visitor.page.locator(".documents__line").first
    ).to_be_visible()  # the order in two languages

    clock("2026-11-06T10:00")
    cure = people.asked(holder, "resume_after_cure", {"reason": "Аккредиттелген пулмен шарт жасалды."})
    worker()
    people.given(cure, "executor2").does(cure, "prepare")
    people.signed(cure)
    worker()
    assert state(people) == "active"
    assert people.standing() == "active"


def test_suspended_resumed_and_terminated_on_request(people: People, worker: Callable[[], int]) -> None:
    holder = people.licensee()
    for kind, said, then in (
        ("suspend_on_request", {"months": "2", "reason": "Жөндеу."}, "suspended"),
        ("resume_on_request", {"reason": "Жөндеу аяқталды."}, "active"),
        ("terminate_on_request", {"reason": "Қызмет тоқтатылды."}, "terminated"),
    ):
        case = people.asked(holder, kind, said)
        worker()
        people.given(case).does(case, "prepare")
        people.signed(case)
        worker()
        assert state(people) == then
        assert people.standing() == then


def test_uncured_to_court_and_revoked_by_its_act(
    people: People, worker: Callable[[], int], clock: Clock
) -> None:
    executor = people.office("executor")
    case = people.opened(executor, "suspend")
    executor.attaches(case, "Акт проверки")
    executor.does(case, "notify_hearing", {"months": "1", **FACTS})
    worker()
    clock("2026-11-04T10:00")
    people.licensee().does(case, "answer_hearing", {"text": "Келісемін.", "final": "on"})
    executor.does(case, "record_hearing")
    executor.does(case, "prepare", {"months": "1", **FACTS, **ASSESSMENT})
    clock("2026-11-05T10:00")
    people.signed(case)
    worker()

    clock("2026-12-08T10:00")  # the month is over, nothing was cured
    note_ended_suspensions(at=legal_now())
    worker()
    chancery = people.office("chancery")
    chancery.visitor.goes("/admin/proceedings/")
    chancery.visitor.presses(chancery.visitor.page.locator("tbody tr a").first)
    suit = urlsplit(chancery.visitor.page.url).path.rstrip("/").rsplit("/", 1)[1]
    executor = people.given(suit)
    executor.attaches(suit, "Иск")
    executor.does(suit, "file_suit", {**COURT, "date": "2026-12-08"})
    people.signed(suit)

    clock("2027-01-20T10:00")
    executor = people.office("executor2")
    act = people.opened(executor, "court_act")
    executor.attaches(act, "Решение суда")
    executor.does(act, "record_court_act", {"outcome": "revoked", **COURT, "in_force_on": "2027-01-18"})
    people.office("head").does(act, "confirm_court_act")
    worker()
    assert state(people) == "revoked"
    assert people.standing() == "revoked"


def test_terminated_by_an_event(people: People, worker: Callable[[], int]) -> None:
    executor = people.office("executor")
    case = people.opened(executor, "terminate_by_event")
    executor.attaches(case, "Приказ о ликвидации")
    executor.does(case, "prepare", EVENT)
    people.signed(case)
    worker()
    assert state(people) == "terminated"


def test_a_changed_pool_is_told_of(people: People, worker: Callable[[], int]) -> None:
    holder = people.licensee()
    said = {"pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002", "changed_on": "2026-11-02"}
    case = people.asked(holder, "pool_notice", said)
    worker()
    holder.opens(case)
    expect(holder.visitor.page.get_by_text("«Қазақ пул» ЖШС").first).to_be_visible()
    office = people.office("supervisor")
    office.visitor.goes("/admin/proceedings/")
    expect(office.visitor.page.get_by_text("«Қазақ пул» ЖШС").first).to_be_visible()


def test_an_error_in_the_licence_is_corrected(people: People, worker: Callable[[], int]) -> None:
    """PL 44: named by the licensee, a new edition signed by a head; the edition before is no longer what is in force."""
    right = "ТОО «Сандбокс Майнинг Казахстан»"
    holder = people.licensee()
    said = {"reason": "Атауында қате бар.", "correct-licence-holder_ru": right}
    case = people.asked(holder, "correct", said)
    worker()
    executor = people.given(case)
    executor.opens(case)
    expect(executor.visitor.page.locator("[aria-labelledby=corrections]")).to_contain_text(right)
    executor.does(case, "prepare")
    people.signed(case)
    worker()
    stranger = people.come()
    stranger.goes(f"/register/{people.licence}/")
    expect(stranger.page.locator("main")).to_contain_text(right)
    holder.opens(case)
    expect(holder.visitor.page.locator(".documents__line").first).to_be_visible()  # the licence anew


def test_an_error_is_corrected_of_the_authoritys_own_motion(
    people: People, worker: Callable[[], int]
) -> None:
    executor = people.office("executor")
    case = people.opened(executor, "correct")
    moved = {
        "correct-001-address_kk": "Павлодар облысы, Екібастұз қаласы, Энергетиктер көшесі, 7",
        "correct-001-address_ru": "Павлодарская область, город Экибастуз, улица Энергетиков, 7",
    }
    executor.does(case, "prepare", moved)
    people.signed(case)
    worker()
    stranger = people.come()
    stranger.goes(f"/register/{people.licence}/")
    page = stranger.page.locator("main")
    expect(page.locator("[data-correction]")).to_have_count(
        2
    )  # of the annex, and of the licence that lists it
    expect(page.get_by_text(moved["correct-001-address_ru"]).first).to_be_visible()
