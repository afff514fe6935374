"""The same words everywhere, in the reader's language; nothing of ours is left untranslated."""

from datetime import date
from pathlib import Path

import polib
import pytest
from django.utils import translation

from casework.deadlines import wording
from casework.deadlines.rules import TERM_RULES, explain, rule_for
from casework.deadlines.shipped import shipped_calendar

LOCALE = Path(wording.__file__).with_name("locale")
CAL = shipped_calendar()


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        (
            "ru",
            "2026-03-09",
            "выходной за 08.03.2026, Международный женский день в выходной день (Закон о праздниках, ст. 5)",
        ),
        ("kk", "2026-03-22", "мереке күні: Наурыз мейрамы (Мерекелер туралы заң, 5-бап)"),
        (
            "kk",
            "2023-07-07",
            (
                "акт бойынша демалыс күні: ҚР Үкіметінің 2023 жылғы № 326 қаулысы "
                "(Еңбек кодексі, 85-бап, 3-тармақ)"
            ),
        ),
        (
            "ru",
            "2024-05-04",
            "рабочий день по акту: Приказ Министра труда и социальной защиты населения РК 2024 года № 109",
        ),
        (
            "ru",
            "2027-05-16",
            (
                "выходной день: первый день Курбан-айта, "
                "расчётная дата, ещё не объявлена (Трудовой кодекс, ст. 84, п. 5)"
            ),
        ),
        ("en", "2026-11-22", "weekend (Labour Code, art. 84)"),
        ("ru", "2026-11-23", "рабочий день"),
    ],
)
def test_what_a_day_is_called(language: str, day: str, words: str) -> None:
    with translation.override(language):
        assert wording.reason_text(CAL.why(date.fromisoformat(day))) == words


def test_a_shifted_last_day_says_by_which_rule() -> None:
    last = explain(rule_for("reissue_filing"), date(2026, 10, 23), CAL)[-1]
    with translation.override("ru"):
        assert wording.why_text(last) == (
            "последний день пришёлся на выходной, срок переносится (АППК, ст. 76, п. 5): рабочий день"
        )


def test_every_term_has_a_name() -> None:
    assert {rule.code for rule in TERM_RULES} == set(wording.TERMS)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_the_catalogue_is_complete(language: str) -> None:
    catalogue = polib.pofile(str(LOCALE / language / "LC_MESSAGES" / "django.po"))
    assert [entry.msgid for entry in catalogue if not entry.translated() or entry.fuzzy] == []
    texts = {entry.msgid for entry in catalogue}
    used = [*wording.HOLIDAYS.values(), *wording.TERMS.values()]
    with translation.override("en"):
        assert {str(text) for text in used} <= texts
