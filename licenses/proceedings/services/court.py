"""Going to court and what comes of it: the suit the watch demands, the court act an executor records (PL 45(4), DA 9(7))."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction

from casework.cases import services as cases
from casework.decisions.services.course import PlainAct
from foundation.accounts.models import Person
from licenses.models import Proceeding
from licenses.proceedings.papers.content import court_act_content, suit_content
from licenses.proceedings.permissions import Situation
from licenses.proceedings.selectors import open_of
from licenses.proceedings.services.acting import act_on
from licenses.proceedings.services.deciding import prepared
from licenses.proceedings.services.opening import create, enter
from licenses.proceedings.statuses import Kind, Outcome, Status
from licenses.services.locks import lock_licence


@transaction.atomic
def open_suit(
    *,
    licence_id: UUID,
    annexes: Sequence[str],
    until: date,
    runs_from: date,
    officer: Person,
    at: datetime,
) -> Proceeding | None:
    """PL 45(4): ten working days to go to court; None where it goes on already, or a cure is applied for."""
    licence = lock_licence(licence_id)
    cure_open = open_of(licence_id, Kind.RESUME_AFTER_CURE).exclude(status=Status.DRAFT).exists()
    if cure_open or open_of(licence_id, Kind.GO_TO_COURT).exists():
        return None
    proceeding = create(
        licence,
        Kind.GO_TO_COURT,
        list(licence.annexes.filter(number__in=list(annexes))),
        by_licensee=False,
        content={"until": until.isoformat()},
        by=officer,
        at=at,
        runs_from=runs_from,
    )
    enter(Situation(proceeding, officer, at), runs_from=runs_from)
    cases.assign_executor(proceeding.case, executor=officer, by=officer, at=at)
    return proceeding


def file_suit(
    proceeding_id: UUID, *, court: str, date: str, number: str, scan: str, **act: Unpack[PlainAct]
) -> Proceeding:
    """Court, day, number and scan of the suit; the head's signature under the claim meets the term (PL 45(4))."""
    said: dict[str, Any] = {"court": court, "date": date, "number": number, "scan": scan}
    with act_on(proceeding_id, action="file_suit", **act) as s:
        return prepared(s, suit_content(s, said), Outcome.GRANT)


def record_court_act(
    proceeding_id: UUID,
    *,
    outcome: str,
    court: str,
    number: str,
    in_force_on: str,
    scan: str,
    **act: Unpack[PlainAct],
) -> Proceeding:
    """What the court decided and from which day it is in force; a head confirms it (DA 9(7))."""
    said: dict[str, Any] = {
        "court": court,
        "in_force_on": in_force_on,
        "number": number,
        "outcome": outcome,
        "scan": scan,
    }
    with act_on(proceeding_id, action="record_court_act", **act) as s:
        return prepared(s, court_act_content(s, said), Outcome.GRANT)
