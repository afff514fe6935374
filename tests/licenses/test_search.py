"""The public search: by number, BIN and name, with the slips people make; filters; pages; past days."""

import datetime as dt
import uuid
from typing import Any

import pytest

from foundation.kernel.refusals import BadInput
from licenses.rules import CentreText
from licenses.rules.questions import Kind, understand
from licenses.selectors import Query, export_rows, search
from licenses.services import suspend_licence, terminate_licence
from licenses.statuses import Basis
from tests.licenses.people import entity, entrepreneur, granted, moment

NOW = moment("2026-06-01 12:00")
NAMES = [
    "ТОО «Қуатты Өзен»",
    "ТОО «Алтын Дала Майнинг»",
    "ТОО «Ғарыш Технологиялары»",
    "АО «Ұлытау Энерго»",
    "ТОО «Hash Power Астана»",
    "ТОО «Сұңқар Дата»",
    "ТОО «Алтай Майнинг»",
    "ТОО «Северный Каскад»",
    "ТОО «Көкжиек Майнинг»",
]


def bins():
    from foundation.accounts.identifiers import control_digit

    serial = 0
    while True:
        serial += 1
        first = f"2001400{serial:04d}"
        digit = control_digit(first)
        if digit is not None:
            yield f"{first}{digit}"


@pytest.fixture
def register(db):
    return {name: granted(entity(number, name)) for name, number in zip(NAMES, bins(), strict=False)}


def names(query, at=NOW):
    return [found.holder_ru for found in search(query, at).items]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("куатты озен", "ТОО «Қуатты Өзен»"),  # lost Kazakh letters
        ("гарыш", "ТОО «Ғарыш Технологиялары»"),
        ("улытау", "АО «Ұлытау Энерго»"),
        ("сункар", "ТОО «Сұңқар Дата»"),
        ("Kокжиек", "ТОО «Көкжиек Майнинг»"),  # Latin K, о for ө
        ("Aлтын Дала", "ТОО «Алтын Дала Майнинг»"),  # Latin A
        ("алтин дала", "ТОО «Алтын Дала Майнинг»"),  # one wrong letter
        ("севорный", "ТОО «Северный Каскад»"),
        ("каскат", "ТОО «Северный Каскад»"),
        ("hash power", "ТОО «Hash Power Астана»"),
        ("майнинг алтай", "ТОО «Алтай Майнинг»"),  # another order
        ("ТОО Сұнқар Дата", "ТОО «Сұңқар Дата»"),
        ("технологялары", "ТОО «Ғарыш Технологиялары»"),  # a letter left out
    ],
)
def test_a_name_with_a_slip_is_the_first(register, typed, wanted):
    assert names(Query(typed))[0] == wanted


def test_without_a_question_the_order_is_the_kazakh_alphabets(register):
    assert names(Query()) == [
        "АО «Ұлытау Энерго»",
        "ТОО «Hash Power Астана»",
        "ТОО «Алтай Майнинг»",
        "ТОО «Алтын Дала Майнинг»",
        "ТОО «Ғарыш Технологиялары»",
        "ТОО «Көкжиек Майнинг»",
        "ТОО «Қуатты Өзен»",
        "ТОО «Северный Каскад»",
        "ТОО «Сұңқар Дата»",
    ]


def test_pages_by_mark_hold_every_licence_once(register):
    seen, cursor = [], ""
    while True:
        page = search(Query(cursor=cursor, limit=4), NOW)
        seen += [found.number for found in page.items]
        cursor = page.next_cursor
        if not cursor:
            break
    assert sorted(seen) == sorted(licence.number for licence in register.values())


def test_pages_of_a_common_word(register):
    first = search(Query("майнинг", limit=2), NOW)
    second = search(Query("майнинг", limit=2, cursor=first.next_cursor), NOW)
    assert len({found.number for found in (*first.items, *second.items)}) == 3
    assert second.next_cursor == ""


