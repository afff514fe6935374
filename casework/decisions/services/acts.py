"""Official acts: prepared by one person, opened and signed by another where the law wants four eyes."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.decisions.models import SIGNED_BY_PREPARER, Act, Cancellation, SignRequest
from casework.decisions.selectors import AWAITED, preparers_of
from foundation.accounts.models import Person
from foundation.kernel.refusals import Conflict, LawRefusal


def prepare_act(
    *, case: Case, kind: str, prepared_by: Person, at: datetime, content: dict[str, Any], four_eyes: bool
) -> Act:
    """A prepared act of the locked case; an earlier prepared decision of the case becomes void."""
    if four_eyes or kind in SIGNED_BY_PREPARER:
        void_open_decision(case)
    return Act.objects.create(
        case=case, kind=kind, prepared_by=prepared_by, prepared_at=at, content=content, four_eyes=four_eyes
    )


def open_decision(case: Case) -> Act | None:
    """The decision of the case that waits for its signature, if any; for reading under the case's lock."""
    return Act.objects.filter(AWAITED, case=case, state__in=[Act.State.PREPARED, Act.State.OPENED]).first()


def void_open_decision(case: Case) -> Act | None:
    """Kill the waiting decision and its sign requests (send back, withdrawal, new preparation)."""
    act = open_decision(case)
    if act is not None:
        kill_requests(case, act=act)
        Act.objects.filter(pk=act.pk).update(state=Act.State.VOID)
    return act


def mark_opened(act: Act, *, opened_by: Person, act_date: date, number: str) -> Act:
    """Fix who opened the act, the day it bears and its number."""
    require_other_person(act, opened_by)
    act.state, act.opened_by, act.act_date, act.number = Act.State.OPENED, opened_by, act_date, number
    act.save(update_fields=["state", "opened_by", "act_date", "number"])
    return act


def mark_signed(act: Act, *, signed_by: Person, at: datetime) -> Act:
    """The act is signed; raises LawRefusal for the preparer of a four-eyes act, Conflict when it is not open."""
    require_other_person(act, signed_by)
    if act.state not in (Act.State.OPENED, Act.State.PREPARED):
        raise Conflict(_("This document is no longer open for signature."), code="ACT_CLOSED")
    act.state, act.signed_by, act.signed_at = Act.State.SIGNED, signed_by, at
    act.save(update_fields=["state", "signed_by", "signed_at"])
    return act


def require_other_person(act: Act, person: Person) -> None:
    """Four eyes by person: the preparer is never the signer, nor is who prepared it before it was sent back.

    The order leaves the decision to the head on what the executor found (Rules 9, 10); two people is our reading.
    """
    if not act.four_eyes:
        return
    if person.pk in preparers_of(act):
        raise LawRefusal(
            _("You prepared this decision; another person has to sign it."),
            code="FOUR_EYES",
            citation=_("four-eyes rule of the portal: the signer is not the preparer (on Rules 9, 10)"),
            advice=_("Leave it to another head, or let another executor prepare it."),
        )


def kill_requests(case: Case, *, act: Act | None = None) -> int:
    """Pending sign requests of the case (or of one act) die; a CMS that comes later gets 409."""
    pending = SignRequest.objects.filter(case=case, state=SignRequest.State.PENDING)
    if act is not None:
        pending = pending.filter(act=act)
    return pending.update(state=SignRequest.State.DEAD)


def void(act: Act) -> None:
    """An act that was never signed loses its force together with its sign requests."""
    kill_requests(act.case, act=act)
    Act.objects.filter(pk=act.pk).exclude(state=Act.State.SIGNED).update(state=Act.State.VOID)


def cancel(
    act: Act,
    *,
    basis: str,
    number: str,
    dated: date,
    by: str,
    since: date,
    at: datetime,
    by_act: Act | None = None,
) -> Cancellation:
    """A signed act loses its force and stays in the file (APPC 84, 100); raises Conflict when it has lost it already."""
    if act.state != Act.State.SIGNED or Cancellation.objects.filter(act=act).exists():
        raise Conflict(_("This act is not in force; there is nothing to cancel."), code="ACT_NOT_IN_FORCE")
    return Cancellation.objects.create(
        act=act, basis=basis, number=number, dated=dated, by=by, since=since, recorded_at=at, by_act=by_act
    )
