"""Roles held in bodies: given by order, ended by date, never deleted."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts import events
from foundation.accounts.models import Body, Person, RoleHolding
from foundation.kernel.refusals import BadInput, NotPermitted


def grant_role(
    *,
    actor: Person,
    person: Person,
    body: Body,
    role: str,
    valid_from: date,
    at: datetime,
    valid_to: date | None = None,
    order: str = "",
) -> RoleHolding:
    """Give a role from a day on; whoever holds one works in the back office."""
    _require_another(actor, person.pk)
    if valid_to is not None and valid_to < valid_from:
        raise BadInput(
            _("The last day lies before the first."), fields={"valid_to": [_("Choose a later day.")]}
        )
    with transaction.atomic():
        holding = RoleHolding.objects.create(
            person=person, body=body, role=role, valid_from=valid_from, valid_to=valid_to, order=order
        )
        Person.objects.filter(pk=person.pk, is_staff=False).update(is_staff=True)
        events.tell(
            events.ROLE_GRANTED,
            about=person.pk,
            by=actor.pk,
            at=at,
            payload={
                "role": role,
                "body": body.code,
                "from": valid_from.isoformat(),
                "to": valid_to.isoformat() if valid_to else None,
            },
        )
    return holding


def end_role(*, actor: Person, holding_id: int, valid_to: date, at: datetime) -> RoleHolding:
    """Set or move the last day of a role."""
    with transaction.atomic():
        holding = RoleHolding.objects.select_for_update().get(pk=holding_id)
        _require_another(actor, holding.person_id)
        if valid_to < holding.valid_from:
            raise BadInput(
                _("The last day lies before the first."), fields={"valid_to": [_("Choose a later day.")]}
            )
        if holding.valid_to != valid_to:
            holding.valid_to = valid_to
            holding.save(update_fields=["valid_to"])
            events.tell(
                events.ROLE_ENDED,
                about=holding.person_id,
                by=actor.pk,
                at=at,
                payload={"role": holding.role, "body": holding.body_id, "to": valid_to.isoformat()},
            )
    return holding


def _require_another(actor: Person, holder_id: UUID) -> None:
    """The administrator has no power over a case (process.md, People), so gives none to himself either."""
    if actor.pk == holder_id:
        raise NotPermitted(
            _("Nobody gives a role to themselves or moves its last day."),
            advice=_("Ask another administrator."),
        )
