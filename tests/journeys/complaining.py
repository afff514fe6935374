"""A complaint as its people do it at their screens: the side that complains, the provider, the body that considers it."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.people import Officer, Visitor

NOTICE = {
    "facts_kk": "Анықтама мекенжайды растайды; 3-негіз тексерілуде.",
    "facts_ru": "Справка подтверждает адрес; основание 3 проверяется.",
}


def begins(
    holder: Visitor, case_id: str, addressee: str, said: Mapping[str, str], *, of: str = "applications"
) -> str:
    """From the page of the case to a filed complaint; returns its id."""
    holder.goes(f"/cabinet/{of}/{case_id}/")
    holder.presses(holder.page.locator(f"a[href='/cabinet/complaints/new/{case_id}/']").first)
    holder.page.locator("form[action='/complaints/'] button.button--primary").click()
    holder.page.wait_for_url("**/cabinet/complaints/*/")
    address = urlsplit(holder.page.url).path
    form = holder.page.locator("form[action$='/draft/']")
    form.locator(f"[name=addressee][value={addressee}]").check()
    for name, value in said.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button.button--primary").click()
    expect(holder.page.locator("[name=demands]")).to_have_value(said["demands"])
    filing = holder.page.locator("form[data-sign-action=submit]")
    filing.locator("button.button--primary").click()
    expect(filing).to_have_count(0)
    return address.rstrip("/").rsplit("/", 1)[1]


class Desk(Officer):
    """Somebody of the provider or of the body that considers complaints."""

    word = "complaints"

    def opens_complaint(self, complaint_id: str) -> None:
        """From the list, as the day begins."""
        self.visitor.goes(f"/admin/{self.word}/")
        self.visitor.presses(self.page.locator(f"a[href='/admin/{self.word}/{complaint_id}/']"))
        expect(self.page.locator("#acts")).to_be_visible()

    def does(
        self, complaint_id: str, action: str, said: Mapping[str, str] | None = None, scan: Path | None = None
    ) -> None:
        """One act on its page, from the list to the word that it is done."""
        self.opens_complaint(complaint_id)
        self.visitor.presses(self.page.locator(f"a.button[href$='/acts/{action}/']"))
        form = self.page.locator(f"form[action$='/actions/{action}/']")
        for name, value in (said or {}).items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        if scan is not None:
            form.locator("input[type=file]").set_input_files(scan)
        self.visitor.presses(form.locator("button.button--primary"))
        self.page.wait_for_url(f"**/admin/{self.word}/{complaint_id}/")
        self.is_told_it_is_done()

    def gives(self, complaint_id: str, officer: str) -> None:
        """The chancery assigns."""
        self.does(complaint_id, "assign", {"executor": officer})

    def signs_what_was_prepared(self, complaint_id: str) -> None:
        """Final bytes made, looked at and signed."""
        self.does(complaint_id, "open_signing")
        self.does(complaint_id, "sign")


class SuitDesk(Desk):
    """The same for suits, which are recorded from the page of the case they touch."""

    word = "suits"

    def records(self, case_id: str, said: Mapping[str, str], scan: Path) -> str:
        """The suit with its paper; returns its id."""
        self.visitor.goes(f"/admin/cases/{case_id}/")
        self.visitor.presses(self.page.locator(f"a[href='/admin/suits/new/{case_id}/']"))
        form = self.page.locator("#act-form")
        for name, value in said.items():
            field = form.locator(f"[name={name}]")
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        form.locator("input[type=file]").set_input_files(scan)
        self.visitor.presses(form.locator("button.button--primary"))
        self.is_told_it_is_done()
        return urlsplit(self.page.url).path.rstrip("/").rsplit("/", 1)[1]
