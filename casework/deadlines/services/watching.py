"""The watch: what passed since it last looked. It decides nothing by its own hour: dates are the term's."""

import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines.models import Heartbeat, Term
from casework.deadlines.selectors import HEARTBEAT
from casework.deadlines.services.ladder import climb, climb_past
from casework.deadlines.services.telling import tell_owed
from casework.deadlines.services.terms import pass_terms, refresh_next_due_of
from casework.deadlines.statuses import TermState
from foundation.kernel.clock import machine_now
from foundation.kernel.refusals import NotFound

BATCH = 1_000
_log = logging.getLogger(__name__)
Cursor: TypeAlias = tuple[datetime, int]


@dataclass(slots=True)
class WatchReport:
    """What one round found."""

    breached: int = 0
    missed: int = 0
    elapsed: int = 0
    due: int = 0
    faulty: int = 0
    batches: int = 0
    warned: int = 0
    messages: int = 0

    @property
    def passed(self) -> int:
        return self.breached + self.missed + self.elapsed + self.due

    def count(self, terms: list[Term]) -> None:
        for term in terms:
            setattr(self, str(term.state), getattr(self, str(term.state)) + 1)


def watch(at: datetime) -> WatchReport:
    """Mark every open term whose moment lies before `at`, in batches committed one by one, each exactly once.

    Then the warnings of the ladder are taken, and everybody who is owed something is told it in one message.
    Cases are locked first, as every act does, and a case that somebody holds is left to the next round; so
    two watches at once, or a watch beside an act, do no harm.
    """
    edge = rules.whole_seconds(rules.to_almaty(at))
    report = WatchReport()
    cursor: Cursor | None = None
    while True:
        found = _due(edge, cursor)
        if not found:
            break
        cursor = (found[-1][0], found[-1][1])
        _batch([case_id for _due_at, _pk, case_id in found], edge, at, report)
        report.batches += 1
    report.warned = climb(at)
    report.messages = tell_owed(at)
    Heartbeat.objects.update_or_create(
        pk=HEARTBEAT, defaults={"beat_at": machine_now(), "looked_at": at, "report": asdict(report)}
    )
    return report


def release_term(term_id: int) -> None:
    """Give a term that was put aside back to the watch (operator), once its fault is gone."""
    if not Term.objects.filter(pk=term_id).exclude(fault="").update(fault=""):
        raise NotFound(_("No term with this number was put aside."))


def _due(edge: datetime, cursor: Cursor | None) -> list[tuple[datetime, int, UUID]]:
    terms = Term.objects.filter(state=TermState.OPEN, fault="", due_at__lt=edge)
    if cursor is not None:  # past what was looked at, also where its case was locked
        terms = terms.filter(Q(due_at__gt=cursor[0]) | Q(due_at=cursor[0], pk__gt=cursor[1]))
    return list(terms.order_by("due_at", "pk").values_list("due_at", "pk", "case_id")[:BATCH])


def _batch(case_ids: list[UUID], edge: datetime, at: datetime, report: WatchReport) -> None:
    try:
        with transaction.atomic():
            terms = _pass(case_ids, edge, at)
    except Exception:  # noqa: BLE001 -- one poisoned row must not stop the others: they are taken one by one
        for case_id in dict.fromkeys(case_ids):
            _alone(case_id, edge, at, report)
    else:
        report.count(terms)


def _pass(case_ids: list[UUID], edge: datetime, at: datetime) -> list[Term]:
    locked = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=set(case_ids))
    held = list(locked.order_by("pk").values_list("pk", flat=True))
    terms = list(
        Term.objects.select_for_update(of=("self",))
        .filter(case_id__in=held, state=TermState.OPEN, fault="", due_at__lt=edge)
        .order_by("case_id", "due_at", "pk")
    )
    pass_terms(terms)
    climb_past(terms, at)
    for state in {term.state for term in terms}:
        passed = [term.pk for term in terms if term.state == state]
        Term.objects.filter(pk__in=passed).update(state=state, passed_at=F("due_at"))
    refresh_next_due_of({term.case_id for term in terms})
    return terms


def _alone(case_id: UUID, edge: datetime, at: datetime, report: WatchReport) -> None:
    try:
        with transaction.atomic():
            terms = _pass([case_id], edge, at)
    except Exception as error:  # noqa: BLE001 -- whatever it is, it is kept with the term and shown
        _log.exception("terms of case %s put aside", case_id)
        fault = f"{type(error).__name__}: {error}"[:300]
        report.faulty += Term.objects.filter(
            case_id=case_id, state=TermState.OPEN, fault="", due_at__lt=edge
        ).update(fault=fault)
    else:
        report.count(terms)
