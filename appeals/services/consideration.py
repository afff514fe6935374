"""Consideration by the body the complaint is addressed to (Rules 21, 22; APPC 95-100; PS 25(4))."""

from datetime import date
from typing import Any, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from appeals import events, rules
from appeals.models import Complaint, OutsideOutcome
from appeals.permissions import ComplaintSituation
from appeals.permissions.guards import require_something_to_cancel
from appeals.selectors import matter_of
from appeals.services.acting import COURSE
from appeals.services.ending import end_complaint
from appeals.services.follow import follow
from appeals.services.provider import prepared
from appeals.services.texts import in_both_languages
from appeals.statuses import CONSIDERATION, OUTCOMES, Matter, Status
from casework.cases import services as cases
from casework.deadlines.selectors import current_calendar_act_day
from casework.deadlines.services import extend_term
from casework.decisions.services.course import (
    PlainAct,
    SignedAct,
    accepted,
    note,
    save_status,
    use_signature,
)
from casework.documents.services import incoming
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.refusals import BadInput, LawRefusal


def extend(complaint_id: UUID, *, said: dict[str, Any], **act: Unpack[PlainAct]) -> Complaint:
    """Once, by ten working days, with reasons; who complained is told within three (PS 25(4))."""
    with COURSE.act_on(complaint_id, action="extend", **act) as s:
        reason = str(said.get("reason", "")).strip()
        if not reason:
            raise BadInput(
                _("Say why further study or a check is needed."),
                citation=cite("PS", "25(4)"),
                fields={"reason": [_("Write it in a sentence.")]},
            )
        code = next(code for code in CONSIDERATION if code in s.terms)
        term = extend_term(case=s.case, code=code, by=rules.EXTENSION_DAYS, at=s.at)
        s.complaint.extended_until, s.complaint.extension_reason = term.due_on, reason
        s.complaint.save(update_fields=["extended_until", "extension_reason"])
        cases.touch(s.case)
        note(s, events.EXTENDED, until=term.due_on.isoformat())
        return s.complaint


def prepare_decision(complaint_id: UUID, *, said: dict[str, Any], **act: Unpack[PlainAct]) -> Complaint:
    """The outcome with its reasons in both languages; never worse than the act (APPC 98(3), 100)."""
    with COURSE.act_on(complaint_id, action="prepare_decision", **act) as s:
        outcome = _outcome(said, s)
        require_something_to_cancel(s, outcome)
        full = bool(said.get("in_full"))
        _require_hearing(s, outcome, full=full)
        grounds = [str(code) for code in said.get("grounds", [])]
        _require_no_worse(s, grounds)
        texts: dict[str, Any] = dict(in_both_languages(said, "reasons", citation=cite("APPC", 100)))
        if s.complaint.status == Status.HEARD:
            texts |= in_both_languages(said, "heard", citation=cite("APPC", "98(3)"))
        s.complaint.prepare_decision(outcome=outcome)
        content = {**texts, "outcome": outcome, "in_full": full, "grounds": grounds}
        return prepared(s, "complaint_answer", content, four_eyes=False)


def _outcome(said: dict[str, Any], s: ComplaintSituation) -> str:
    outcome = str(said.get("outcome", ""))
    known = rules.outcomes_of(s.complaint.target, OUTCOMES)
    if outcome not in known:
        raise BadInput(
            _("A complaint ends in one of the outcomes of the law."),
            citation=cite("APPC", 100),
            fields={"outcome": [_("One of: {names}.").format(names=", ".join(known))]},
        )
    return outcome


def _require_hearing(s: ComplaintSituation, outcome: str, *, full: bool) -> None:
    in_full = full and outcome not in (Status.DISMISSED, Status.REMANDED)
    if rules.hearing_needed(satisfied_in_full=in_full) and s.complaint.status != Status.HEARD:
        raise LawRefusal(
            _("Both sides are heard before every outcome but full satisfaction."),
            code="NOT_HEARD",
            citation=cite("APPC", "98(3)"),
            advice=_("Notify both sides of the hearing, at least three working days before the decision."),
        )
    hearing = s.last_hearing
    if s.complaint.status == Status.HEARD and hearing is not None and s.today < s.refusal_not_before(hearing):
        raise LawRefusal(
            _("The decision follows at least three working days after the notice."),
            code="DECISION_TOO_EARLY",
            citation=cite("APPC", "73(1)"),
            advice=_("Prepare it on or after {day}.").format(day=f"{s.refusal_not_before(hearing):%d.%m.%Y}"),
        )


