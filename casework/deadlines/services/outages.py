"""Outages of the portal: recorded by one person, confirmed by another, then shown beside the terms that ran."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases.permissions import require_role
from casework.deadlines import events, rules
from casework.deadlines.models import Outage
from foundation.accounts.models import Person, Role
from foundation.journal import services as journal
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted, Text


@transaction.atomic
def record_outage(
    *,
    began_at: datetime,
    ended_at: datetime | None,
    what_ru: str,
    what_kk: str,
    by: Person,
    at: datetime,
) -> Outage:
    """Say when the portal could not be used (Annex 3/8: it serves round the clock but for repairs); nobody sees it before
    a second person confirmed it."""
    require_role(by, Role.SUPERVISOR, at=rules.to_almaty(at))
    faults = _time_faults(began_at, ended_at, at)
    for name, what in (("what_ru", what_ru), ("what_kk", what_kk)):
        if not what.strip():
            faults[name] = [_("Say what did not work: applicants read it beside their terms.")]
    if faults:
        raise BadInput(_("The outage was not recorded."), fields=faults)
    row = Outage.objects.create(
        began_at=began_at,
        ended_at=ended_at,
        what_ru=what_ru.strip(),
        what_kk=what_kk.strip(),
        recorded_by=by,
        recorded_at=at,
    )
    _tell(events.OUTAGE_RECORDED, row, by, at)
    return row


@transaction.atomic
def end_outage(*, outage_id: int, ended_at: datetime, by: Person, at: datetime) -> Outage:
    """The portal works again."""
    require_role(by, Role.SUPERVISOR, at=rules.to_almaty(at))
    row = _locked(outage_id)
    if row.ended_at is not None:
        raise Conflict(_("The end of this outage is recorded already."))
    faults = _time_faults(row.began_at, ended_at, at)
    if faults:
        raise BadInput(_("The end was not recorded."), fields=faults)
    row.ended_at = ended_at
    row.save(update_fields=["ended_at"])
    _tell(events.OUTAGE_ENDED, row, by, at)
    return row


@transaction.atomic
def confirm_outage(*, outage_id: int, by: Person, at: datetime) -> Outage:
    """The second person: from now on it stands beside the terms that ran then. No date moves by it."""
    require_role(by, Role.SUPERVISOR, Role.HEAD, at=rules.to_almaty(at))
    row = _locked(outage_id)
    if row.confirmed_at is not None:
        raise Conflict(_("This outage is confirmed already."))
    if row.recorded_by_id == by.pk:
        raise NotPermitted(
            _("You recorded this outage yourself, so another person has to confirm it."),
            advice=_("Ask another supervisor or the head."),
        )
    if row.ended_at is None:
        raise Conflict(
            _("This outage has no end yet."), advice=_("Have its end recorded first, then confirm the whole.")
        )
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    _tell(events.OUTAGE_CONFIRMED, row, by, at)
    return row


def _time_faults(began_at: datetime, ended_at: datetime | None, at: datetime) -> dict[str, list[Text]]:
    faults: dict[str, list[Text]] = {}
    if began_at > at:
        faults["began_at"] = [_("The outage cannot begin in the future.")]
    if ended_at is not None and ended_at > at:
        faults["ended_at"] = [_("The end lies in the future; leave it empty until the portal works again.")]
    elif ended_at is not None and ended_at <= began_at:
        faults["ended_at"] = [_("The end lies before the beginning.")]
    return faults


def _locked(outage_id: int) -> Outage:
    row = Outage.objects.select_for_update().filter(pk=outage_id).first()
    if row is None:
        raise NotFound
    return row


def _tell(kind: str, row: Outage, by: Person, at: datetime) -> None:
    journal.record(
        kind=kind,
        stream=events.OUTAGE_STREAM,
        actor_id=by.pk,
        at=at,
        payload={
            "outage": row.pk,
            "began_at": rules.to_almaty(row.began_at).isoformat(),
            "ended_at": rules.to_almaty(row.ended_at).isoformat() if row.ended_at else None,
        },
    )
