"""A complaint stays the act it is about, unless the act itself gives the reason for the opposite (APPC 96)."""

from datetime import date, datetime

from appeals import rules
from appeals.models import Complaint
from foundation.accounts.models import Person
from licenses import services as licenses
from licenses.models import LicencePeriod
from licenses.statuses import LicenceStatus


def stay_act(complaint: Complaint, *, since: date, at: datetime) -> bool | None:
    """Stay a suspension in the register; of an act with nothing to execute (a refusal) there is nothing to stay."""
    act = complaint.act
    if act is None:
        return None
    suspension = _suspension_by(complaint, since)
    if suspension is None:
        return None
    stays = rules.stays_the_act(reason_given=bool(act.content.get("works_at_once_reason")))
    if stays:
        assert complaint.signatory is not None  # noqa: S101 -- a filed complaint was signed
        licenses.stay_suspension(
            licence_id=suspension.licence_id,
            since=since,
            act_id=act.pk,
            actor_id=complaint.signatory.pk,
            at=at,
        )
    return stays


def end_stay_of(complaint: Complaint, *, since: date, at: datetime, person: Person) -> None:
    """The complaint is over: what is left of the suspension works again, unless its order was cancelled."""
    act = complaint.act
    if not complaint.stays or act is None or hasattr(act, "cancellation"):
        return
    suspension = _suspension_by(complaint, since)
    if suspension is not None and suspension.stayed:
        licenses.end_stay(
            licence_id=suspension.licence_id, since=since, act_id=act.pk, actor_id=person.pk, at=at
        )


def _suspension_by(complaint: Complaint, on: date) -> LicencePeriod | None:
    return LicencePeriod.objects.filter(
        act_id=complaint.act_id, known_to=None, period__contains=on, status=LicenceStatus.SUSPENDED
    ).first()
