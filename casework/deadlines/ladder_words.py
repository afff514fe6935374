"""The messages of the ladder in both languages: what is due, what passed, by which paragraph, and what can be done."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from casework.deadlines import rules
from casework.deadlines.models import LadderStep, Telling, Term
from casework.deadlines.selectors import rule_of, working_days_left
from casework.deadlines.statuses import WARNINGS, LadderChoice
from casework.deadlines.wording import citation_text, term_name
from casework.notices.services import Words
from foundation.rulebook import selectors as rulebook

WARNING, PASSED = "term_warning", "term_passed"
SHOWN = 30  # of one kind; the rest is counted and stands on the page of terms
_SAYS = {
    "kk": {
        "warn_subject": "мерзімдер таяды",
        "past_subject": "мерзімдер өтті",
        "warn": "Мерзімі таяды:",
        "past": "Мерзімі өтті:",
        "until": "№ {number} – {day} {hour} дейін, {left}",
        "since": "№ {number} – {day} {hour}",
        "today": "бүгін соңғы күн",
        "left": "қалған жұмыс күні: {days}",
        "if_past": "Мерзім өтсе: {consequence}",
        "more": "тағы {number}, барлығы – {url}",
        "explain": "Әр бұзушылықтың себебін жазыңыз: {url}",
    },
    "ru": {
        "warn_subject": "подходят сроки",
        "past_subject": "прошли сроки",
        "warn": "Подходит срок:",
        "past": "Срок прошёл:",
        "until": "№ {number} – до {hour} {day}, {left}",
        "since": "№ {number} – {day} {hour}",
        "today": "сегодня последний день",
        "left": "осталось рабочих дней: {days}",
        "if_past": "Если срок пройдёт: {consequence}",
        "more": "и ещё {number}, все – {url}",
        "explain": "Напишите причину каждого нарушения: {url}",
    },
}


def kind_of(owed: Sequence[Telling]) -> str:
    """What passed outweighs what is to come."""
    return WARNING if all(telling.step.step in WARNINGS for telling in owed) else PASSED


def words_of(owed: Sequence[Telling], at: datetime) -> Words:
    """Everything that one person is owed, in one message."""
    said = {language: _Text(language, at).of([telling.step for telling in owed]) for language in _SAYS}
    (subject_kk, text_kk), (subject_ru, text_ru) = said["kk"], said["ru"]
    return Words(subject_kk, subject_ru, text_kk, text_ru)


class _Text:
    """A message in one language."""

    def __init__(self, language: str, at: datetime) -> None:
        self.language, self.at, self.says = language, at, _SAYS[language]

    def of(self, steps: Sequence[LadderStep]) -> tuple[str, str]:
        """Subject and text; a term that is both broken and to be explained stands once."""
        with translation.override(self.language):
            warned = list({step.term_id: step.term for step in steps if step.step in WARNINGS}.values())
            past = list({step.term_id: step.term for step in steps if step.step not in WARNINGS}.values())
            parts = self._part("past", past) + self._part("warn", warned)
        if any(step.step == LadderChoice.TELL_EXECUTOR for step in steps):
            parts.append(self.says["explain"].format(url=_url("desks:breaches")))
        return self.says["past_subject" if past else "warn_subject"], "\n\n".join(parts)

    def _part(self, what: str, terms: list[Term]) -> list[str]:
        groups: dict[tuple[str, str], list[Term]] = {}
        for term in terms:
            groups.setdefault((term.code, term.track), []).append(term)
        return [self._group(what, group) for group in groups.values()]

    def _group(self, what: str, terms: list[Term]) -> str:
        lines = [f"{self.says[what]} {term_name(terms[0].code)} ({citation_text(rule_of(terms[0]))})"]
        lines += [self._line(what, term) for term in terms[:SHOWN]]
        if len(terms) > SHOWN:
            lines.append(
                self.says["more"].format(number=len(terms) - SHOWN, url=_url("desks:dashboard_terms"))
            )
        consequence = self._consequence(terms[0])
        if consequence:
            lines.append(
                consequence if what == "past" else self.says["if_past"].format(consequence=consequence)
            )
        return "\n".join(lines)

    def _line(self, what: str, term: Term) -> str:
        left = working_days_left(term, self.at)
        return self.says["until" if what == "warn" else "since"].format(
            number=term.case,
            day=f"{term.due_on:%d.%m.%Y}",
            hour=f"{rules.to_almaty(term.due_at):%H:%M}",
            left=self.says["today"] if left <= 0 else self.says["left"].format(days=left),
        )

    def _consequence(self, term: Term) -> str:
        """As the row of the rulebook says it."""
        for row in rulebook.book().rows.terms:
            if row.term == term.code and row.track in (term.track, ""):
                return row.consequence(self.language)
        return ""


def _url(name: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name)}"
