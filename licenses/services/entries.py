"""One entry of the register: the period it makes, what was known before it, the fact that tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed

from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.clock import machine_now
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses.models import Annex, AnnexPeriod, Licence, LicencePeriod
from licenses.rules import day_after
from licenses.statuses import LicenceStatus

Target: TypeAlias = Licence | Annex


@dataclass(frozen=True, slots=True)
class Entry:
    """One new period: its state, first day, basis, and of a suspension its last day and whether it is stayed."""

    status: str
    since: date
    basis: str
    act_id: UUID | None
    until: date | None = None
    stayed: bool = False


def named_annexes(licence: Licence, numbers: Sequence[str]) -> list[Annex]:
    """The annexes of these numbers, locked; raises BadInput where one is not there (PL 24)."""
    found = list(licence.annexes.select_for_update().filter(number__in=numbers).order_by("number"))
    missing = sorted(set(numbers) - {annex.number for annex in found})
    if missing:
        raise BadInput(
            _("Licence {number} has no annex {annexes}.").format(
                number=licence.number, annexes=", ".join(missing)
            ),
            citation=cite("PL", 24),
            code="NO_SUCH_ANNEX",
        )
    return found


def take_step(licence: Licence, target: Target, step: str) -> None:
    """One transition of the machine; raises LawRefusal from a state that does not allow it (DA 9)."""
    try:
        getattr(target, step)()
    except TransitionNotAllowed as refused:
        name = licence.number if isinstance(target, Licence) else f"{licence.number}/{target.number}"
        raise LawRefusal(
            _("Licence {number} is {state}: this step is not open to it.").format(
                number=name, state=LicenceStatus(target.status).label
            ),
            citation=cite("DA", 9),
            code="WRONG_STATE",
        ) from refused


def noted(licence: Licence, entry: Entry, kind: str, actor_id: UUID, at: datetime, **payload: Any) -> Licence:
    """The licence is stored with its next version, and the fact of the entry in its stream."""
    licence.version += 1
    licence.save(update_fields=["status", "version"])
    record(
        kind=kind,
        stream=licence.stream,
        at=at,
        actor_id=actor_id,
        subject_id=licence.pk,
        payload={
            "act": str(entry.act_id) if entry.act_id else None,
            "basis": entry.basis,
            "number": licence.number,
            "since": entry.since.isoformat(),
            "until": entry.until.isoformat() if entry.until else None,
            **payload,
        },
    )
    return licence


def write_period(target: Target, entry: Entry, actor_id: UUID, at: datetime) -> None:
    """What the register knew of the days from `since` on is kept as formerly known, and the new state entered."""
    now = machine_now()
    periods: type[LicencePeriod | AnnexPeriod] = LicencePeriod if isinstance(target, Licence) else AnnexPeriod
    of = {"licence" if isinstance(target, Licence) else "annex": target}
    overlapping: list[Any] = list(
        periods.objects.filter(**of, known_to=None, period__overlap=DateRange(entry.since, None)).order_by(
            "period"
        )
    )
    periods.objects.filter(pk__in=[period.pk for period in overlapping]).update(known_to=at)
    kept = [period for period in overlapping if period.period.lower < entry.since]
    for period in kept:
        period.pk = None
        period.period = DateRange(period.period.lower, entry.since)
        period.known_from, period.known_to = at, None
        period.recorded_at, period.recorded_by = now, actor_id
    final = entry.status in {LicenceStatus.TERMINATED, LicenceStatus.REVOKED}
    new: Any = periods(
        **of,
        status=entry.status,
        period=DateRange(entry.since, None if final else day_after(target.expires_on)),
        until=entry.until,
        stayed=entry.stayed,
        basis=entry.basis,
        act_id=entry.act_id,
        known_from=at,
        recorded_at=now,
        recorded_by=actor_id,
    )
    periods.objects.bulk_create([*kept, new])
