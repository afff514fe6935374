"""The messages of the ladder in both languages: what is due, what passed, by which paragraph, and what can be done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from casework.deadlines import rules
from casework.deadlines.models import Term
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


class Owed(NamedTuple):
    """One step that one person is owed; after an outage they are thousands, so the terms stay in the database."""

    pk: int  # of the Telling
    step: str
    term_id: int
    case_id: UUID
    code: str
    track: str


def kind_of(owed: Sequence[Owed]) -> str:
    """What passed outweighs what is to come."""
    return WARNING if all(step.step in WARNINGS for step in owed) else PASSED


def words_of(owed: Sequence[Owed], at: datetime) -> Words:
    """Everything that one person is owed, in one message."""
    warned = _groups(step for step in owed if step.step in WARNINGS)
    past = _groups(step for step in owed if step.step not in WARNINGS)
    shown = [pk for pks in (*warned, *past) for pk in pks[:SHOWN]]
    terms = Term.objects.select_related("case").in_bulk(shown)
    explain = any(step.step == LadderChoice.TELL_EXECUTOR for step in owed)
    said = {language: _Text(language, at, terms).of(past, warned, explain=explain) for language in _SAYS}
    (subject_kk, text_kk), (subject_ru, text_ru) = said["kk"], said["ru"]
    return Words(subject_kk, subject_ru, text_kk, text_ru)


def _groups(steps: Iterable[Owed]) -> list[list[int]]:
    """Terms of one kind together; one that is both broken and to be explained stands once."""
    groups: dict[tuple[str, str], dict[int, None]] = {}
    for step in steps:
        groups.setdefault((step.code, step.track), {})[step.term_id] = None
    return [list(group) for group in groups.values()]


class _Text:
    """A message in one language; `terms` are those whose lines are shown."""

    def __init__(self, language: str, at: datetime, terms: Mapping[int, Term]) -> None:
        self.language, self.at, self.terms, self.says = language, at, terms, _SAYS[language]

    def of(self, past: list[list[int]], warned: list[list[int]], *, explain: bool) -> tuple[str, str]:
        """Subject and text."""
        with translation.override(self.language):
            parts = [self._group("past", group) for group in past]
            parts += [self._group("warn", group) for group in warned]
        if explain:
            parts.append(self.says["explain"].format(url=_url("desks:breaches")))
        return self.says["past_subject" if past else "warn_subject"], "\n\n".join(parts)

    def _group(self, what: str, group: list[int]) -> str:
        terms = [self.terms[pk] for pk in group[:SHOWN]]
        lines = [f"{self.says[what]} {term_name(terms[0].code)} ({citation_text(rule_of(terms[0]))})"]
        lines += [self._line(what, term) for term in terms]
        if len(group) > SHOWN:
            lines.append(
                self.says["more"].format(number=len(group) - SHOWN, url=_url("desks:dashboard_terms"))
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
