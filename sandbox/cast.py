"""The demo people: officers of every role, applicants and their parties, each with sandbox keys.

Invented names and numbers that pass the control digit. Used by the demo, the walkthrough and the tests.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from casework.decisions.models import HearingRoom
from foundation.accounts.identifiers import control_digit
from foundation.accounts.models import Body, Party, Person, Representation, Role, RoleHolding
from foundation.kernel import place_list, places
from foundation.kernel.services import enter_places
from foundation.rulebook import selectors as rulebook
from sandbox.eds import Identity, issue_identity

PASSWORD = "demo-password-2026"
SINCE = datetime(2023, 1, 1, tzinfo=UTC)
COMPANY_BIN = "150140000002"
PLACES = settings.BASE_DIR / "fixtures" / "kato" / "extract.csv"
PLACES_ON = date(2025, 2, 1)


@dataclass(frozen=True, slots=True)
class Demo:
    """One demo person and what the sandbox signer calls their key."""

    login: str
    iin: str
    surname: str
    given_name: str
    patronymic: str = ""
    role: str = ""
    post_kk: str = ""
    post_ru: str = ""
    party: str = ""
    scope: str = "sign"
    basis: str = "head"
    language: str = "ru"
    body: str = "provider"
    also: str = ""  # a second role in the same body


def number(prefix: str) -> str:
    """A number of twelve digits with its control digit; the prefix has eleven."""
    digit = control_digit(prefix)
    if digit is None:
        raise ValueError(f"No control digit exists for {prefix}")
    return f"{prefix}{digit}"


OFFICERS: tuple[Demo, ...] = (
    Demo("chancery", number("84030130010"), "Сапарова", "Гүлнар", "Ермекқызы", Role.CHANCERY, "Кеңсе маманы", "Специалист канцелярии"),
    Demo("executor", number("88111235020"), "Ахметов", "Ерлан", "Болатович", Role.EXECUTOR, "Бас сарапшы", "Главный эксперт"),
    Demo("executor2", number("91050645030"), "Нұрланова", "Әсел", "Қайратқызы", Role.EXECUTOR, "Сарапшы", "Эксперт"),
    Demo("head", number("75082730040"), "Қасымов", "Нұрлан", "Өмірұлы", Role.HEAD, "Комитет төрағасы", "Председатель комитета"),
    Demo("head2", number("79021430050"), "Иманов", "Бауыржан", "Серікұлы", Role.HEAD, "Төраға орынбасары", "Заместитель председателя"),
    Demo("supervisor", number("80061940060"), "Жұмабаева", "Раушан", "Тілеуқызы", Role.SUPERVISOR, "Басқарма басшысы", "Начальник управления"),
    Demo("auditor", number("83090930070"), "Ким", "Виктор", "Андреевич", Role.AUDITOR, "Аудитор", "Аудитор"),
    Demo("reviewer", number("82042530140"), "Сейітова", "Жанар", "Бекқызы", Role.REVIEWER, "Заң қызметінің сарапшысы", "Эксперт юридической службы"),
    Demo(
        "superior", number("78112230150"), "Тілеуов", "Данияр", "Асқарұлы", Role.REVIEWER, "Комиссия төрағасы", "Председатель комиссии",
        body="superior", also=Role.HEAD,
    ),
    Demo("quality", number("87031940160"), "Юсупова", "Лейла", "Маратовна", Role.REVIEWER, "Бас маман", "Главный специалист", body="quality"),
    Demo("admin", number("86010130080"), "Оспанов", "Тимур", "Ғалымұлы", Role.ADMINISTRATOR, "Әкімші", "Администратор"),
)  # fmt: skip
APPLICANTS: tuple[Demo, ...] = (
    Demo("aigerim", "850505400008", "Тестова", "Айгерім", "Қуатқызы", party=COMPANY_BIN, language="kk"),
    Demo(
        "bolat",
        number("92030330090"),
        "Есенов",
        "Болат",
        "Маратұлы",
        party=COMPANY_BIN,
        scope="draft",
        basis="power",
    ),
    Demo("dana", "900101300007", "Тестов", "Дана", "Тестұлы", party="900101300007"),
    Demo("marat", number("77070730100"), "Ли", "Марат", "Сергеевич", party=number("19024000012")),
)
PARTIES: dict[str, dict[str, Any]] = {
    COMPANY_BIN: {
        "kind": Party.Kind.ENTITY,
        "name_kk": "«Сандбокс Майнинг» ЖШС",
        "name_ru": "ТОО «Сандбокс Майнинг»",
        "address": {"region": "35", "city": "Қарағанды", "street": "Бұқар жырау даңғылы", "house": "15"},
        "email": "office@sandbox-mining.example",
        "phone": "+77172741010",
        "language": "kk",
    },
    "900101300007": {
        "kind": Party.Kind.ENTREPRENEUR,
        "name_kk": "ЖК Тестов",
        "name_ru": "ИП Тестов",
        "address": {"region": "75", "street": "улица Абая", "house": "10"},
        "email": "dana@portal.example",
        "phone": "+77012345678",
    },
    number("19024000012"): {
        "kind": Party.Kind.ENTITY,
        "name_kk": "«Қазына Дата» ЖШС",
        "name_ru": "ТОО «Казына Дата»",
        "address": {"region": "55", "city": "Павлодар", "street": "улица Сатпаева", "house": "3"},
        "email": "info@qazyna-data.example",
        "phone": "+77182555010",
    },
}
ALL = (*OFFICERS, *APPLICANTS)


def provider_bin() -> str:
    """The authority's number of the rulebook, a demo number."""
    return body_bin("provider")


