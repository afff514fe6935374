"""Assignment without a hand: by load and absence, under the standing order of a supervisor or head (process.md, People)."""

from datetime import datetime
from uuid import UUID

import structlog
from django.utils.translation import gettext as _
from django.utils.translation import override

from applications.models import Application
from applications.services.completeness import assign
from casework.cases.rules import next_officer
from casework.cases.selectors import automatic_assignment, loads
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Role
from foundation.kernel.refusals import Refusal

_log = structlog.get_logger(__name__)


def assign_automatically(application_id: UUID, *, at: datetime) -> bool:
    """Give a registered application to whom the page of assignment would propose; whether somebody got it.

    The act is that of who signed the standing order, who must hold the role still. Nobody free, no order, or somebody
    assigned meanwhile: the case stays as it is and waits for a hand.
    """
    order = automatic_assignment()
    case = Application.objects.select_related("case").get(pk=application_id).case
    if order is None or case.executor_id is not None or not case.is_open:
        return False
    able = loads(case, accounts.people_with(Role.EXECUTOR, at.date()), at)
    chosen = next_officer(load for _person, load in able)
    if chosen is None:
        return False
    with override("ru"):  # the file of the case keeps one wording
        reason = _("Automatically by %(order)s: the fewest open cases (%(count)s).") % {
            "order": order.order,
            "count": chosen.open_cases,
        }
    try:
        assign(
            application_id,
            executor_id=chosen.officer,  # type: ignore[arg-type]  # the id of a person
            reason=reason,
            person=order.started_by,
            at=at,
            version=case.version,
        )
    except Refusal as refusal:  # it waits for a hand, as every unassigned case does
        _log.warning("not_assigned_automatically", case=str(application_id), code=refusal.code)
        return False
    return True
