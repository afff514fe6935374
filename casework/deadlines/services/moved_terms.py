"""People hear of terms that a revised calendar moved: each once, the old and the new date, and the act behind it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import translation

from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.history import HANGS_ON_SERVICE
from casework.deadlines.models import CalendarException, Term
from casework.deadlines.selectors import calendar_of, rule_of
from casework.deadlines.statuses import AUTHORITY, TermState
from casework.deadlines.wording import moved_text, term_name
from casework.notices.models import Message
from casework.notices.services import Words, send
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person

KIND = "term_moved"
SHOWN = 30
AT_ONCE = 300  # messages a round, so that one delivery never outlasts its lease
_MORE = {"kk": "тағы {number}", "ru": "и ещё {number}"}
_SUBJECT = {"kk": "мерзімдер жылжыды", "ru": "сроки перенесены"}


@dataclass(frozen=True, slots=True)
class Moved:
    """One term with its last day before and after."""

    case: Case
    code: str
    old: date
    new: date


def tell_moved(revision: int, at: datetime) -> bool:
    """Executors of the office's terms, applicants of what they wait for or owe; False: more are left for another round."""
    sent = 0
    for person, moved in _by_person(revision, at):
        key = f"calendar:{revision}:{person.pk}"
        if Message.objects.filter(dedupe_key=key).exists():
            continue
        if sent == AT_ONCE:
            return False
        cases = {one.case.pk: one.case for one in moved}
        send(
            case=next(iter(cases.values())) if len(cases) == 1 else None,
            kind=KIND,
            dedupe_key=key,
            people=[person],
            words=_words(revision, moved),
            at=at,
        )
        sent += 1
    return True


def _by_person(revision: int, at: datetime) -> Iterator[tuple[Person, list[Moved]]]:
    """An officer with an executor's cases; everybody else with the cases of the parties they act for."""
    before, now = calendar_of(revision - 1), calendar_of(revision)
    terms = _moved_terms(revision)
    officers = terms.filter(case__executor__isnull=False).order_by("case__executor_id", "due_at", "pk")
    for _executor, rows in groupby(officers, key=lambda term: term.case.executor_id):
        found = list(_moves(rows, before, now, lambda rule: rule.who in AUTHORITY))
        if found and found[0].case.executor is not None:
            yield found[0].case.executor, found
    by_party: dict[Person, list[Moved]] = {}
    parties = terms.order_by("case__party_id", "due_at", "pk")
    for party, rows in groupby(parties, key=lambda term: term.case.party_id):
        found = list(_moves(rows, before, now, _concerns_applicant))
        for person in accounts.representatives_of(party, at) if found else ():
            by_party.setdefault(person, []).extend(found)
    yield from by_party.items()


def _moved_terms(revision: int) -> QuerySet[Term]:
    """Running terms that this revision, or one after it, has moved."""
    running = Q(state=TermState.OPEN, calendar_revision__gte=revision, opened_revision__lt=revision)
    return Term.objects.filter(running).select_related("case__executor")


def _concerns_applicant(rule: rules.TermRule) -> bool:
    return "applicant" in rule.tells or rule.who in {"applicant", "licensee"}


def _moves(
    terms: Iterable[Term],
    before: WorkingCalendar,
    now: WorkingCalendar,
    wanted: Callable[[rules.TermRule], bool],
) -> Iterator[Moved]:
    """The dates by the calendar before and by the one of the revision, whatever moved them since."""
    for term in terms:
        rule = rule_of(term)
        if not wanted(rule):
            continue
        old, new = _due(term, rule, before), _due(term, rule, now)
        if old != new:
            yield Moved(term.case, term.code, old, new)


def _due(term: Term, rule: rules.TermRule, calendar: WorkingCalendar) -> date:
    """As `services.exceptions` computes it: what hangs on the end of the service term goes by that end."""
    if term.code not in HANGS_ON_SERVICE:
        return rules.compute(rule, term.start, calendar, term.not_after)
    service = Term.objects.filter(case_id=term.case_id, code="service", state=TermState.OPEN).first()
    if service is None:
        return rules.compute(rule, term.start, calendar, term.not_after)
    end = rules.compute(rule_of(service), service.start, calendar)
    if term.code == "review":
        return rules.compute(rule, term.start, calendar, end)
    return rules.compute(rule, end, calendar, term.not_after)


def _words(revision: int, moved: list[Moved]) -> Words:
    exceptions = list(CalendarException.objects.filter(revision=revision).order_by("day"))
    said = {}
    for language, more in _MORE.items():
        with translation.override(language):
            cause = moved_text(exceptions)
            lines = [
                f"№ {one.case} – {term_name(one.code)}: {one.old:%d.%m.%Y} → {one.new:%d.%m.%Y}"
                for one in moved[:SHOWN]
            ]
        if len(moved) > SHOWN:
            lines.append(more.format(number=len(moved) - SHOWN))
        said[language] = "\n".join([cause[:1].upper() + cause[1:], *lines])
    return Words(_SUBJECT["kk"], _SUBJECT["ru"], said["kk"], said["ru"])
