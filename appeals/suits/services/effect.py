"""What a court act in force does to the contested act and its case (APPC 84, 100; process.md, Reopening)."""

from datetime import date

from appeals.selectors import OF_APPLICATIONS, in_force
from appeals.suits.permissions import SuitSituation
from appeals.suits.statuses import REOPENING, CourtOutcome
from applications.models import Application
from applications.services.reopening import Basis, reopen
from casework.decisions.models import Act, Cancellation
from casework.decisions.services import acts
from licenses import services as licenses


def take_effect(s: SuitSituation, record: Act) -> str | None:
    """In the transaction of the signature; returns the id of the act that lost its force, or None.

    A cancelled refusal, return or discontinuance, and one on which an action is ordered: the application is considered
    anew from the day of the record. A cancelled order:
    the register follows from the day the court act is in force. Anything else changes no case by itself: what the
    court ordered is done in the case by its own acts.
    """
    suit, content = s.suit, record.content
    act = suit.act
    if act is None or not in_force(act):  # on a complaint or by the authority itself meanwhile
        return None
    assert record.act_date is not None  # noqa: S101 -- a signed act is dated
    in_force_on = date.fromisoformat(content["in_force_on"])
    basis = Basis(Cancellation.Basis.COURT_ACT, content["number"], in_force_on, content["court"], record)
    application = Application.objects.filter(case_id=suit.about_id).first()
    if application is not None and act.kind in OF_APPLICATIONS and suit.outcome in REOPENING:
        reopen(suit.about_id, basis=basis, since=record.act_date, at=s.at, actor=s.person)
        return str(act.pk)
    if suit.outcome != CourtOutcome.CANCELLED:
        return None
    acts.cancel(
        act,
        basis=basis.kind,
        number=basis.number,
        dated=basis.dated,
        by=basis.by,
        since=in_force_on,
        at=s.at,
        by_act=record,
    )
    licenses.undo_order(
        act_id=act.pk,
        since=in_force_on,
        number=basis.number,
        actor_id=s.person.pk,
        at=s.at,
        by_act_id=record.pk,
    )
    return str(act.pk)
