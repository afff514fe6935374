"""Every page of accounts in three languages: translated, free of inline code, errors beside the fields."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation

from foundation.accounts import services
from foundation.accounts.models import Party, Person
from foundation.journal.models import Delivery, Fact
from foundation.journal.services import deliver_open
from foundation.kernel.clock import legal_now
from tests.foundation.accounts.conftest import HEAD_BIN

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# What reads the same in every language: names, numbers, marks.
SAME = re.compile(
    r"^[\W\d_]*$|NCALayer|English|^(Eng|lish|Қаз|ақша|Рус|ский)$|Қазақша|Русский|Тестов|Сандбокс|Ахметов|^[A-Z2-7]{16,}$|^p-"
    r"|^(admin|aigerim|auditor|bolat|chancery|dana|executor2?|head2?|marat|supervisor)$"
)


class _Reader(HTMLParser):
    """Texts that people read or hear, and what a strict CSP forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inline: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        for name, value in attrs:
            if (
                name == "style"
                or name.startswith("on")
                or (tag == "script" and name == "src" and "//" in value)
            ):
                self.inline.append(f"{tag} {name}")
            if name in {"aria-label", "title", "placeholder", "data-confirm"} or name.startswith("data-text"):
                self.texts.append(value or "")
        if tag == "style" or (tag == "script" and "src" not in dict(attrs)):
            self.inline.append(tag)

    def handle_data(self, data):
        if data.strip():
            self.texts.append(" ".join(data.split()))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def _page(visitor: Client, address: str, language: str) -> _Reader:
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = visitor.get(address)
    assert response.status_code in {200, 404}, response
    assert response["Content-Language"] == language
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert "unsafe" not in response["Content-Security-Policy"]
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    return _read(html)


@pytest.fixture
def signed_in(sign_in, ca) -> Client:
    visitor = Client()
    visitor.force_login(sign_in("head-1-auth").person)
    session = visitor.session
    session["ends_at"] = 4_000_000_000
    session.save()
    return visitor


