"""Sentences officers write again and again, in Kazakh and Russian; they are put into a text and may be changed there.

They are rows of the rulebook (`phrase.…`), so that the authority adds its own with a second person's confirmation.
"""

from datetime import date

from foundation.rulebook.rules import Pack

_RESULTS = ("meets", "does_not_meet", "no_check_needed")


def of_findings(pack: Pack, side: str) -> dict[str, list[str]]:
    """The phrases of each result in one language."""
    return {
        result: [row.text(side) for row in pack.texts(f"phrase.finding.{result}.")] for result in _RESULTS
    }


def of_facts(pack: Pack, ground: str) -> list[tuple[str, str]]:
    """The facts of a ground: (kk, ru)."""
    return [(row.text_kk, row.text_ru) for row in pack.texts(f"phrase.facts.{ground}.")]


def of_assessments(pack: Pack) -> list[tuple[str, str]]:
    """How an answer is weighed: (kk, ru)."""
    return [(row.text_kk, row.text_ru) for row in pack.texts("phrase.assessment.")]


def of_ended_licence(number: str, last_day: date | None) -> dict[str, str]:
    """The facts of a discontinuance where the licence asked about left force, with its last day if the term ran out."""
    if last_day is None:
        return {
            "facts_kk": f"Тізілім бойынша № {number} лицензияның қолданысы тоқтаған.",
            "facts_ru": f"По реестру лицензия № {number} прекратила действие.",
        }
    return {
        "facts_kk": f"Тізілім бойынша № {number} лицензияның мерзімі {last_day:%d.%m.%Y} аяқталған.",
        "facts_ru": f"По реестру срок лицензии № {number} истёк {last_day:%d.%m.%Y}.",
    }
