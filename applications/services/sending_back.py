"""A prepared decision goes back: by the head with a reason, or by itself when a condition fell (process.md, sign)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import events
from applications.models import Application
from applications.permissions import Situation, check
from applications.permissions.guards import prepared_conditions_hold
from applications.services.acting import COURSE, act_on, note, save_status
from applications.statuses import ENDED_BY_ACT, Status
from casework.cases import services as cases
from casework.deadlines.selectors import current_calendar_act_day
from casework.deadlines.services import changes_of, open_hearing_terms, open_review, open_term
from casework.deadlines.statuses import TermState
from casework.decisions.permissions.hearing_guards import decision_by_another
from casework.decisions.services import acts, hearings
from casework.decisions.services.course import PlainAct
from casework.documents.services import outgoing
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput, LawRefusal, Refusal
from licenses import services as licenses

_BACK = {
    Status.COMPLETENESS: "send_back_to_completeness",
    Status.REVIEW: "send_back_to_review",
    Status.HEARING: "send_back_to_hearing",
    Status.HEARD: "send_back_to_heard",
}


def send_back(application_id: UUID, *, reason: str, **act: Unpack[PlainAct]) -> Application:
    """The head sends the prepared decision back with a reason, to where it came from."""
    with act_on(application_id, action="send_back", **act) as s:
        reason = lines(reason)
        if not reason:
            raise BadInput(_("Say what is to be changed."), fields={"reason": [_("Write it in a sentence.")]})
        voided = _back(s)
        cases.write_note(case_id=s.case.pk, author=s.person, text=reason, at=s.at)
        note(s, events.SENT_BACK, act=voided)
        return s.application


@contextmanager
def falls_back(application_id: UUID, *, person: Person, at: datetime) -> Iterator[None]:
    """Where a condition of the prepared decision fell, it goes back by itself and the signer reads why.

    Any other refusal of the law passes and changes nothing.
    """
    try:
        yield
    except LawRefusal:
        fallen = _fall_back(application_id, person=person, at=at)
        if fallen is None:
            raise
        raise LawRefusal(
            fallen.detail,
            code=fallen.code,
            citation=fallen.citation,
            advice=_("The decision went back to the executor by itself; nothing was signed."),
        ) from fallen


@transaction.atomic
def _fall_back(application_id: UUID, *, person: Person, at: datetime) -> LawRefusal | None:
    case = cases.lock_case(application_id)
    s = COURSE.situation(case, person, at)
    fallen = _fallen(s)
    if fallen is None:
        return None
    s.application.fallen = fallen.code
    voided = _back(s)
    payload: dict[str, Any] = {
        "act": voided,
        "condition": fallen.code,
        "terms": changes_of(case),
        "version": case.version,
    }
    record(kind=events.FELL_BACK, stream=case.stream, at=at, subject_id=case.pk, payload=payload)
    return fallen


def _fallen(s: Situation) -> LawRefusal | None:
    """The condition that fell, for somebody who may send the decision back; None where it is something else."""
    try:
        check("send_back", s)
        decision_by_another(s)
    except Refusal:  # whoever may not sign here changes nothing
        return None
    try:
        prepared_conditions_hold(s)
    except LawRefusal as fallen:
        return fallen
    return None


def _back(s: Situation) -> str | None:
    """The decision and its bytes are void, its number free; the case stands where it came from."""
    act = acts.void_open_decision(s.case)
    if act is not None:
        outgoing.void_act(act.pk)
    if s.application.status in ENDED_BY_ACT:  # the act that ended the case stands
        save_status(s.application)
        return str(act.pk) if act else None
    getattr(s.application, _BACK[Status(s.application.came_from)])()
    _protect_applicant(s)
    save_status(s.application, "prepared_outcome", "reviewed_automatically", "fallen")
    licenses.release_number(case_id=s.case.pk)
    return str(act.pk) if act else None


def _protect_applicant(s: Situation) -> None:
    """What stood still meanwhile is not lost: a fresh objection term; a lapsed check of completeness lapses now.

    The notice of a hearing has its object again (Rules 10): its last day stays what it was, also where it has passed.
    """
    case, at = s.case, s.at
    if s.application.status == Status.HEARING:
        terms = {
            term.code: term
            for term in open_hearing_terms(case=case, notified_on=current_calendar_act_day(at), at=at)
        }
        hearings.prolong(
            case,
            objections_until=terms["hearing_objections"].due_at,
            refusal_not_before=terms["earliest_refusal"].due_on,
        )
    elif s.application.status == Status.COMPLETENESS and s.term_is_past("completeness"):
        s.application.accept(automatically=True)
        open_review(case=case, decided_on=s.terms["completeness"].due_on, at=at)
    notice = s.terms.get("hearing_notice")
    if notice is not None and notice.state == TermState.VOID:
        open_term(case=case, code="hearing_notice", start=notice.start, at=at, track=notice.track)
