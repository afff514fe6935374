"""Terms as the journal has them, beside the rows: nothing about a term is known to its row alone."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Q

from casework.deadlines import rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.events import PASSED_FACT
from casework.deadlines.models import Term
from casework.deadlines.selectors import calendar_of, rule_of
from foundation.journal.models import Fact

PROGRESS_EVERY = 50_000


def differences(progress: Callable[[int], None] = lambda _done: None) -> Iterator[str]:
    """One line for each term whose row is not what its facts and the calendar say."""
    told = _from_journal()
    calendar = cache(calendar_of)
    for done, term in enumerate(Term.objects.order_by("pk").iterator(chunk_size=2_000), start=1):
        fact = told.pop(term.pk, None)
        reason = _compare(term, fact, calendar)
        if reason:
            yield f"term {term.pk} ({term.code}, case {term.case_id}): {reason}"
        if done % PROGRESS_EVERY == 0:
            progress(done)
    for number, fact in sorted(told.items()):
        yield f"term {number} ({fact.get('code')}): in the journal, no row"


def _from_journal() -> dict[int, dict[str, Any]]:
    """The last word of the journal on each term: opened, then its state as acts or the watch changed it."""
    told: dict[int, dict[str, Any]] = {}
    facts = Fact.objects.filter(Q(stream__startswith="case:")).order_by("stream", "seq")
    for kind, canonical in facts.values_list("kind", "canonical").iterator(chunk_size=2_000):
        payload = json.loads(bytes(canonical))["payload"]
        if kind in PASSED_FACT.values():
            told.setdefault(payload["term"], {"code": payload["code"]})["state"] = payload["state"]
        for change in payload.get("terms", ()):
            entry = told.setdefault(change["term"], {"code": change["code"], "state": "open"})
            entry.update({key: value for key, value in change.items() if key != "change"})
    return told


def _compare(term: Term, fact: dict[str, Any] | None, calendar: Callable[[int], WorkingCalendar]) -> str:
    if fact is None or "start" not in fact:
        return "a row, but the journal does not tell of its opening"
    if fact["state"] != term.state:
        return f"state {term.state}, by the journal {fact['state']}"
    if (fact["n"], fact["unit"]) != (term.n, term.unit):
        return f"length {term.n} {term.unit}, by the journal {fact['n']} {fact['unit']}"
    moved = (
        term.calendar_revision > fact["revision"]
    )  # a revised calendar moves starts that hang on other terms
    if not moved and (date.fromisoformat(fact["start"]), date.fromisoformat(fact["due_on"])) != (
        term.start,
        term.due_on,
    ):
        return f"{term.start} → {term.due_on}, by the journal {fact['start']} → {fact['due_on']}"
    rule = rule_of(term)
    due_on = rules.compute(rule, term.start, calendar(term.calendar_revision), term.not_after)
    due_at = rules.due_moment(rule, due_on)
    if (due_on, due_at) != (term.due_on, term.due_at):
        return f"due {rules.to_almaty(term.due_at).isoformat()}, by rule and calendar {due_at.isoformat()}"
    return ""
