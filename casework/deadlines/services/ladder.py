"""The ladder: warnings before the end of a term, and who is told that it passed. Each step is taken once.

Here steps are only written down, in the transaction that finds them; `telling` brings them to people.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from casework.cases.models import Absence, Case
from casework.deadlines import rules
from casework.deadlines.models import BreachExplanation, LadderStep, Telling, Term
from casework.deadlines.selectors import current_calendar, rule_of
from casework.deadlines.statuses import AUTHORITY, LadderChoice, TermState
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Role

BATCH = 1_000
_log = logging.getLogger(__name__)
Cursor: TypeAlias = tuple[datetime, int]
_TOLD_WHEN_PASSED = {"supervisor": LadderChoice.TELL_SUPERVISOR, "head": LadderChoice.TELL_HEAD}


def climb(at: datetime) -> int:
    """Take the warnings that are due by `at`, in batches committed one by one; returns how many steps were told.

    As in the watch, cases are locked first, and one that somebody holds is left to the next round.
    """
    cursor: Cursor | None = None
    told = 0
    while found := _due(at, cursor):
        cursor = (found[-1][0], found[-1][1])
        told += _batch({case_id for _step_at, _pk, case_id in found}, at)
    return told


def _batch(case_ids: set[UUID], at: datetime) -> int:
    try:
        with transaction.atomic():
            return _climb_batch(case_ids, at)
    except Exception:  # noqa: BLE001 -- one poisoned row must not stop the others: they are taken one by one
        return sum(_alone(case_id, at) for case_id in case_ids)


def _alone(case_id: UUID, at: datetime) -> int:
    try:
        with transaction.atomic():
            return _climb_batch({case_id}, at)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is kept with the term and shown
        _log.exception("warnings of case %s put aside", case_id)
        due = Term.objects.filter(case_id=case_id, state=TermState.OPEN, fault="", next_step_at__lte=at)
        due.update(fault=f"{type(error).__name__}: {error}"[:300])
        return 0


def climb_past(terms: Iterable[Term], at: datetime) -> None:
    """Terms that passed unmet: who is told by the row of the rulebook; the executor explains each breach."""
    passed = [term for term in terms if term.state in {TermState.BREACHED, TermState.MISSED}]
    if not passed:
        return
    executors = dict(
        Case.objects.filter(pk__in={term.case_id for term in passed}).values_list("pk", "executor_id")
    )
    people = _People(at)
    steps: list[tuple[LadderStep, list[UUID]]] = []
    asked: list[BreachExplanation] = []
    for term in passed:
        rule = rule_of(term)
        for who, step in _TOLD_WHEN_PASSED.items():
            if who in rule.tells:
                steps.append((_step(term, step, term.due_at, at), people.with_role(who)))
        executor = executors.get(term.case_id)
        if term.state == TermState.BREACHED and rule.who in AUTHORITY and executor is not None:
            steps.append((_step(term, LadderChoice.TELL_EXECUTOR, term.due_at, at), [executor]))
            asked.append(BreachExplanation(term=term, asked_of_id=executor, asked_at=term.due_at))
    BreachExplanation.objects.bulk_create(asked)
    _take(steps)


def _due(at: datetime, cursor: Cursor | None) -> list[tuple[datetime, int, UUID]]:
    terms = Term.objects.filter(state=TermState.OPEN, fault="", next_step_at__lte=at)
    if cursor is not None:
        terms = terms.filter(Q(next_step_at__gt=cursor[0]) | Q(next_step_at=cursor[0], pk__gt=cursor[1]))
    rows = terms.order_by("next_step_at", "pk").values_list("next_step_at", "pk", "case_id")[:BATCH]
    return [(step_at, pk, case_id) for step_at, pk, case_id in rows if step_at is not None]


def _climb_batch(case_ids: set[UUID], at: datetime) -> int:
    locked = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=case_ids)
    held = {case.pk: case for case in locked.order_by("pk").only("pk", "executor_id")}
    terms = list(
        Term.objects.select_for_update(of=("self",))
        .filter(case_id__in=held, state=TermState.OPEN, fault="", next_step_at__lte=at)
        .order_by("case_id", "pk")
    )
    taken = set(LadderStep.objects.filter(term__in=terms).values_list("term_id", "step"))
    people, calendar = _People(at), current_calendar()
    steps: list[tuple[LadderStep, list[UUID]]] = []
    next_at: dict[datetime | None, list[int]] = defaultdict(list)
    for term in terms:
        rule = rule_of(term)
        ahead = None
        due: list[rules.Rung] = []
        for rung in rules.rungs(rule, term.start, term.due_on, calendar):
            if rung.at > at:
                ahead = ahead or rung.at
            elif rung.at > term.opened_at and (term.pk, rung.step.value) not in taken:
                due.append(rung)
        next_at[ahead].append(term.pk)
        for rung in due:
            step = _step(term, LadderChoice(rung.step.value), rung.at, at, overtaken=rung is not due[-1])
            told = [] if step.overtaken else people.to_warn(rule.who, held[term.case_id].executor_id)
            steps.append((step, told))
    _take(steps)
    for moment, terms_then in next_at.items():
        Term.objects.filter(pk__in=terms_then).update(next_step_at=moment)
    return sum(not step.overtaken for step, _told in steps)


def _step(
    term: Term, step: LadderChoice, due_at: datetime, at: datetime, *, overtaken: bool = False
) -> LadderStep:
    return LadderStep(term=term, step=step, due_at=due_at, taken_at=at, overtaken=overtaken)


def _take(steps: list[tuple[LadderStep, list[UUID]]]) -> None:
    LadderStep.objects.bulk_create([step for step, _told in steps])
    Telling.objects.bulk_create(
        Telling(step=step, person_id=person) for step, told in steps for person in told
    )


class _People:
    """Who is there on a day, each question asked once for many terms."""

    def __init__(self, at: datetime) -> None:
        self.day: date = rules.to_almaty(at).date()
        self._roles: dict[str, list[UUID]] = {}
        self._standing_in: dict[UUID, list[UUID]] | None = None

    def with_role(self, role: str) -> list[UUID]:
        if role not in self._roles:
            found = accounts.people_with(role, self.day).values_list("pk", flat=True)
            self._roles[role] = list(dict.fromkeys(found))
        return self._roles[role]

    def to_warn(self, who: str, executor: UUID | None) -> list[UUID]:
        """The executor and who stands in by a dated order; of a case nobody has, the supervisors who assign it."""
        if who == Role.HEAD:
            return self.with_role(Role.HEAD)
        if executor is None:
            return self.with_role(Role.SUPERVISOR)
        return [executor, *self._substitutes().get(executor, [])]

    def _substitutes(self) -> dict[UUID, list[UUID]]:
        if self._standing_in is None:
            self._standing_in = defaultdict(list)
            rows = Absence.objects.filter(
                first_day__lte=self.day, last_day__gte=self.day, substitute__isnull=False
            )
            for officer, substitute in rows.values_list("officer_id", "substitute_id"):
                if substitute is not None and substitute not in self._standing_in[officer]:
                    self._standing_in[officer].append(substitute)
        return self._standing_in