def _addresses() -> list[str]:
    party = Party.objects.filter(number=HEAD_BIN).first()
    return [
        "/accounts/profile/",
        "/accounts/colleagues/",
        "/accounts/second-factor/set-up/",
        "/accounts/confirm-email/x/",
        "/accounts/set-password/x/y/",
        "/accounts/no-such-page/",
        *([reverse("accounts:new_power", args=[party.pk])] if party else []),
    ]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_pages_leave_nothing_in_english(signed_in, language):
    for address in _addresses():
        english = set(_page(signed_in, address, "en").texts)
        left = [text for text in _page(signed_in, address, language).texts if text in english]
        assert [text for text in left if not SAME.search(text)] == [], address


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_door_leaves_nothing_in_english(ca, language):
    visitor = Client()
    english = set(_page(visitor, "/accounts/sign-in/", "en").texts)
    left = [text for text in _page(visitor, "/accounts/sign-in/", language).texts if text in english]
    assert [text for text in left if not SAME.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_code_or_style_of_its_own(signed_in, language):
    for address in _addresses():
        assert _page(signed_in, address, language).inline == [], address
    assert _page(Client(), "/accounts/sign-in/", language).inline == []


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize(
    "template", ["500.html", "404.html", "403.html", "403_csrf.html", "accounts/locked_out.html"]
)
def test_error_pages_are_translated(template, language):
    with translation.override("en"):
        english = set(_read(render_to_string(template)).texts)
    with translation.override(language):
        shown = _read(render_to_string(template))
    assert [text for text in shown.texts if text in english and not SAME.search(text)] == []
    assert shown.inline == []


@pytest.mark.parametrize(
    ("language", "left", "words"),
    [
        ("ru", 3, "Пн 14.12.2026 осталось 3 рабочих дня"),
        ("ru", 1, "Пн 14.12.2026 остался 1 рабочий день"),
        ("ru", 0, "Пн 14.12.2026 сегодня последний день"),
        ("ru", -5, "Пн 14.12.2026 просрочено на 5 рабочих дней"),
        ("kk", 3, "Дс 14.12.2026 3 жұмыс күні қалды"),
        ("en", 1, "Mon 14.12.2026 1 working day left"),
        ("en", None, "Mon 14.12.2026"),
    ],
)
def test_a_deadline_is_never_a_bare_number(language, left, words):
    import datetime as dt

    with translation.override(language):
        html = render_to_string("components/deadline.html", {"due": dt.date(2026, 12, 14), "left": left})
    assert " ".join(_read(html).texts) == words


def test_the_language_is_kept_in_the_browser_and_with_the_person(sign_in):
    person = sign_in("individual-1-auth").person
    visitor = Client()
    visitor.force_login(person)
    answer = visitor.get("/accounts/profile/?lang=kk")
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == "kk"
    person.refresh_from_db()
    assert person.language == "kk"
    assert visitor.get("/accounts/profile/")["Content-Language"] == "kk"


def test_the_language_switch_keeps_the_page(ca):
    html = Client().get("/accounts/sign-in/?next=/accounts/profile/").content.decode()
    assert 'href="?next=%2Faccounts%2Fprofile%2F&amp;lang=kk"' in html


def test_errors_stand_beside_the_field_and_in_the_summary(signed_in):
    signed_in.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    answer = signed_in.post("/accounts/profile/", {"email": "no-address", "phone": "12", "language": "ru"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="error-summary" role="alert" tabindex="-1"' in html
    assert '<a href="#id_phone">' in html
    assert re.search(
        r'<input[^>]*aria-invalid="true"[^>]*aria-describedby="id_phone_helptext id_phone_error"', html
    )
    assert Person.objects.get().email == ""


def test_contacts_are_normalised_and_the_letter_goes_after_commit(signed_in):
    data = {"email": "Dana@Portal.EXAMPLE", "phone": "8 701 234 56 78", "language": "ru"}
    assert signed_in.post("/accounts/profile/", data).status_code == 302
    person = Person.objects.get()
    assert (person.email, person.phone) == ("Dana@portal.example", "+77012345678")
    assert mail.outbox == []
    assert Delivery.objects.filter(handler__endswith="send_email_confirmation").count() == 1
    deliver_open()
    assert [letter.to for letter in mail.outbox] == [["Dana@portal.example"]]
    link = re.search(r"http\S+/accounts/confirm-email/\S+/", str(mail.outbox[0].body))
    assert link
    address = link[0].removeprefix(settings.PUBLIC_URL)
    assert Client().get(address).status_code == 200
    person.refresh_from_db()
    assert person.email_confirmed_at is None
    assert Client().post(address).status_code == 200
    person.refresh_from_db()
    assert person.email_confirmed_at is not None
    assert Fact.objects.filter(kind="account.email_confirmed").count() == 1


def test_a_link_for_an_older_address_confirms_nothing(signed_in):
    from foundation.accounts.services.people import email_link

    person = Person.objects.get()
    person.email = "old@portal.example"
    token = email_link(person)
    services.change_contacts(
        person=person, email="new@portal.example", phone="", language="ru", at=legal_now()
    )
    assert Client().post(f"/accounts/confirm-email/{token}/").status_code == 422
    person.refresh_from_db()
    assert person.email_confirmed_at is None


def test_a_person_becomes_an_entrepreneur_by_a_button(sign_in):
    visitor = Client()
    visitor.force_login(sign_in("individual-1-auth").person)
    assert visitor.post("/accounts/colleagues/entrepreneur/").status_code == 302
    assert Party.objects.get().kind == "entrepreneur"


def test_a_guest_is_sent_to_the_door(ca):
    answer = Client().get("/accounts/colleagues/")
    assert answer["Location"] == "/accounts/sign-in/?next=/accounts/colleagues/"
