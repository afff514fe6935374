"""A complaint stays the act it is about, unless the act itself gives the reason for the opposite (APPC 96)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from appeals import rules
from appeals.models import Complaint
from appeals.selectors import other_stays
from foundation.accounts.models import Person
from licenses import services as licenses
from licenses.models import AnnexPeriod, LicencePeriod
from licenses.statuses import LicenceStatus


@dataclass(frozen=True, slots=True)
class _Suspension:
    """What is left in the register of the order complained of: of the licence, or of these annexes."""

    licence_id: UUID
    annexes: tuple[str, ...]
    stayed: bool


def stay_act(complaint: Complaint, *, since: date, at: datetime) -> bool | None:
    """Stay a suspension in the register; of an act with nothing to execute (a refusal) there is nothing to stay.

    A licence terminated by an event named in the law ended by the law itself: its record is not executed, so not stayed.
    """
    act = complaint.act
    if act is None:
        return None
    suspension = _suspension_by(complaint, since)
    if suspension is None:
        return None
    stays = rules.stays_the_act(reason_given=bool(act.content.get("works_at_once_reason")))
    if stays and not suspension.stayed:
        assert complaint.signatory is not None  # noqa: S101 -- a filed complaint was signed
        licenses.stay_suspension(
            licence_id=suspension.licence_id,
            annexes=suspension.annexes,
            since=since,
            act_id=act.pk,
            actor_id=complaint.signatory.pk,
            at=at,
        )
    return stays


def end_stay_of(complaint: Complaint, *, since: date, at: datetime, person: Person) -> None:
    """The complaint is over: what is left of the suspension works again.

    Not so where its order was cancelled, nor while another complaint of it goes on.
    """
    act = complaint.act
    if not complaint.stays or act is None or hasattr(act, "cancellation") or other_stays(complaint):
        return
    suspension = _suspension_by(complaint, since)
    if suspension is not None and suspension.stayed:
        licenses.end_stay(
            licence_id=suspension.licence_id,
            annexes=suspension.annexes,
            since=since,
            act_id=act.pk,
            actor_id=person.pk,
            at=at,
        )


def _suspension_by(complaint: Complaint, on: date) -> _Suspension | None:
    of = {
        "act_id": complaint.act_id,
        "known_to": None,
        "period__contains": on,
        "status": LicenceStatus.SUSPENDED,
    }
    whole = LicencePeriod.objects.filter(**of).first()
    if whole is not None:
        return _Suspension(whole.licence_id, (), whole.stayed)
    parts = list(AnnexPeriod.objects.filter(**of).select_related("annex").order_by("annex__number"))
    if not parts:
        return None
    numbers = tuple(part.annex.number for part in parts)
    return _Suspension(parts[0].annex.licence_id, numbers, parts[0].stayed)
