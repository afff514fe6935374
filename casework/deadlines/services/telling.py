"""What the ladder owes is brought to people: one message a person and round, however long the watch was silent."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from casework.cases.models import Case
from casework.deadlines import rules
from casework.deadlines.ladder_words import Owed, kind_of, words_of
from casework.deadlines.models import Telling, Term
from casework.deadlines.statuses import TermState
from casework.notices.models import Notice
from casework.notices.services import send
from foundation.accounts.models import Person

_log = logging.getLogger(__name__)


def tell_owed(at: datetime) -> int:
    """One message to everybody who is owed one; returns how many. While another watch is still at it, none yet."""
    owed = Telling.objects.filter(notice=None)
    people = list(owed.order_by("person_id").values_list("person_id", flat=True).distinct())
    if not people or _unfinished(at):
        return 0
    return sum(_tell(person_id, at) for person_id in people)


def _unfinished(at: datetime) -> bool:
    """Whether terms or steps are due still: their cases are held, their part of the message comes in a minute."""
    waiting = Term.objects.filter(state=TermState.OPEN, fault="")
    passed = waiting.filter(due_at__lt=rules.whole_seconds(rules.to_almaty(at)))
    return passed.exists() or waiting.filter(next_step_at__lte=at).exists()


def _tell(person_id: UUID, at: datetime) -> int:
    try:
        with transaction.atomic():
            return _told(person_id, at)
    except Exception:  # noqa: BLE001 -- one person's message keeps no other from theirs, and is owed still
        _log.exception("steps of the ladder not told to %s", person_id)
        return 0


def _told(person_id: UUID, at: datetime) -> int:
    rows = (
        Telling.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(person_id=person_id, notice=None)
        .order_by("step__due_at", "pk")
        .values_list(
            "pk", "step__step", *(f"step__term__{name}" for name in ("pk", "case_id", "code", "track"))
        )
    )
    owed = [Owed(*row) for row in rows]
    if not owed:
        return 0  # another watch is telling it
    person = Person.objects.get(pk=person_id)
    cases = {step.case_id for step in owed}
    message = send(
        case=Case.objects.get(pk=owed[0].case_id) if len(cases) == 1 else None,
        kind=kind_of(owed),
        dedupe_key=f"ladder:{person_id}:{owed[0].pk}",
        people=[person],
        words=words_of(owed, at),
        at=at,
    )
    notice = Notice.objects.get(message=message, person=person)
    Telling.objects.filter(pk__in=[step.pk for step in owed]).update(notice=notice)
    return 1
