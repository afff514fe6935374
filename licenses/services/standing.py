"""What becomes of a licence: suspended, resumed, terminated, revoked, expired; each with its legal days."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import LawRefusal
from licenses import events
from licenses.models import Licence
from licenses.rules import suspension_end
from licenses.services.entries import Entry, named_annexes, noted, take_step, write_period
from licenses.services.locks import lock_licence
from licenses.statuses import Basis, LicenceStatus

_MIN_MONTHS, _MAX_MONTHS = 1, 6


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
    entry = Entry(LicenceStatus.SUSPENDED, since, basis, act_id, until=suspension_end(since, months))
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
    entry = Entry(LicenceStatus.ACTIVE, since, basis, act_id)
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
    entry = Entry(LicenceStatus.TERMINATED, since, basis, act_id)
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
    entry = Entry(LicenceStatus.REVOKED, since, Basis.REVOKE, act_id)
    return _change(licence_id, annexes, "revoke", entry, actor_id, at)


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


_KINDS = {
    "suspend": (events.SUSPENDED, events.ANNEXES_SUSPENDED),
    "resume": (events.RESUMED, events.ANNEXES_RESUMED),
    "terminate": (events.TERMINATED, events.ANNEXES_TERMINATED),
    "revoke": (events.REVOKED, events.ANNEXES_REVOKED),
}


def _change(
    licence_id: UUID, annexes: Sequence[str], step: str, entry: Entry, actor_id: UUID, at: datetime
) -> Licence:
    """One step of the machine for the licence, or for the annexes named; all of them or none."""
    licence = lock_licence(licence_id)
    _require_in_term(licence, entry.since)
    whole, parts = _KINDS[step]
    if not annexes:
        take_step(licence, licence, step)
        return _enter(licence, entry, whole, actor_id, at)
    for annex in named_annexes(licence, annexes):
        take_step(licence, annex, step)
        annex.save(update_fields=["status"])
        write_period(annex, entry, actor_id, at)
    return noted(licence, entry, parts, actor_id, at, annexes=sorted(annexes))


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


def _enter(licence: Licence, entry: Entry, kind: str, actor_id: UUID, at: datetime) -> Licence:
    write_period(licence, entry, actor_id, at)
    return noted(licence, entry, kind, actor_id, at)
