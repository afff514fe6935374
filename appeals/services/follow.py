"""What an outcome does to the case complained of: the act loses its force, the case is considered anew (APPC 84, 100)."""

from datetime import date

from appeals.permissions import ComplaintSituation
from appeals.selectors import in_force, matter_of
from appeals.statuses import REOPENING, Matter, Status, Target
from applications.models import Application
from applications.services.reopening import Basis, reopen
from casework.decisions.models import Act, Cancellation
from casework.decisions.services import acts
from licenses import services as licenses

_REOPENED_FROM = ("refused", "returned", "discontinued")


def follow(s: ComplaintSituation, *, act: Act | None, number: str, dated: date, since: date) -> None:
    """In the transaction of the outcome: cancel the act, reopen a refused or returned application from `since`.

    An order on a licence is undone in the register; the authority may open a proceeding anew. An act that lost its
    force meanwhile brings about nothing: only the act complained of is before the body.
    """
    complaint = s.complaint
    if complaint.outcome not in (*REOPENING, Status.CANCELLED_NEW_ACT) or complaint.target != Target.DECISION:
        return
    if complaint.act is None or not in_force(complaint.act):
        return  # what fell already cannot fall again, nor may what followed it fall instead
    basis = Basis(kind=Cancellation.Basis.COMPLAINT, number=number, dated=dated, by=s.body.name_ru, act=act)
    application = Application.objects.filter(case=complaint.about).first()
    if application is not None and application.status in _REOPENED_FROM:
        reopen(complaint.about_id, basis=basis, since=since, at=s.at, actor=s.person)
    else:
        cancel_act(s, basis=basis, since=since)


def cancel_act(s: ComplaintSituation, *, basis: Basis, since: date) -> None:
    """The act complained of loses its force; what an order did to a licence ends with `since` (APPC 84, 100)."""
    cancelled = s.complaint.act
    if cancelled is None:
        return
    acts.cancel(
        cancelled,
        basis=basis.kind,
        number=basis.number,
        dated=basis.dated,
        by=basis.by,
        since=since,
        at=s.at,
        by_act=basis.act,
    )
    if matter_of(s.complaint) == Matter.ORDER:
        licenses.undo_order(
            act_id=cancelled.pk,
            since=since,
            number=basis.number,
            actor_id=s.person.pk,
            at=s.at,
            by_act_id=basis.act.pk if basis.act else None,
        )
