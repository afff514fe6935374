"""An order that lost its force: the register is again what it was before it (APPC 84, 100)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from casework.decisions.models import Cancellation
from licenses import events
from licenses.models import Annex, AnnexPeriod, Licence, LicencePeriod
from licenses.services.entries import Entry, Target, noted, write_period
from licenses.services.locks import lock_licence
from licenses.statuses import Basis, LicenceStatus

# what an order of the authority brings about; a revocation rests on a court act, never on an order
_BY_ORDER = (LicenceStatus.SUSPENDED, LicenceStatus.TERMINATED)


@transaction.atomic
def undo_order(
    *,
    act_id: UUID,
    since: date,
    number: str,
    actor_id: UUID,
    at: datetime,
    by_act_id: UUID | None = None,
) -> Licence | None:
    """What a cancelled suspension or termination did ends with `since`; `number`, `by_act_id`: the decision
    that cancelled it, its act where it was made in the portal.

    The days before stay as they were, earlier rows are kept as formerly known. A licence suspended before its
    termination is suspended again, for what is left, unless that order was cancelled too. None, and nothing written,
    where nothing of the order is left: it made no entry, a later entry replaced it, or the term was over by `since`.
    """
    licence_id = _licence_of(act_id)
    if licence_id is None:
        return None
    licence = lock_licence(licence_id)
    if since > licence.expires_on:
        return None
    said = {"cancelled_by": number, "order": str(act_id)}
    whole = _undo(licence, act_id, since, by_act_id, actor_id, at)
    if whole is not None:
        noted(licence, _told(whole, by_act_id), events.REINSTATED, actor_id, at, status=whole.status, **said)
        return licence
    annexes = licence.annexes.select_for_update().order_by("number")
    parts = {
        annex.number: entry
        for annex in annexes
        if (entry := _undo(annex, act_id, since, by_act_id, actor_id, at))
    }
    if not parts:
        return None
    first = next(iter(parts.values()))
    return noted(
        licence,
        _told(first, by_act_id),
        events.ANNEXES_REINSTATED,
        actor_id,
        at,
        annexes=sorted(parts),
        suspended=sorted(no for no, entry in parts.items() if entry.status == LicenceStatus.SUSPENDED),
        **said,
    )


def _told(entry: Entry, by_act_id: UUID | None) -> Entry:
    """The fact names the cancellation, also where the period is that of an earlier suspension."""
    return replace(entry, basis=Basis.ORDER_CANCELLED, act_id=by_act_id)


def _licence_of(act_id: UUID) -> UUID | None:
    """The licence an order made an entry about; an act is about one licence."""
    of = {"act_id": act_id, "known_to": None, "status__in": _BY_ORDER}
    found: UUID | None = (
        LicencePeriod.objects.filter(**of).values_list("licence_id", flat=True).first()
        or AnnexPeriod.objects.filter(**of).values_list("annex__licence_id", flat=True).first()
    )
    return found


def _undo(
    target: Target, act_id: UUID, since: date, by_act_id: UUID | None, actor_id: UUID, at: datetime
) -> Entry | None:
    """The new period of a licence or an annex; None where the last entry is not of this order."""
    rows: list[Any] = list(target.periods.filter(known_to=None).order_by("-period"))
    if not rows or rows[0].act_id != act_id or rows[0].status not in _BY_ORDER or since > target.expires_on:
        return None
    ours = [row for row in rows if row.act_id == act_id and row.status in _BY_ORDER]
    before = next((row for row in rows if row not in ours), None)
    entry = _restored(before, max(since, ours[-1].period.lower), by_act_id)
    if target.status in _BY_ORDER:
        step = target.reinstate if entry.status == LicenceStatus.ACTIVE else target.reinstate_suspended
        step()
    if isinstance(target, Annex):
        target.save(update_fields=["status"])
    write_period(target, entry, actor_id, at)
    return entry


def _restored(before: Any, since: date, by_act_id: UUID | None) -> Entry:
    """What stood before the order: in force, or under an earlier suspension that is not cancelled itself."""
    suspended = before is not None and before.status == LicenceStatus.SUSPENDED
    if suspended and not Cancellation.objects.filter(act_id=before.act_id).exists():
        return Entry(
            LicenceStatus.SUSPENDED,
            since,
            before.basis,
            before.act_id,
            until=before.until,
            stayed=before.stayed,
        )
    return Entry(LicenceStatus.ACTIVE, since, Basis.ORDER_CANCELLED, by_act_id)
