"""Reference data changed by a supervisor and confirmed by another person (process.md, head note)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.journal import services as journal
from foundation.kernel.refusals import BadInput, Conflict, NotFound, NotPermitted
from foundation.rulebook.models import TABLES, DatedRule
from foundation.rulebook.services.revision import bump


@transaction.atomic
def propose(*, table: str, values: dict[str, Any], actor_id: UUID, at: datetime) -> DatedRule:
    """Enter a row that does nothing until `confirm`; `table` is a key of `models.TABLES`."""
    row = _table(table)(**values, proposed_by=actor_id)
    try:
        row.clean_fields()
    except ValidationError as error:
        raise BadInput(
            _("The row is incomplete: fill in the fields named."), code="BAD_RULE", fields=error.message_dict
        ) from error
    row.save()
    _record("rulebook.proposed", table, row, actor_id, at)
    return row


@transaction.atomic
def confirm(*, table: str, row_id: int, actor_id: UUID, at: datetime) -> DatedRule:
    """Publish a proposed row; its predecessor ends the day before. Never the person who entered it."""
    row = _locked(table, row_id)
    if row.proposed_by == actor_id:
        raise NotPermitted(_("You entered this row; another person must confirm it."), code="FOUR_EYES")
    published = _table(table).objects.filter(code=row.code, published_at__isnull=False)
    if published.filter(valid_from__gte=row.valid_from).exists():
        raise Conflict(
            _("A row of this code already begins on this day or later; enter a later first day."),
            code="RULE_OVERLAPS",
        )
    published.filter(valid_to__isnull=True).update(valid_to=row.valid_from - timedelta(days=1))
    if published.filter(valid_to__gte=row.valid_from).exists():
        raise Conflict(
            _("A row of this code is in force on this day until a fixed date; enter a later first day."),
            code="RULE_OVERLAPS",
        )
    row.confirmed_by, row.published_at = actor_id, at
    row.save(update_fields=["confirmed_by", "published_at"])
    bump()
    _record("rulebook.published", table, row, actor_id, at)
    return row


@transaction.atomic
def withdraw(*, table: str, row_id: int, actor_id: UUID, at: datetime) -> None:
    """Drop a proposal that was never published."""
    row = _locked(table, row_id)
    _record("rulebook.withdrawn", table, row, actor_id, at)
    row.delete()


def _table(name: str) -> type[DatedRule]:
    if name not in TABLES:
        raise NotFound(_("There is no such table of the rulebook."))
    return TABLES[name]


def _locked(table: str, row_id: int) -> DatedRule:
    waiting = _table(table).objects.select_for_update().filter(published_at__isnull=True)
    row: DatedRule | None = waiting.filter(pk=row_id).first()
    if row is None:
        raise NotFound(_("There is no such proposal; perhaps it is already published."))
    return row


def _record(kind: str, table: str, row: DatedRule, actor_id: UUID, at: datetime) -> None:
    journal.record(
        kind=kind,
        stream="rulebook",
        at=at,
        actor_id=actor_id,
        payload={"table": table, "row": row.pk, "code": row.code, "valid_from": row.valid_from.isoformat()},
    )
