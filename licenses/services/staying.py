"""A complaint stays a suspension, of a licence or of single annexes, and its end lets it work again (APPC 96)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal
from licenses import events
from licenses.models import Licence
from licenses.services.entries import Entry, Target, named_annexes, noted, write_period
from licenses.services.locks import lock_licence
from licenses.statuses import Basis, LicenceStatus


@dataclass(frozen=True, slots=True)
class _Step:
    """Into the stay or out of it: what the rows say, and the facts of the whole licence and of annexes."""

    stayed: bool
    basis: str
    whole: str
    parts: str


_STAY = _Step(True, Basis.STAY, events.STAYED, events.ANNEXES_STAYED)
_END = _Step(False, Basis.STAY_ENDED, events.STAY_ENDED, events.ANNEXES_STAY_ENDED)


@transaction.atomic
def stay_suspension(
    *,
    licence_id: UUID,
    since: date,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str] = (),
) -> Licence:
    """APPC 96: a complaint stays the suspension; its last day does not move. `annexes`: of these only (Rules 18-1).

    Raises LawRefusal where no such suspension is there on that day.
    """
    return _take(_STAY, licence_id, since, act_id, actor_id, at, annexes)


@transaction.atomic
def end_stay(
    *,
    licence_id: UUID,
    since: date,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str] = (),
) -> Licence:
    """The complaint is decided: the suspension works again for what is left of it (APPC 96)."""
    return _take(_END, licence_id, since, act_id, actor_id, at, annexes)


def _take(
    step: _Step,
    licence_id: UUID,
    since: date,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str],
) -> Licence:
    licence = lock_licence(licence_id)
    targets: list[Target] = list(named_annexes(licence, annexes)) if annexes else [licence]
    for target in targets:
        entry = _entry(step, licence, target, since, act_id)
        write_period(target, entry, actor_id, at)
    if annexes:
        return noted(licence, entry, step.parts, actor_id, at, annexes=sorted(annexes))
    return noted(licence, entry, step.whole, actor_id, at)


def _entry(step: _Step, licence: Licence, target: Target, since: date, act_id: UUID) -> Entry:
    current = target.periods.filter(known_to=None, period__contains=since).first()
    if current is None or current.status != LicenceStatus.SUSPENDED or current.stayed == step.stayed:
        name = licence.number if isinstance(target, Licence) else f"{licence.number}/{target.number}"
        raise LawRefusal(
            _("Licence {number} has no such suspension on that day.").format(number=name),
            citation=cite("APPC", 96),
            code="NO_SUSPENSION",
        )
    return Entry(current.status, since, step.basis, act_id, until=current.until, stayed=step.stayed)
