"""Thirty questions with a slip against 100,000 licences: the wanted one among the first five, within 300 ms (quality.md)."""

import time
from statistics import median

import pytest

from benchmarks import _register
from foundation.accounts.identifiers import control_digit
from licenses.models import Licence
from licenses.selectors import Query, search
from tests.licenses.people import body, entity, granted, moment

pytestmark = pytest.mark.slow

LICENCES = 100_000
LIMIT_S = 0.3
NOW = moment("2026-06-01 12:00")
RARE = [
    "ТОО «Қуатты Өңір»",
    "ТОО «Ғарышкер»",
    "АО «Ұлытау Кенті»",
    "ТОО «Һәкім Дербес»",
    "ТОО «Көкжиек Шеңбері»",
    "ТОО «Hash Power Nur»",
    "ТОО «Самғау»",
    "ИП «Жұмағұлова Гүлнәр»",
    "ТОО «Тяньшанский Хребет»",
    "ТОО «Мұзбел Мұнарасы»",
]
# what is typed, the name that is wanted
QUESTIONS = [
    # a lost Kazakh letter
    ("куатты онир", "ТОО «Қуатты Өңір»"),
    ("гарышкер", "ТОО «Ғарышкер»"),
    ("улытау кенти", "АО «Ұлытау Кенті»"),
    ("хаким дербес", "ТОО «Һәкім Дербес»"),
    ("кокжиек шенбери", "ТОО «Көкжиек Шеңбері»"),
    ("жумагулова гулнар", "ИП «Жұмағұлова Гүлнәр»"),
    ("музбел мунарасы", "ТОО «Мұзбел Мұнарасы»"),
    ("самгау", "ТОО «Самғау»"),
    ("кумис булак технологиялары", "ТОО «Күміс Бұлақ Технологиялары»"),
    ("жана шанырак ондирис", "ТОО «Жаңа Шаңырақ Өндіріс»"),
    # a Latin look-alike
    ("Kуатты Өңір", "ТОО «Қуатты Өңір»"),
    ("Cамғау", "ТОО «Самғау»"),
    ("Hash Рower Nur", "ТОО «Hash Power Nur»"),
    ("Tяньшанский Xpeбeт", "ТОО «Тяньшанский Хребет»"),
    ("Cеверный Pубеж Холдинг", "ТОО «Северный Рубеж Холдинг»"),
    ("Aлтын Aспан Сервис", "ТОО «Алтын Аспан Сервис»"),
    ("Bосточный Beтер Лаб", "ТОО «Восточный Ветер Лаб»"),
    ("Қaрa Tay Tex", "ТОО «Қара Тау Тех»"),
    # one wrong letter
    ("куотты онир", "ТОО «Қуатты Өңір»"),
    ("гарышкир", "ТОО «Ғарышкер»"),
    ("улутау кенті", "АО «Ұлытау Кенті»"),
    ("самгоу", "ТОО «Самғау»"),
    ("жумогулова", "ИП «Жұмағұлова Гүлнәр»"),
    ("тяншанский хребет", "ТОО «Тяньшанский Хребет»"),
    ("хрибет", "ТОО «Тяньшанский Хребет»"),
    ("мунараси", "ТОО «Мұзбел Мұнарасы»"),
    ("севорный рубеж холдинг", "ТОО «Северный Рубеж Холдинг»"),
    ("алтин аспан сервис", "ТОО «Алтын Аспан Сервис»"),
    ("западный меридеан майнинг телеком", "ТОО «Западный Меридиан Майнинг Телеком»"),
    ("полярный импулс строй", "ТОО «Полярный Импульс Строй»"),
]


@pytest.fixture
def hundred_thousand(db):
    for serial, name in enumerate(RARE):
        granted(entity(_bin(serial), name))
    _register.fill(LICENCES, body=body().pk)
    return Licence.objects.count()


def _bin(serial):
    first = f"2001400{serial * 3:04d}"
    digit = control_digit(first)
    return f"{first}{digit}" if digit is not None else _bin(serial + 100)


def test_the_wanted_one_is_among_the_first_five_within_300_ms(hundred_thousand):
    assert (hundred_thousand, len(QUESTIONS)) == (LICENCES + len(RARE), 30)
    lost, slow = {}, {}
    for typed, wanted in QUESTIONS:
        taken = []
        for _turn in range(3):
            begun = time.perf_counter()
            page = search(Query(typed), NOW)
            taken.append(time.perf_counter() - begun)
        found = [line.holder_ru for line in page.items[:5]]
        if wanted not in found:
            lost[typed] = found
        if median(taken) > LIMIT_S:
            slow[typed] = taken
    assert (lost, slow) == ({}, {})