def body_bin(code: str) -> str:
    """A body's number of the rulebook, a demo number."""
    return rulebook.pack(date(2026, 1, 1)).authority(code).bin


@transaction.atomic
def ensure_cast(*, password: str | None = PASSWORD) -> dict[str, Person]:
    """Make whatever is missing of bodies, parties and people; returns the people by login."""
    ensure_bodies()
    for code, floor in (("412", "4"), ("305", "3")):
        HearingRoom.objects.get_or_create(
            code=code,
            defaults={
                "body_id": Body.Kind.PROVIDER.value,
                "name_kk": f"Астана, Мәңгілік ел даңғылы 55/5, {floor}-қабат, {code}-каб.",
                "name_ru": f"Астана, пр. Мәңгілік Ел 55/5, {floor} этаж, каб. {code}",
            },
        )
    for party_number, facts in PARTIES.items():
        Party.objects.get_or_create(number=party_number, defaults=facts)
    people = {demo.login: _person(demo, password) for demo in ALL}
    for demo in OFFICERS:
        for role in filter(None, (demo.role, demo.also)):
            RoleHolding.objects.get_or_create(
                person=people[demo.login],
                body=Body.objects.get(code=demo.body),
                role=role,
                valid_from=SINCE.date(),
            )
    for demo in APPLICANTS:
        Representation.objects.get_or_create(
            person=people[demo.login],
            party=Party.objects.get(number=demo.party),
            basis=demo.basis,
            scope=demo.scope,
            defaults={"since": SINCE},
        )
    return people


def ensure_places() -> None:
    """The extract of the official list of places that is shipped, where no list is there yet."""
    if not places.listed(PLACES_ON):
        enter_places(place_list.read(PLACES.read_bytes()), on=PLACES_ON)


def ensure_bodies() -> Body:
    """The authority and the bodies that consider complaints; returns the authority."""
    pack = rulebook.pack(date(2026, 1, 1))
    for kind in (Body.Kind.PROVIDER, Body.Kind.SUPERIOR, Body.Kind.QUALITY):
        row = pack.authority(kind.value)
        Body.objects.get_or_create(
            code=kind.value,
            defaults={"kind": kind, "name_kk": row.text_kk, "name_ru": row.text_ru, "bin": row.bin},
        )
    return Body.objects.get(code=Body.Kind.PROVIDER.value)


def key_of(login: str) -> Identity:
    """The signing key of a demo person, made on first use."""
    return _key(login, sign=True)


def auth_key_of(login: str) -> Identity:
    """The sign-in key of a demo person."""
    return _key(login, sign=False)


def _key(login: str, *, sign: bool) -> Identity:
    demo = next(demo for demo in ALL if demo.login == login)
    facts: dict[str, Any] = {"roles": {"INDIVIDUAL"}, "bin": None, "organization": None}
    if demo.role:
        facts = {
            "roles": {"ORGANIZATION", "EMPLOYEE"},
            "bin": body_bin(demo.body),
            "organization": "Министерство (демо)",
        }
    elif PARTIES[demo.party]["kind"] == Party.Kind.ENTITY:
        roles = {"ORGANIZATION", "HEAD"} if demo.basis == "head" else {"ORGANIZATION", "EMPLOYEE"}
        facts = {"roles": roles, "bin": demo.party, "organization": PARTIES[demo.party]["name_ru"]}
    return issue_identity(
        f"{login}" if sign else f"{login}-auth",
        iin=demo.iin,
        common_name=f"{demo.surname} {demo.given_name}".upper(),
        surname=demo.surname.upper(),
        patronymic=demo.patronymic.upper() or None,
        sign=sign,
        **facts,
    )


def _person(demo: Demo, password: str | None) -> Person:
    found = Person.objects.filter(login=demo.login).first()
    if found is not None:
        return found
    person = Person(
        login=demo.login,
        iin=demo.iin,
        surname=demo.surname,
        given_name=demo.given_name,
        patronymic=demo.patronymic,
        post_kk=demo.post_kk,
        post_ru=demo.post_ru,
        email=f"{demo.login}@portal.example",
        phone="+77010000000",
        language=demo.language,
        is_staff=bool(demo.role),
        is_superuser=demo.role == Role.ADMINISTRATOR,
    )
    person.set_password(password)
    person.save()
    return person
