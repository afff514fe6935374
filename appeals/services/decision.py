"""What is signed on a complaint: by a head the satisfaction or the covering letter, by the reviewer the answer."""

import json
from datetime import date
from typing import Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from appeals import events, papers
from appeals.models import Complaint
from appeals.permissions import ComplaintSituation
from appeals.selectors import matter_of
from appeals.services.acting import COURSE
from appeals.services.ending import end_complaint
from appeals.services.follow import cancel_act, follow
from appeals.statuses import TERM_OF, Matter, Prepared, Status
from applications.services.favourable import issue_on_complaint, reserve_licence_number
from applications.services.reopening import Basis, reopen
from casework.cases import services as cases
from casework.deadlines.services import meet_term, open_term, void_term
from casework.decisions.models import Act, Cancellation, SignRequest
from casework.decisions.papers import letter_number
from casework.decisions.services import acts
from casework.decisions.services.course import (
    Decision,
    PlainAct,
    SignedAct,
    accepted,
    note,
    save_status,
    use_signature,
)
from casework.decisions.services.signing import Accepted
from casework.documents.services import outgoing
from foundation.accounts import selectors as accounts
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput
from licenses import services as licenses

_MARKS = {Prepared.SATISFY: "УД", Prepared.FORWARD: "СП", Prepared.DECIDE: "ОТ"}
_BACK = {
    Status.REGISTERED: "send_back_to_registered",
    Status.CONSIDERED: "send_back_to_considered",
    Status.HEARD: "send_back_to_heard",
}


def open_signing(complaint_id: UUID, **act: Unpack[PlainAct]) -> SignRequest:
    """Date fixed, final bytes rendered and stored, manifest made; with a licence its number is reserved."""
    person, at = act["person"], act["at"]

    def drafted(s: ComplaintSituation, prepared: Act, act_date: date) -> Decision:
        number = letter_number(s.case, _MARKS[Prepared(s.complaint.prepared)])
        content = prepared.content
        match s.complaint.prepared:
            case Prepared.SATISFY:
                licence_no = ""
                if matter_of(s.complaint) == Matter.REFUSED:
                    licence_no = reserve_licence_number(s.complaint.about_id, at=at)
                made = papers.satisfaction_papers(
                    s, content, head=person, act_date=act_date, number=number, licence_no=licence_no
                )
                return Decision(number, made, {"prepared": "satisfy", "licence": licence_no})
            case Prepared.FORWARD:
                made = papers.forward_papers(s, content, head=person, act_date=act_date, number=number)
                return Decision(number, made, {"prepared": "forward", "to": s.complaint.addressee})
            case _:
                made = papers.answer_papers(s, content, act_date=act_date, number=number)
                return Decision(number, made, {"prepared": "decide", "outcome": s.complaint.outcome})

    return COURSE.open_signing(complaint_id, drafted=drafted, **act)


def request_for_sign(complaint_id: UUID, **act: Unpack[PlainAct]) -> SignRequest:
    """The live request of a decision this person opened; its bytes are made anew when its time is over."""

    def again() -> SignRequest:
        return open_signing(complaint_id, **act)

    return COURSE.request_for_sign(complaint_id, reopen=again, person=act["person"], at=act["at"])


def send_back(complaint_id: UUID, *, reason: str, **act: Unpack[PlainAct]) -> Complaint:
    """What was prepared goes back with a reason, to where it came from."""
    with COURSE.act_on(complaint_id, action="send_back", **act) as s:
        reason = lines(reason)
        if not reason:
            raise BadInput(_("Say what is to be changed."), fields={"reason": [_("Write it in a sentence.")]})
        waiting = s.decision
        if waiting is not None:
            acts.void(waiting)
            outgoing.void_act(waiting.pk)
        getattr(s.complaint, _BACK[Status(s.complaint.came_from)])()
        save_status(s.complaint, "prepared", "outcome")
        cases.write_note(case_id=s.case.pk, author=s.person, text=reason, at=s.at)
        licenses.release_number(case_id=s.complaint.about_id)
        note(s, events.SENT_BACK, act=str(waiting.pk) if waiting else None)
        return s.complaint


def sign(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """Everything checked again; then the outcome and all that follows from it in one transaction."""
    person, at = act["person"], act["at"]
    good = accepted(
        complaint_id, action="sign", sign_request=act["sign_request"], cms=act["cms"], person=person, at=at
    )
    with COURSE.act_on(
        complaint_id, action="sign", person=person, at=at, version=act["version"], answered=good
    ) as s:
        signed = use_signature(s, good, act.get("ip"))
        assert signed.act_date is not None  # noqa: S101 -- a signed act is dated
        match s.complaint.prepared:
            case Prepared.SATISFY:
                _satisfied(s, signed, signed.act_date, licence_no=_licence_no(good))
            case Prepared.FORWARD:
                _forwarded(s, signed, signed.act_date)
            case _:
                _decided(s, signed, signed.act_date)
        return s.complaint


def _licence_no(good: Accepted) -> str:
    """The licence's number as it stands in the signed bytes."""
    number: str = json.loads(bytes(SignRequest.objects.get(pk=good.request_id).manifest)).get("licence", "")
    return number


def _satisfied(s: ComplaintSituation, act: Act, day: date, *, licence_no: str) -> None:
    """Rules 20: the act stays in the file as cancelled, what is done instead cites it, all in one transaction."""
    complaint = s.complaint
    basis = Basis(
        kind=Cancellation.Basis.COMPLAINT,
        number=s.case.incoming_no or "",
        dated=s.case.registered_on or day,
        by=accounts.provider().name_ru,
        act=act,
    )
    match matter_of(complaint):
        case Matter.REFUSED:
            issue_on_complaint(
                complaint.about_id,
                act=act,
                number=licence_no,
                basis=basis,
                reason=act.content["reasons_ru"],
                person=s.person,
                at=s.at,
            )
        case Matter.RETURNED:
            reopen(complaint.about_id, basis=basis, since=day, at=s.at, actor=s.person)
        case Matter.ORDER | Matter.REQUEST:
            cancel_act(s, basis=basis, since=day)
    complaint.end_satisfied()
    complaint.decided_on = day
    save_status(complaint, "decided_on")
    meet_term(case=s.case, code="complaint_forwarding", at=s.at)
    end_complaint(s, since=day, keep_decision=True)
    cancelled = str(complaint.act_id) if complaint.act_id else None
    note(s, events.SATISFIED, act=str(act.pk), cancelled=cancelled)


def _forwarded(s: ComplaintSituation, act: Act, day: date) -> None:
    """Rules 20, APPC 91(4): the case goes to the body; its term runs from the arrival, which is this day."""
    complaint = s.complaint
    complaint.end_forwarded()
    complaint.arrived_on = day
    save_status(complaint, "arrived_on")
    meet_term(case=s.case, code="complaint_forwarding", at=s.at)
    open_term(case=s.case, code=TERM_OF[complaint.addressee], start=day, at=s.at)  # type: ignore[index]  # one of its keys
    cases.touch(s.case, executor=None, body=s.body)
    note(s, events.FORWARDED, act=str(act.pk), body=complaint.addressee)


def _decided(s: ComplaintSituation, act: Act, day: date) -> None:
    complaint = s.complaint
    complaint.decide(complaint.outcome)
    complaint.decided_on = day
    save_status(complaint, "outcome", "decided_on")
    void_term(case=s.case, code="complaint_forwarding", at=s.at)
    follow(s, act=act, number=act.number, dated=day, since=day)
    end_complaint(s, since=day, keep_decision=True)
    note(s, events.DECIDED, act=str(act.pk), outcome=complaint.outcome)
