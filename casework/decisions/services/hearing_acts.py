"""The acts of a hearing in any case: notice, answer, oral request, waiver, time, consent, protocol, record.

Rules 10, APPC 73, 74. Each is the body of the owner's service of the same name; `S` is the owner's situation.
"""

from datetime import datetime
from uuid import UUID

from casework.cases import services as cases
from casework.deadlines.services import meet_term, open_hearing_terms
from casework.decisions.selectors import protocol_with_secretary, waiting_protocols
from casework.decisions.services import hearings, slots
from casework.decisions.services.course import (
    Course,
    S,
    accepted,
    note,
    save_status,
    use_first_signature,
    use_signature,
    void_act,
)
from casework.decisions.services.hearing_files import bind_files
from foundation.accounts.models import Person


def notify_hearing(
    course: Course[S],
    case_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> S:
    """Notice of the preliminary decision (Rules 10); a further notice replaces the first."""
    action = "notify_hearing"
    good = accepted(case_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with course.act_on(case_id, action=action, person=person, at=at, version=version, answered=good) as s:
        late = s.term_is_past("hearing_notice")
        act = use_signature(s, good, ip)
        assert act.act_date is not None  # noqa: S101 -- a signed act is dated
        s.subject.notify_hearing()
        save_status(s.subject)
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
        notice_term = s.terms.get("hearing_notice")
        if notice_term is not None and act.act_date >= notice_term.due_on:
            slots.keep_morning(s.case, hearing)
        note(s, f"{course.facts}.hearing_notified", act=str(act.pk), hearing=str(hearing.pk), late=late)
        return s


def request_oral(
    course: Course[S],
    case_id: UUID,
    *,
    person: Person,
    at: datetime,
    version: int | None,
    video: bool = False,
    short_notice: bool = False,
) -> S:
    """The party asks for an oral hearing, in a room or by video, within the objection term (APPC 73(3))."""
    with course.act_on(case_id, action="request_oral", person=person, at=at, version=version) as s:
        hearings.ask_oral(s.case, at=at, video=video, short_notice=short_notice)
        cases.touch(s.case)
        note(s, f"{course.facts}.oral_requested")
        return s


def waive_hearing(
    course: Course[S], case_id: UUID, *, person: Person, at: datetime, version: int | None
) -> S:
    """The party gives the hearing up (APPC 73(2))."""
    with course.act_on(case_id, action="waive_hearing", person=person, at=at, version=version) as s:
        hearings.waive(s.case, at=at)
        cases.touch(s.case)
        note(s, f"{course.facts}.hearing_waived")
        return s


def answer_hearing(
    course: Course[S],
    case_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> S:
    """The party's signed objections, markable as final (APPC 73(3))."""
    action = "answer_hearing"
    good = accepted(case_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with course.act_on(case_id, action=action, person=person, at=at, version=version, answered=good) as s:
        act = use_signature(s, good, ip)
        final = bool(act.content["final"])
        bind_files(act)
        hearings.answer(s.case, text=act.content["text"], final=final, by=person, at=at)
        if final:
            meet_term(case=s.case, code="hearing_objections", at=at)
        cases.touch(s.case)
        note(s, f"{course.facts}.hearing_answered", act=str(act.pk), final=final)
        return s


def postpone_hearing(
    course: Course[S],
    case_id: UUID,
    *,
    planned_at: datetime,
    place: str = "",
    room: str = "",
    link: str = "",
    minutes: int | None = None,
    person: Person,
    at: datetime,
    version: int | None,
) -> S:
    """Fix or move the time of an oral hearing inside its limits (Rules 10, APPC 73(3))."""
    wanted = slots.Plan(planned_at=planned_at, place=place, room=room, link=link, minutes=minutes)
    with course.act_on(case_id, action="postpone_hearing", person=person, at=at, version=version) as s:
        hearing = slots.plan(s.case, wanted, at=at)
        cases.touch(s.case)
        note(
            s,
            f"{course.facts}.hearing_postponed",
            planned_at=planned_at.isoformat(),
            hearing=str(hearing.pk),
            time=hearing.times.count(),
        )
        return s


def agree_late_notice(
    course: Course[S],
    case_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> S:
    """The head's signed consent, with its reason, to a notice after the last day (APPC 84(1))."""
    action = "agree_late_notice"
    good = accepted(case_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with course.act_on(case_id, action=action, person=person, at=at, version=version, answered=good) as s:
        act = use_signature(s, good, ip)
        hearings.consent_to_late_notice(s.case, head=person, reason=act.content["reason"], at=at)
        cases.touch(s.case)
        note(s, f"{course.facts}.late_notice_agreed", act=str(act.pk))
        return s


def sign_protocol(
    course: Course[S],
    case_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> S:
    """The protocol of an oral hearing: signed by the secretary, then by the executor as chair (APPC 74)."""
    action = "sign_protocol"
    good = accepted(case_id, action=action, sign_request=sign_request, cms=cms, person=person, at=at)
    with course.act_on(case_id, action=action, person=person, at=at, version=version) as s:
        if protocol_with_secretary(s.case.pk, s.today) is None:
            act = use_first_signature(s, good, ip)
            for stale in waiting_protocols(s.case.pk).exclude(pk=act.pk):
                void_act(stale)  # of a replaced hearing, or for a chair who is no longer the executor
        else:
            act = use_signature(s, good, ip)
            hearings.hold(s.case, protocol=act, attended=bool(act.content["attended"]))
            meet_term(case=s.case, code="hearing_objections", at=at)
        cases.touch(s.case)
        note(s, f"{course.facts}.protocol_signed", act=str(act.pk))
        return s


def record_hearing(
    course: Course[S], case_id: UUID, *, person: Person, at: datetime, version: int | None
) -> S:
    """The hearing is over; silence of one who was duly notified is no obstacle (APPC 73(3))."""
    with course.act_on(case_id, action="record_hearing", person=person, at=at, version=version) as s:
        hearing = hearings.close(s.case, at=at)
        s.subject.record_hearing()
        save_status(s.subject)
        meet_term(case=s.case, code="hearing_objections", at=at)
        note(s, f"{course.facts}.hearing_recorded", hearing=str(hearing.pk))
        return s