@pytest.mark.parametrize("cursor", ["x", "e30", "bnVsbA", "eyJrIjogImEiLCAiaSI6ICJ4In0"])
def test_a_foreign_page_mark_is_refused(db, cursor):
    with pytest.raises(BadInput) as refused:
        search(Query(cursor=cursor), NOW)
    assert refused.value.code == "BAD_CURSOR"


def test_by_number_and_bin(register):
    licence = register["ТОО «Алтай Майнинг»"]
    assert [found.number for found in search(Query(licence.number), NOW).items] == [licence.number]
    assert [found.number for found in search(Query(licence.number.lower()[:8]), NOW).items][:1]
    assert names(Query(f"{licence.number}/001")) == ["ТОО «Алтай Майнинг»"]
    assert names(Query(licence.party.number)) == ["ТОО «Алтай Майнинг»"]
    assert len(names(Query(licence.party.number[:7]))) == len(NAMES)
    assert names(Query(licence.number[-8:])) == ["ТОО «Алтай Майнинг»"]


@pytest.mark.django_db
def test_an_iin_is_found_whole_only_and_shown_masked():
    granted(entrepreneur())
    assert [found.holder_number for found in search(Query("900101300007"), NOW).items] == ["900101******"]
    assert search(Query("90010130"), NOW).items == []
    assert [found.holder_number for found in search(Query("Смагулова"), NOW).items] == ["900101******"]


@pytest.mark.django_db
def test_filters_agree_with_the_legal_periods():
    party = entity()
    active = granted(party)
    suspended = granted(
        entity("031241000109", "ТОО «Б»"), sub_kind="II", centres=[CentreText("a", "b", "10")]
    )
    ended = granted(entity("110463000001", "ТОО «В»"))
    expired = granted(entity("150140000305", "ТОО «Г»"), at="2022-03-01 12:00")
    who: dict[str, Any] = {"act_id": uuid.uuid4(), "actor_id": uuid.uuid4(), "at": moment("2026-04-01 12:00")}
    since = dt.date(2026, 4, 1)
    suspend_licence(licence_id=suspended.pk, since=since, months=6, basis=Basis.SUSPEND, **who)
    terminate_licence(licence_id=ended.pk, since=since, basis=Basis.TERMINATE_ON_REQUEST, **who)

    def found(**filters):
        return {line.number for line in search(Query(**filters), NOW).items}

    assert found(status="active") == {active.number}
    assert found(status="suspended") == {suspended.number}
    assert found(status="terminated") == {ended.number}
    assert found(status="expired") == {expired.number}
    assert found(status="revoked") == set()
    assert found(sub_kind="II") == found(region="10") == {suspended.number}
    assert found(status="active", day=dt.date(2026, 3, 31)) == {active.number, suspended.number, ended.number}
    assert found(status="active", day=dt.date(2025, 3, 1)) == {expired.number}
    assert found(day=dt.date(2022, 2, 28)) == set()
    assert {line.number for line in export_rows(Query(status="expired"), NOW)} == {expired.number}


@pytest.mark.django_db
def test_signed_after_hours_is_found_from_nine():
    licence = granted(at="2026-03-06 19:00", issued_on="2026-03-09")
    assert search(Query(licence.number), moment("2026-03-09 08:59")).items == []
    assert len(search(Query(licence.number), moment("2026-03-09 09:00")).items) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", Kind.EVERYTHING),
        ("  ", Kind.EVERYTHING),
        ("кz32", Kind.NUMBER),
        ("KZ32 DML 00000001", Kind.NUMBER),
        ("1501 4000 0002", Kind.IDENTIFIER),
        ("1501", Kind.BIN_PREFIX),
        ("150", Kind.NAME),
        ("Казахмыс", Kind.NAME),
        ("«»", Kind.NAME),
    ],
)
def test_what_is_meant(text, kind):
    assert understand(text).kind is kind


@pytest.mark.parametrize("text", ["«»", "%", "_", "\\", "'; --", "ф" * 200])
def test_odd_questions_find_nothing_and_break_nothing(register, text):
    assert search(Query(text), NOW).items == []
