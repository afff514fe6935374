"""Assignment and the check of completeness (Rules 6, 7): accept, refuse further consideration, or the lapse."""

from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction

from applications import events
from applications.models import Application
from applications.permissions import Situation
from applications.services.acting import COURSE, accepted, act_on, note, save_status, use_signature
from applications.services.ending import end_case
from applications.statuses import Status
from casework.cases import services as cases
from casework.deadlines.selectors import current_calendar_act_day
from casework.deadlines.services import changes_of, meet_term, open_review
from casework.decisions.services import officers
from casework.decisions.services.course import PlainAct
from foundation.accounts.models import Person
from foundation.journal.services import record


def assign(
    application_id: UUID, *, executor_id: UUID, reason: str = "", **act: Unpack[PlainAct]
) -> Application:
    """The chancery or the supervisor makes an officer without recusal the executor."""
    return officers.assign(COURSE, application_id, executor_id=executor_id, reason=reason, **act).application


def accept(application_id: UUID, *, person: Person, at: datetime, version: int | None) -> Application:
    """The package is complete (Rules 7); after the term's end this counts as the automatic step to review."""
    with act_on(application_id, action="accept", person=person, at=at, version=version) as s:
        lapsed = s.term_is_past("completeness")
        s.application.accept(automatically=lapsed)
        save_status(s.application, "reviewed_automatically")
        meet_term(case=s.case, code="completeness", at=at)
        open_review(case=s.case, decided_on=_decided_on(s, lapsed=lapsed), at=at)
        note(s, events.ACCEPTED, automatic=lapsed)
        return s.application


def refuse_further(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """`return`: refusal of further consideration, signed by the executor alone, naming each lack (Rules 7)."""
    good = accepted(application_id, action="return", sign_request=sign_request, cms=cms, person=person, at=at)
    with act_on(application_id, action="return", person=person, at=at, version=version, answered=good) as s:
        act = use_signature(s, good, ip)
        s.application.return_()
        save_status(s.application)
        meet_term(case=s.case, code="completeness", at=at)
        end_case(s, status=Status.RETURNED)
        note(s, events.RETURNED, act=str(act.pk), items=[item["key"] for item in act.content["items"]])
        return s.application


@transaction.atomic
def review_by_lapse(*, application_id: UUID, at: datetime) -> bool:
    """Rules 7 lapsed: the case goes to review by itself, assigned or not, dated by the end of the term."""
    case = cases.lock_case(application_id)
    application = Application.objects.filter(case=case, status=Status.COMPLETENESS).first()
    if application is None:
        return False
    application.case = case
    application.accept(automatically=True)
    save_status(application, "reviewed_automatically")
    meet_term(case=case, code="completeness", at=at)
    open_review(case=case, decided_on=at.date(), at=at)
    payload: dict[str, Any] = {"version": case.version, "terms": changes_of(case)}
    record(kind=events.REVIEW_BY_LAPSE, stream=case.stream, at=at, subject_id=case.pk, payload=payload)
    return True


def _decided_on(s: Situation, *, lapsed: bool) -> Any:
    """Review runs from the decision's day, or from the term's end when the term had lapsed (decided)."""
    if lapsed:
        return s.terms["completeness"].due_on
    return current_calendar_act_day(s.at)
