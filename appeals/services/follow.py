"""What an outcome does to the case complained of: the act loses its force, the case is considered anew (APPC 84, 100)."""

from datetime import date

from appeals.permissions import ComplaintSituation
from appeals.statuses import REOPENING, Status, Target
from applications.models import Application
from applications.services.reopening import Basis, reopen
from casework.decisions.models import Act, Cancellation
from casework.decisions.services import acts

_REOPENED_FROM = ("refused", "returned")


def follow(s: ComplaintSituation, *, act: Act | None, number: str, dated: date, since: date) -> None:
    """In the transaction of the outcome: cancel the act, reopen a refused or returned application from `since`."""
    complaint = s.complaint
    if complaint.outcome not in (*REOPENING, Status.CANCELLED_NEW_ACT) or complaint.target != Target.DECISION:
        return
    basis = Basis(kind=Cancellation.Basis.COMPLAINT, number=number, dated=dated, by=s.body.name_ru, act=act)
    application = Application.objects.filter(case=complaint.about).first()
    if application is not None and application.status in _REOPENED_FROM:
        reopen(complaint.about_id, basis=basis, since=since, at=s.at, actor=s.person)
    elif complaint.act is not None:
        acts.cancel(
            complaint.act,
            basis=basis.kind,
            number=number,
            dated=dated,
            by=basis.by,
            since=since,
            at=s.at,
            by_act=act,
        )
