"""What becomes of a licence: suspended, resumed, terminated, revoked, expired; each with its legal days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _
from django_fsm import TransitionNotAllowed

from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty, machine_now
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses import events
from licenses.models import Annex, AnnexPeriod, Licence, LicencePeriod
from licenses.rules import day_after, suspension_end
from licenses.services.locks import lock_licence
from licenses.statuses import Basis, LicenceStatus

_MIN_MONTHS, _MAX_MONTHS = 1, 6
Target: TypeAlias = Licence | Annex


@dataclass(frozen=True, slots=True)
class _Entry:
    """One new period: its state, first day, basis, and of a suspension its last day and whether it is stayed."""

    status: str
    since: date
    basis: str
    act_id: UUID | None
    until: date | None = None
    stayed: bool = False


@transaction.atomic
def suspend_licence(
    *,
    licence_id: UUID,
    since: date,
    months: int,
    basis: str,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str] = (),
) -> Licence:
    """DA 9(4): for one to six months; the term of the licence goes on. `annexes`: these only (Rules 18-1)."""
    if not _MIN_MONTHS <= months <= _MAX_MONTHS:
        raise LawRefusal(
            _("A licence is suspended for one to six months, not {months}.").format(months=months),
            citation=cite("DA", "9(4)"),
            code="SUSPENSION_LENGTH",
        )
    entry = _Entry(LicenceStatus.SUSPENDED, since, basis, act_id, until=suspension_end(since, months))
    return _change(licence_id, annexes, "suspend", entry, actor_id, at)


@transaction.atomic
def resume_licence(
    *,
    licence_id: UUID,
    since: date,
    basis: str,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str] = (),
) -> Licence:
    """DA 9(6): after cure, on request, or when the court dismissed the suit."""
    entry = _Entry(LicenceStatus.ACTIVE, since, basis, act_id)
    return _change(licence_id, annexes, "resume", entry, actor_id, at)


@transaction.atomic
def terminate_licence(
    *,
    licence_id: UUID,
    since: date,
    basis: str,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str] = (),
) -> Licence:
    """PL 35(1)(4)-(8): at the licensee's request or by an event named in the law."""
    entry = _Entry(LicenceStatus.TERMINATED, since, basis, act_id)
    return _change(licence_id, annexes, "terminate", entry, actor_id, at)


@transaction.atomic
def revoke_licence(
    *,
    licence_id: UUID,
    since: date,
    act_id: UUID,
    actor_id: UUID,
    at: datetime,
    annexes: Sequence[str] = (),
) -> Licence:
    """DA 9(7): by a court, from the day its act came into force, which may be before the day of this entry."""
    entry = _Entry(LicenceStatus.REVOKED, since, Basis.REVOKE, act_id)
    return _change(licence_id, annexes, "revoke", entry, actor_id, at)


@transaction.atomic
def stay_suspension(*, licence_id: UUID, since: date, act_id: UUID, actor_id: UUID, at: datetime) -> Licence:
    """APPC 96: a complaint stays the suspension; its last day does not move."""
    return _stay(licence_id, since, act_id, actor_id, at, stayed=True)


@transaction.atomic
def end_stay(*, licence_id: UUID, since: date, act_id: UUID, actor_id: UUID, at: datetime) -> Licence:
    """The complaint is decided: the suspension works again for what is left of it."""
    return _stay(licence_id, since, act_id, actor_id, at, stayed=False)


def expire_due(*, at: datetime, batch: int = 1000) -> int:
    """Bring the stored state of licences past their term up to date; the answers never waited for it."""
    done = 0
    today = almaty(at).date()
    past_term = (
        Licence.objects.filter(
            expires_on__lt=today, status__in=[LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED]
        )
        .order_by("expires_on")
        .values_list("pk", flat=True)
    )
    while ids := list(past_term[:batch]):
        for licence_id in ids:
            done += _expire(licence_id, today, at)
    return done


@transaction.atomic
def _expire(licence_id: UUID, today: date, at: datetime) -> int:
    licence = lock_licence(licence_id)
    if licence.status not in {LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED} or licence.expires_on >= today:
        return 0
    licence.expire()
    licence.version += 1
    licence.save(update_fields=["status", "version"])
    record(
        kind=events.EXPIRED,
        stream=licence.stream,
        at=at,
        subject_id=licence.pk,
        payload={"expired_on": licence.expires_on.isoformat(), "number": licence.number},
    )
    return 1


def _stay(
    licence_id: UUID, since: date, act_id: UUID, actor_id: UUID, at: datetime, *, stayed: bool
) -> Licence:
    licence = lock_licence(licence_id)
    current = licence.periods.filter(known_to=None, period__contains=since).first()
    if current is None or current.status != LicenceStatus.SUSPENDED or current.stayed == stayed:
        raise LawRefusal(
            _("Licence {number} has no such suspension on that day.").format(number=licence.number),
            citation=cite("APPC", 96),
            code="NO_SUSPENSION",
        )
    basis, kind = (Basis.STAY, events.STAYED) if stayed else (Basis.STAY_ENDED, events.STAY_ENDED)
    entry = _Entry(LicenceStatus.SUSPENDED, since, basis, act_id, until=current.until, stayed=stayed)
    return _enter(licence, entry, kind, actor_id, at)


_KINDS = {
    "suspend": (events.SUSPENDED, events.ANNEXES_SUSPENDED),
    "resume": (events.RESUMED, events.ANNEXES_RESUMED),
    "terminate": (events.TERMINATED, events.ANNEXES_TERMINATED),
    "revoke": (events.REVOKED, events.ANNEXES_REVOKED),
}


def _change(
    licence_id: UUID, annexes: Sequence[str], step: str, entry: _Entry, actor_id: UUID, at: datetime
) -> Licence:
    """One step of the machine for the licence, or for the annexes named; all of them or none."""
    licence = lock_licence(licence_id)
    _require_in_term(licence, entry.since)
    whole, parts = _KINDS[step]
    if not annexes:
        _step(licence, licence, step)
        return _enter(licence, entry, whole, actor_id, at)
    for annex in _annexes(licence, annexes):
        _step(licence, annex, step)
        annex.save(update_fields=["status"])
        _write_period(annex, entry, actor_id, at)
    return _noted(licence, entry, parts, actor_id, at, annexes=sorted(annexes))


def _annexes(licence: Licence, numbers: Sequence[str]) -> list[Annex]:
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


def _step(licence: Licence, target: Target, step: str) -> None:
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


def _require_in_term(licence: Licence, since: date) -> None:
    """Expiry wins: nothing befalls a licence after its last day, nor before its first."""
    if licence.first_issued_on <= since <= licence.expires_on:
        return
    raise LawRefusal(
        _("Licence {number} runs from {first} to {last}: nothing can take effect on {day}.").format(
            number=licence.number, first=licence.first_issued_on, last=licence.expires_on, day=since
        ),
        citation=cite("DA", "9(1)"),
        code="OUT_OF_TERM",
    )


def _enter(licence: Licence, entry: _Entry, kind: str, actor_id: UUID, at: datetime) -> Licence:
    _write_period(licence, entry, actor_id, at)
    return _noted(licence, entry, kind, actor_id, at)


def _noted(
    licence: Licence, entry: _Entry, kind: str, actor_id: UUID, at: datetime, **payload: Any
) -> Licence:
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


def _write_period(target: Target, entry: _Entry, actor_id: UUID, at: datetime) -> None:
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