def _require_no_worse(s: ComplaintSituation, grounds: list[str]) -> None:
    act = s.complaint.act
    known = [said["code"] for said in act.content.get("grounds", [])] if act is not None else []
    if not rules.no_worse(grounds, known):
        raise LawRefusal(
            _("The answer may hold no ground that the act complained of did not hold: {codes}.").format(
                codes=", ".join(sorted(set(grounds) - set(known)))
            ),
            code="FOR_THE_WORSE",
            citation=cite("APPC", "98(3)"),
            advice=_("Keep to the grounds of the act: {codes}.").format(codes=", ".join(known) or "—"),
        )


def leave(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """Left without consideration for a reason of the law, signed by the reviewer; told within three days (APPC 95)."""
    person, at = act["person"], act["at"]
    good = accepted(
        complaint_id, action="leave", sign_request=act["sign_request"], cms=act["cms"], person=person, at=at
    )
    with COURSE.act_on(
        complaint_id, action="leave", person=person, at=at, version=act["version"], answered=good
    ) as s:
        signed = use_signature(s, good, act.get("ip"))
        assert signed.act_date is not None  # noqa: S101 -- a signed act is dated
        s.complaint.leave(reason=signed.content["reason"])
        s.complaint.decided_on = signed.act_date
        save_status(s.complaint, "left_for", "decided_on")
        end_complaint(s, since=signed.act_date)
        note(s, events.LEFT, act=str(signed.pk), reason=s.complaint.left_for)
        return s.complaint


def record_outcome(
    complaint_id: UUID, *, said: dict[str, Any], scan: Any = None, **act: Unpack[PlainAct]
) -> Complaint:
    """What a body that does not work in the portal decided: its number, date, scan (process.md, record outcome)."""
    seen = COURSE.seen(complaint_id, act["person"], act["at"])
    COURSE.check("record_outcome", seen)
    outcome, number, reasons, dated = _recorded(said, seen)
    if scan is None:
        raise BadInput(
            _("The decision itself is needed."),
            citation=cite("APPC", 100),
            fields={"scan": [_("Attach the scan of the decision.")]},
        )
    stored = incoming.receive_file(
        case_id=complaint_id, uploaded_by=act["person"], name=scan.name, stream=scan, at=act["at"]
    )
    with COURSE.act_on(complaint_id, action="record_outcome", **act) as s:
        OutsideOutcome.objects.create(
            complaint=s.complaint,
            number=number,
            decided_on=dated,
            scan=stored,
            reasons=reasons,
            recorded_by=s.person,
            recorded_at=s.at,
        )
        s.complaint.decide(outcome)
        s.complaint.decided_on = dated
        save_status(s.complaint, "outcome", "decided_on")
        recorded_on = current_calendar_act_day(s.at)
        order = matter_of(s.complaint) in (Matter.ORDER, Matter.REQUEST)
        # an order has no force from the decision's day; a case is taken up again, with a new term, when it is known
        follow(s, act=None, number=number, dated=dated, since=dated if order else recorded_on)
        end_complaint(s, since=recorded_on)
        note(s, events.OUTCOME_RECORDED, outcome=outcome, dated=dated.isoformat())
        return s.complaint


def _recorded(said: dict[str, Any], s: ComplaintSituation) -> tuple[str, str, str, date]:
    outcome = _outcome(said, s)
    number, reasons = str(said.get("number", "")).strip(), str(said.get("reasons", "")).strip()
    faults: dict[str, list[Any]] = {}
    if not number:
        faults["number"] = [_("The number of the decision.")]
    if not reasons:
        faults["reasons"] = [_("Its reasons in short.")]
    dated = said.get("decided_on")
    if not isinstance(dated, date) or not (s.case.registered_on or dated) <= dated <= s.today:
        faults["decided_on"] = [_("Its date: not before the complaint was registered, not in the future.")]
    if faults:
        raise BadInput(
            _("The record of an outcome is not complete."),
            citation=cite_all(cite("APPC", 100), cite("Rules", 22)),
            fields=faults,
        )
    assert isinstance(dated, date)  # noqa: S101 -- looked at just above
    return outcome, number[:60], reasons, dated
