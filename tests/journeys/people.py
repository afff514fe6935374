"""What people do at their screens, by the addresses, names and roles of the pages: the words are in three languages."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Locator, Page, expect

from foundation.accounts.models import Person
from sandbox.papers import evidence_pdf

CENTRE = {
    "address.region": "35",
    "address.city": "Теміртау",
    "address.street": "Өнеркәсіп көшесі",
    "address.house": "7/1",
}
# What is said of each file, by entry of annex 11; `min` values of the law are met.
PARTICULARS: Mapping[str, Mapping[str, str]] = {
    "I-1": {"right": "ownership", "document_number": "35-201-115"},
    "I-2": {"document_number": "12-К"},
    "I-3": {"pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002"},
    "I-4": {"document_number": "АСКУЭ-77"},
    "I-5a": {"substation_kv": "110", "permitted_mw": "12.5", "document_number": "ТУ-45"},
    "II-1": {"host_name": "«Сандбокс Майнинг» ЖШС"},
    "II-2": {"document_kind": "contract", "pool_name": "«Қазақ пул» ЖШС", "pool_bin": "150140000002"},
    "R-1": {"document_number": "ПР-12"},
}


@dataclass
class Visitor:
    """Anyone with a browser."""

    page: Page

    def goes(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"

    def signs_in(self, login: str) -> None:
        self.goes("/accounts/sign-in/")
        self.page.locator(f"form:has(input[name=login][value='{login}']) button").click()
        self.page.wait_for_url(lambda address: "sign-in" not in address)

    def presses(self, button: Locator) -> None:
        """A link or button that leads to another page, or to this one anew; returns when that page is there."""
        self.page.evaluate("document.documentElement.dataset.left = ''")
        button.click()
        expect(self.page.locator("html:not([data-left])")).to_be_attached(timeout=30_000)
        self.page.wait_for_load_state()

    def signs(self, form: Locator) -> None:
        """The demo's signer takes the key of the person the portal expects."""
        before = self.page.url
        form.locator("button.button--primary, button.button--danger").click()
        self.page.wait_for_url(lambda address: address != before)

    def downloads(self, link: Locator, folder: Path) -> Path:
        answer = self.page.request.get(link.get_attribute("href") or "")
        assert answer.status == 200
        said = answer.headers["content-disposition"]
        named = re.search(r"""filename(?:\*=utf-8''|=")([^";]+)""", said)
        assert named is not None, said
        path = folder / unquote(named.group(1))
        path.write_bytes(answer.body())
        return path


