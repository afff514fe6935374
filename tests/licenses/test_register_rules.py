"""Term, number and state on a day, by paragraph."""

import datetime as dt

import pytest

from licenses import rules
from licenses.rules import CentreText, Period, Standing
from tests.licenses.people import moment, there

DAY = dt.date
NOON = moment("2026-03-02 12:00")


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        ("2026-03-02", "2029-03-02"),
        ("2024-02-29", "2027-02-28"),
        ("2025-02-28", "2028-02-28"),
        ("2026-12-31", "2029-12-31"),
        ("2026-01-01", "2029-01-01"),  # a holiday moves nothing
    ],
)
def test_three_years_inclusive(issued, last):
    assert rules.expiry(DAY.fromisoformat(issued)) == DAY.fromisoformat(last)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-30", 3, "2026-06-30"),
    ],
)
def test_a_suspension_ends_on_the_same_day_or_the_last_of_the_month(first, months, last):
    assert rules.suspension_end(DAY.fromisoformat(first), months) == DAY.fromisoformat(last)


def test_check_digits_computed_by_hand():
    """D=13 M=22 L=21 K=20 Z=35: 13222100000001203500 mod 97 = 66, and 98 - 66 = 32."""
    assert rules.licence_number("DML", 1) == "KZ32DML00000001"
    assert int("132221" + "00000001" + "2035" + "32") % 97 == 1
    assert rules.number_is_valid("KZ32DML00000001")


@pytest.mark.parametrize("place", range(7, 15))
def test_every_slip_in_one_digit_is_found(place):
    number = rules.licence_number("DML", 12345678)
    for digit in "0123456789":
        changed = number[:place] + digit + number[place + 1 :]
        assert rules.number_is_valid(changed) == (changed == number)


@pytest.mark.parametrize(
    "text", ["", "KZ", "KZ00DML00000001", "kz32dml00000001", "KZ32DML0000001", "KZ32DML٠٠٠٠٠٠٠١"]
)
def test_no_number(text):
    assert not rules.number_is_valid(text)


def test_a_number_typed_on_a_cyrillic_keyboard():
    number = rules.licence_number("DML", 7)
    assert rules.tidy_number(f" {number[:4]}-{number[4:7]} {number[7:]} ") == number
    assert rules.tidy_number("КZ12ДМL") == "KZ12DML"
    assert rules.split_annex(f"{number}/002") == (number, "002")
    assert rules.split_annex(number) == (number, None)


@pytest.mark.parametrize("serial", [0, 100_000_000])
def test_eight_digits_hold_no_more(serial):
    with pytest.raises(ValueError, match="eight digits"):
        rules.licence_number("DML", serial)


def test_signed_after_hours_is_shown_from_nine_of_the_day_it_bears():
    assert rules.public_from(moment("2026-03-06 19:00"), DAY(2026, 3, 10)) == moment("2026-03-10 09:00")
    assert rules.public_from(NOON, NOON.date()) == NOON


def period(status, first, end, **more):
    return Period(status, first, end, more.pop("basis", "grant"), more.pop("known_from", NOON), **more)


GRANTED = period("active", DAY(2026, 3, 2), DAY(2029, 3, 3))


@pytest.mark.parametrize(
    ("day", "status"),
    [("2026-03-01", None), ("2026-03-02", "active"), ("2029-03-02", "active"), ("2029-03-03", "expired")],
)
def test_in_force_until_its_last_day_inclusive(day, status):
    standing = rules.standing_on([GRANTED], DAY(2029, 3, 2), DAY.fromisoformat(day))
    assert (standing.status if standing else None) == status


def test_expiry_wins_over_a_suspension():
    periods = [
        period("active", DAY(2026, 3, 2), DAY(2029, 1, 10)),
        period("suspended", DAY(2029, 1, 10), DAY(2029, 3, 3)),
    ]
    assert rules.standing_on(periods, DAY(2029, 3, 2), DAY(2029, 3, 2)) == Standing(
        "suspended", DAY(2029, 1, 10), basis="grant"
    )
    assert rules.standing_on(periods, DAY(2029, 3, 2), DAY(2029, 4, 1)) == Standing(
        "expired", DAY(2029, 3, 3)
    )


def test_a_revoked_licence_stays_revoked_after_its_term():
    periods = [
        period("active", DAY(2026, 3, 2), DAY(2026, 5, 4)),
        period("revoked", DAY(2026, 5, 4), None, basis="revoke"),
    ]
    assert there(rules.standing_on(periods, DAY(2029, 3, 2), DAY(2030, 1, 1))).status == "revoked"


def test_an_annex_is_never_better_off_than_its_licence():
    active, suspended = Standing("active", DAY(2026, 3, 2)), Standing("suspended", DAY(2026, 4, 1))
    terminated = Standing("terminated", DAY(2026, 4, 2))
    assert rules.combined(suspended, active) == suspended
    assert rules.combined(active, suspended) == suspended
    assert rules.combined(suspended, terminated) == terminated
    stayed = Standing("suspended", DAY(2026, 4, 1), stayed=True)
    assert rules.combined(stayed, active) == stayed
    assert rules.combined(stayed, suspended) == suspended


def test_kazakh_order():
    names = [
        "Ясная",
        "Әсем",
        "Ақбұлақ",
        "Аял",
        "Үміт",
        "Учёт",
        "Іле",
        "Ырыс",
        "Қуат",
        "Кзыл",
        "Alpha",
        "7 су",
    ]
    assert sorted(names, key=rules.kazakh_sort_key) == [
        "7 су", "Alpha", "Ақбұлақ", "Аял", "Әсем", "Кзыл", "Қуат", "Учёт", "Үміт", "Ырыс", "Іле", "Ясная",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("караганды кум", "Қарағанды Құм"),
        ("АЛТЫН  майнинг", "«Алтын» Майнинг"),
        ("Aлтын", "Алтын"),  # Latin A
        ("онер", "Өнер"),
        ("ене", "Эне".replace("Э", "Е")),
    ],
)
def test_lost_letters_and_look_alikes_fold_to_the_same(typed, stored):
    assert rules.fold(typed) == rules.fold(stored)


def test_special_conditions_name_every_centre_and_host():
    one = CentreText("kk 1", "ru 1", "55")
    two = CentreText("kk 2", "ru 2", "10", host_name="ТОО «Қуат»", host_licence_number="KZ32DML00000001")
    assert rules.special_conditions([one]) == ("kk 1", "ru 1")
    kk, ru = rules.special_conditions([one, two])
    assert (
        kk
        == "1) kk 1\n2) kk 2 (цифрлық майнинг деректерін өңдеу орталығының иесі – ТОО «Қуат», № KZ32DML00000001 лицензия)"
    )
    assert ru == "1) ru 1\n2) ru 2 (владелец ЦОД цифрового майнинга – ТОО «Қуат», лицензия № KZ32DML00000001)"


@pytest.mark.parametrize(
    ("words", "name", "letters"),
    [
        (("алтын",), " алтын дала ", 0),
        (("алтин",), " алтын дала ", 1),
        (("алтн", "даала"), " алтын дала ", 2),
        (("алтын",), "", 5),
    ],
)
def test_slips_are_counted_by_letter(words, name, letters):
    assert rules.slips(words, name) == letters
