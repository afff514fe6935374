"""The hearing of an application: notice, answer, oral request, waiver, postponement, protocol, record (Rules 10, APPC 73)."""

from datetime import datetime
from uuid import UUID

from applications import events
from applications.models import Application
from applications.services.acting import (
    accepted,
    act_on,
    note,
    save_status,
    use_first_signature,
    use_signature,
)
from casework.cases import services as cases
from casework.deadlines.services import meet_term, open_hearing_terms
from casework.decisions.selectors import protocol_with_secretary
from casework.decisions.services import hearings
from foundation.accounts.models import Person


def notify_hearing(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """Notice of the preliminary decision (Rules 10); a further notice replaces the first."""
    action = "notify_hearing"
    good = accepted(application_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with act_on(application_id, action=action, person=person, at=at, version=version, answered=good) as s:
        late = s.term_is_past("hearing_notice")
        act = use_signature(s, good, ip)
        assert act.act_date is not None  # noqa: S101 -- a signed act is dated
        s.application.notify_hearing()
        save_status(s.application)
        meet_term(case=s.case, code="review", at=at)
        meet_term(case=s.case, code="hearing_notice", at=at)
        terms = {term.code: term for term in open_hearing_terms(case=s.case, notified_on=act.act_date, at=at)}
        hearing = hearings.open_hearing(
            case=s.case,
            notice=act,
            notified_on=act.act_date,
            at=at,
            objections_until=terms["hearing_objections"].due_at,
            refusal_not_before=terms["earliest_refusal"].due_on,
            late=late,
        )
        note(s, events.HEARING_NOTIFIED, act=str(act.pk), hearing=str(hearing.pk), late=late)
        return s.application


def request_oral(application_id: UUID, *, person: Person, at: datetime, version: int | None) -> Application:
    """The applicant asks for an oral hearing within the objection term (APPC 73(3))."""
    with act_on(application_id, action="request_oral", person=person, at=at, version=version) as s:
        hearings.ask_oral(s.case, at=at)
        cases.touch(s.case)
        note(s, events.ORAL_REQUESTED)
        return s.application


def waive_hearing(application_id: UUID, *, person: Person, at: datetime, version: int | None) -> Application:
    """The applicant gives the hearing up (APPC 73(2))."""
    with act_on(application_id, action="waive_hearing", person=person, at=at, version=version) as s:
        hearings.waive(s.case, at=at)
        cases.touch(s.case)
        note(s, events.HEARING_WAIVED)
        return s.application


def answer_hearing(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """The applicant's signed objections, markable as final (APPC 73(3))."""
    action = "answer_hearing"
    good = accepted(application_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with act_on(application_id, action=action, person=person, at=at, version=version, answered=good) as s:
        act = use_signature(s, good, ip)
        final = bool(act.content["final"])
        hearings.answer(s.case, text=act.content["text"], final=final, by=person, at=at)
        if final:
            meet_term(case=s.case, code="hearing_objections", at=at)
        cases.touch(s.case)
        note(s, events.HEARING_ANSWERED, act=str(act.pk), final=final)
        return s.application


def postpone_hearing(
    application_id: UUID,
    *,
    planned_at: datetime,
    place: str,
    person: Person,
    at: datetime,
    version: int | None,
) -> Application:
    """Fix or move the time of an oral hearing inside its limits (Rules 10, APPC 73(3))."""
    with act_on(application_id, action="postpone_hearing", person=person, at=at, version=version) as s:
        hearings.plan(s.case, planned_at=planned_at, place=place, at=at)
        cases.touch(s.case)
        note(s, events.HEARING_POSTPONED, planned_at=planned_at.isoformat())
        return s.application


def agree_late_notice(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """The head's signed consent, with its reason, to a notice after the last day (APPC 84(1))."""
    action = "agree_late_notice"
    good = accepted(application_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with act_on(application_id, action=action, person=person, at=at, version=version, answered=good) as s:
        act = use_signature(s, good, ip)
        hearings.consent_to_late_notice(s.case, head=person, reason=act.content["reason"], at=at)
        cases.touch(s.case)
        note(s, events.LATE_NOTICE_AGREED, act=str(act.pk))
        return s.application


def sign_protocol(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """The protocol of an oral hearing: signed by the secretary, then by the executor as chair (APPC 74)."""
    action = "sign_protocol"
    good = accepted(application_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with act_on(application_id, action=action, person=person, at=at, version=version) as s:
        if protocol_with_secretary(s.case.pk) is None:
            act = use_first_signature(s, good, ip)
        else:
            act = use_signature(s, good, ip)
            hearings.hold(s.case, protocol=act, attended=bool(act.content["attended"]))
            meet_term(case=s.case, code="hearing_objections", at=at)
        cases.touch(s.case)
        note(s, events.PROTOCOL_SIGNED, act=str(act.pk))
        return s.application


def record_hearing(application_id: UUID, *, person: Person, at: datetime, version: int | None) -> Application:
    """The hearing is over; silence of one who was duly notified is no obstacle (APPC 73(3))."""
    with act_on(application_id, action="record_hearing", person=person, at=at, version=version) as s:
        hearing = hearings.close(s.case, at=at)
        s.application.record_hearing()
        save_status(s.application)
        meet_term(case=s.case, code="hearing_objections", at=at)
        note(s, events.HEARING_RECORDED, hearing=str(hearing.pk))
        return s.application