class Wizard:
    """The steps of a form: seven for a new licence or annex, eight for a re-issue."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def begins(self, form: str = "1") -> str:
        """Returns the address of the case."""
        self.visitor.goes("/cabinet/")
        self.page.locator(f"form[action='/applications/'] [name=form_number][value='{form}']").check()
        self.page.locator("form[action='/applications/'] button").click()
        return self._begun()

    def begins_a_re_issue(self, licence: str, form: str) -> str:
        """From the page of the licence."""
        self.visitor.goes(f"/cabinet/licences/{licence}/")
        self.page.locator(f"form:has([name=form_number][value='{form}']) button").click()
        return self._begun()

    def _begun(self) -> str:
        self.page.wait_for_url("**/party/")
        return urlsplit(self.page.url).path.removesuffix("party/")

    def continues_to(self, step: str) -> None:
        self.page.locator(f".wizard-buttons button.button--primary[name=wizard_step][value={step}]").click()
        self.page.wait_for_url(f"**/{step}/")

    def passes(self, *steps: str) -> None:
        for step in steps:
            self.continues_to(step)

    def says_what_is_asked(self) -> None:
        self.page.locator("input[name=owns_hardware][value=true]").check()

    def names_a_place(self) -> None:
        for name, value in CENTRE.items():
            self._puts(self.page.locator(f"[name='data_centers.0.{name}']"), value)

    def names_a_centre(self) -> None:
        self.names_a_place()
        self.page.locator("[name='data_centers.0.power_source'][value=single_purchaser]").check()
        self.page.locator("[name='data_centers.0.grid_connected'][value=true]").check()
        self.page.locator("[name='data_centers.0.grid_connected_on']").fill("2023-06-15")

    def names_the_host(self, name: str, licence: str) -> None:
        self.page.locator("[name='data_centers.0.host_name']").fill(name)
        self.page.locator("[name='data_centers.0.host_licence']").fill(licence)

    def wants_re_issued(self, *targets: str) -> None:
        for target in targets:
            self.page.locator(f"[name=targets][value='{target}']").check()

    def states(self, code: str, **said: str) -> None:
        self.page.locator(f"[name='grounds.{code}.stated']").check()
        for name, value in said.items():
            self.page.locator(f"[name='grounds.{code}.{name}']").fill(value)

    def entries(self) -> list[str]:
        """Entries of annex 11 that the page asks for."""
        found = self.page.locator("form[data-upload] input[name=requirement]")
        return [str(value) for value in found.evaluate_all("all => all.map(one => one.value)")]

    def attaches(self, entry: str, path: Path) -> None:
        card = self.page.locator(
            f"article.evidence:has(form[data-upload] input[name=requirement][value='{entry}'])"
        )
        form = card.locator("form[data-upload]")
        for name, value in PARTICULARS[entry].items():
            self._puts(form.locator(f"[name='particulars.{name}']"), value)
        form.locator("[name=issued_on]").fill("2023-11-01")
        form.locator("input[type=file]").set_input_files(path)
        form.locator("button").click()
        expect(card.locator(".evidence__file")).to_contain_text(path.name)

    def attaches_all(self, entries: Sequence[str], folder: Path) -> None:
        """Exactly these are asked for, and each gets its file."""
        assert sorted(self.entries()) == sorted(entries)
        for entry in entries:
            paper = folder / f"{entry}.pdf"
            paper.write_bytes(evidence_pdf(entry, f"Evidence {entry}"))
            self.attaches(entry, paper)

    def files(self, address: str) -> None:
        """From the evidence to the signature."""
        self.passes("fee", "check", "sign")
        self.confirms()
        self.visitor.signs(self.page.locator("#sign-form"))
        self.page.wait_for_url(f"**{address}")

    @staticmethod
    def _puts(field: Locator, value: str) -> None:
        if field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)

    def confirms(self) -> None:
        for tick in self.page.locator("input[name=confirmations]").all():
            tick.check()
        self.page.locator("form[action$='/confirmations/'] button").click()
        expect(self.page.locator("#sign-form")).to_be_visible()


class Officer:
    """Somebody of the authority at the desk."""

    def __init__(self, visitor: Visitor, login: str) -> None:
        self.visitor, self.page = visitor, visitor.page
        visitor.signs_in(login)

    def assigns(self, case_id: str, executor: str) -> None:
        """The chancery, from the queue."""
        self.visitor.goes("/admin/desk/?tab=unassigned")
        self.page.locator(f"tr:has(a[href*='{case_id}']) input[name=case]").check()
        self.page.locator("#assign-executor").select_option(executor)
        self.page.locator("#assign button.button--primary").click()
        expect(self.page.locator(f"a[href*='{case_id}']")).to_have_count(0)

    def opens(self, case_id: str) -> None:
        """From the queue, as the day begins."""
        self.visitor.goes("/admin/desk/")
        self.visitor.presses(self.page.locator(f".queue a[href*='{case_id}']"))
        expect(self.page.locator("[data-action]").first).to_be_visible()

    def acts(self, action: str) -> None:
        """A step of one button, or the way to the page of the act."""
        closed = self.page.locator(f"[data-closed={action}]")
        assert not closed.count(), closed.text_content()
        self.visitor.presses(self.page.locator(f"[data-action={action}]").locator("a, button"))

    def is_told_it_is_done(self) -> None:
        expect(self.page.locator("#messages .notice--success")).to_be_visible()

    def finds_all(self, reason: str) -> None:
        """A finding on every piece of evidence, the file beside it."""
        self.visitor.presses(self.page.locator("nav.tabs a[href*='/evidence/']"))
        pieces = self.page.locator(".entries a.entry")
        expect(pieces.first).to_be_visible()
        for _piece in pieces.all():
            piece = self.page.locator(".entries a.entry--").first
            if piece.get_attribute("aria-current") != "true":
                self.visitor.presses(piece)
            expect(self.page.locator("iframe.exam__frame")).to_be_visible()
            form = self.page.locator("form[action*='/evidence/']")
            form.locator("[name=result][value=meets]").check()
            form.locator("[name=reason]").fill(reason)
            self.visitor.presses(form.locator("button.button--primary"))
            self.is_told_it_is_done()

    def prepares_the_licence(self, case_id: str) -> None:
        """The executor: accepted, every piece examined, the issue put before the head."""
        self.opens(case_id)
        self.acts("accept")
        self.is_told_it_is_done()
        self.finds_all("Документ соответствует требованию.")
        self.opens(case_id)
        self.acts("prepare_issue")
        self.page.locator("[name=no_court_act_note]").fill("По банку судебных актов запретов не найдено.")
        self.visitor.presses(self.page.locator("#act-form button.button--primary"))
        self.is_told_it_is_done()

    def signs_the_licence(self, case_id: str, papers: int) -> None:
        """The head: final bytes made, looked at and signed."""
        self.visitor.goes(f"/admin/cases/{case_id}/acts/sign/")
        self.visitor.presses(self.page.locator("form[action$='/open_signing/'] button"))
        expect(self.page.locator(".papers iframe")).to_have_count(papers)
        self.visitor.signs(self.page.locator("form[data-eds-sign]"))
        self.is_told_it_is_done()


def decide(visitor: Callable[..., Visitor], clock: Callable[[str], None], case_id: str, papers: int) -> None:
    """The authority's side of a case filed on Monday: assigned, examined on Tuesday, signed on Wednesday."""
    chancery = Officer(visitor(), "chancery")
    chancery.assigns(case_id, str(Person.objects.get(login="executor").pk))
    clock("2026-11-03T10:00")
    Officer(visitor(), "executor").prepares_the_licence(case_id)
    clock("2026-11-04T10:00")
    Officer(visitor(), "head").signs_the_licence(case_id, papers)
