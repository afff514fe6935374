"""How a proceeding ends without a decision: withdrawn, dropped, void; and what every end does."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.cases import services as cases
from casework.deadlines.services import changes_of, meet_term, refresh_next_due, void_open_terms
from casework.decisions.services import acts
from casework.decisions.services.course import (
    PlainAct,
    SignedAct,
    accepted,
    note,
    save_status,
    use_signature,
)
from casework.documents.services import outgoing
from foundation.journal.services import record
from foundation.kernel.refusals import BadInput
from licenses.models import Proceeding
from licenses.proceedings import events
from licenses.proceedings.selectors import open_of
from licenses.proceedings.services.acting import act_on
from licenses.proceedings.statuses import CITATIONS, OPEN, TERMS, Kind, Status

# why a proceeding is void: the licence left force; a cure was applied for instead of the suit; its order is cancelled
LEFT_FORCE, CURE_APPLIED, ORDER_CANCELLED = "left_force", "cure_applied", "order_cancelled"


def end_case(proceeding: Proceeding, *, at: datetime, keep_decision: bool = False) -> None:
    """Close the case in the state just set: its term is met by the end, whatever else runs is void."""
    case, kind = proceeding.case, Kind(proceeding.kind)
    if kind in TERMS and proceeding.status != Status.VOID:
        meet_term(case=case, code=TERMS[kind], at=at)
    void_open_terms(case=case, at=at)
    acts.kill_requests(case)
    if not keep_decision:
        act = acts.void_open_decision(case)
        if act is not None:
            outgoing.void_act(act.pk)
    cases.close_case(case, at=at, status_code=str(proceeding.status))


def withdraw(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """The licensee takes the request back, signed, at any hour before the decision (APPC 64(9))."""
    person, at = act["person"], act["at"]
    good = accepted(
        proceeding_id,
        action="withdraw",
        sign_request=act["sign_request"],
        cms=act["cms"],
        person=person,
        at=at,
    )
    with act_on(
        proceeding_id, action="withdraw", person=person, at=at, version=act["version"], answered=good
    ) as s:
        signed = use_signature(s, good, act.get("ip"))
        s.proceeding.withdraw()
        save_status(s.proceeding)
        end_case(s.proceeding, at=at)
        note(s, events.WITHDRAWN, act=str(signed.pk), about=str(s.kind))
        return s.proceeding


def drop(proceeding_id: UUID, *, reason: str, **act: Unpack[PlainAct]) -> Proceeding:
    """The authority gives its own proceeding up, with a reason the licensee is told."""
    with act_on(proceeding_id, action="drop", **act) as s:
        if not reason.strip():
            raise BadInput(
                _("Say why the proceeding is dropped; the licensee is told."),
                citation=CITATIONS[s.kind],
                fields={"reason": [_("Write it in a sentence.")]},
            )
        s.proceeding.drop(reason.strip())
        save_status(s.proceeding, "ended_why")
        end_case(s.proceeding, at=s.at)
        note(s, events.DROPPED, about=str(s.kind))
        return s.proceeding


def void_open(
    *,
    licence_id: UUID,
    why: str,
    at: datetime,
    kinds: tuple[Kind, ...] = (),
    annexes: Collection[str] | None = None,
) -> int:
    """The open proceedings of a licence lost their object; returns how many became void. May run twice.

    `annexes`: only what is about these and no other; none of them named: only what is about the licence itself.
    """
    done = 0
    for proceeding in list(open_of(licence_id, *kinds).prefetch_related("annexes")):
        about = {annex.number for annex in proceeding.annexes.all()}
        if annexes is None or (about <= set(annexes) and bool(about) == bool(annexes)):
            done += _void(proceeding.pk, why, at)
    return done


@transaction.atomic
def _void(case_id: UUID, why: str, at: datetime) -> int:
    case = cases.lock_case(case_id)
    proceeding = Proceeding.objects.filter(case=case, status__in=OPEN).first()
    if proceeding is None:
        return 0
    proceeding.case = case
    proceeding.make_void(why)
    save_status(proceeding, "ended_why")
    end_case(proceeding, at=at)
    refresh_next_due(case)
    payload: dict[str, Any] = {
        "about": proceeding.kind,
        "terms": changes_of(case),
        "version": case.version,
        "why": why,
    }
    record(kind=events.VOID, stream=case.stream, at=at, subject_id=case.pk, payload=payload)
    return 1
