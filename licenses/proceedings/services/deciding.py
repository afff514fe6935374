"""The decision: prepared by the executor, opened and signed by a head who did not prepare it; then the register."""

from datetime import date, datetime
from typing import Any, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.cases import services as cases
from casework.decisions import selectors as decisions
from casework.decisions.models import Act, SignRequest
from casework.decisions.rules import grounds_were_heard
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
from casework.documents.services import outgoing
from foundation.accounts.models import Person
from foundation.kernel.citations import cite
from foundation.kernel.plain_text import lines
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses.models import Proceeding
from licenses.proceedings import events, papers
from licenses.proceedings.papers.content import at_once_content, reasons_content, suspension_content
from licenses.proceedings.papers.correction import (
    CORRECTIONS,
    corrections_in,
    read_corrections,
    require_living,
    require_same_in_both,
    said_in_form,
)
from licenses.proceedings.permissions import Situation
from licenses.proceedings.services.acting import COURSE, act_on
from licenses.proceedings.services.effects import take_effect
from licenses.proceedings.services.ending import end_case
from licenses.proceedings.statuses import HEARD_BEFORE_REFUSAL, Kind, Outcome, Status

_BACK = {
    Status.OPENED: "send_back_to_opened",
    Status.REGISTERED: "send_back_to_registered",
    Status.HEARD: "send_back_to_heard",
}


def prepare(
    proceeding_id: UUID, *, content: dict[str, Any] | None = None, **act: Unpack[PlainAct]
) -> Proceeding:
    """The order, the record or the corrected edition, as the head will sign it."""
    with act_on(proceeding_id, action="prepare", **act) as s:
        return prepared(s, _order(s, content or {}), Outcome.GRANT)


def prepare_refusal(proceeding_id: UUID, *, content: dict[str, Any], **act: Unpack[PlainAct]) -> Proceeding:
    """A reasoned refusal of what was asked for; after a hearing only on what was in the notice (APPC 73)."""
    with act_on(proceeding_id, action="prepare_refusal", **act) as s:
        heard = s.kind in HEARD_BEFORE_REFUSAL
        said = reasons_content(s.kind, content, assessed=heard)
        if heard:
            _require_heard(s, said)
        return prepared(s, said, Outcome.REFUSE)


def prepared(s: Situation, content: dict[str, Any], outcome: Outcome) -> Proceeding:
    """The act that waits for the head; four eyes."""
    s.proceeding.prepare(outcome)
    kind, _mark = papers.document_of(s.proceeding)
    act = acts.prepare_act(
        case=s.case, kind=kind, prepared_by=s.person, at=s.at, content=content, four_eyes=True
    )
    save_status(s.proceeding, "came_from", "prepared_outcome")
    note(s, events.PREPARED, act=str(act.pk), outcome=str(outcome))
    return s.proceeding


def send_back(proceeding_id: UUID, *, reason: str, **act: Unpack[PlainAct]) -> Proceeding:
    """The head sends the prepared decision back with a reason, to where it came from."""
    with act_on(proceeding_id, action="send_back", **act) as s:
        reason = lines(reason)
        if not reason:
            raise BadInput(_("Say what is to be changed."), fields={"reason": [_("Write it in a sentence.")]})
        waiting = acts.void_open_decision(s.case)
        if waiting is not None:
            outgoing.void_act(waiting.pk)
        getattr(s.proceeding, _BACK[Status(s.proceeding.came_from)])()
        save_status(s.proceeding, "prepared_outcome")
        cases.write_note(case_id=s.case.pk, author=s.person, text=reason, at=s.at)
        note(s, events.SENT_BACK)
        return s.proceeding


def open_signing(proceeding_id: UUID, *, person: Person, at: datetime, version: int | None) -> SignRequest:
    """Date fixed, final bytes rendered and stored, manifest made: what the head will sign."""
    return COURSE.open_signing(proceeding_id, drafted=_drafted, person=person, at=at, version=version)


def request_for_sign(
    proceeding_id: UUID, *, person: Person, at: datetime, version: int | None
) -> SignRequest:
    """The live request of a decision this head opened; its bytes are made anew when its time is over."""

    def reopen() -> SignRequest:
        return open_signing(proceeding_id, person=person, at=at, version=version)

    return COURSE.request_for_sign(proceeding_id, reopen=reopen, person=person, at=at)


def request_for_confirmation(
    proceeding_id: UUID, *, person: Person, at: datetime, version: int | None
) -> SignRequest:
    """The record of the court act, opened for the head who confirms it."""
    action = "confirm_court_act"
    return COURSE.open_signing(
        proceeding_id, drafted=_drafted, person=person, at=at, version=version, action=action, signs=action
    )


def sign(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """The head's signature: everything checked again, then the register and the journal in one transaction."""
    return _signed(proceeding_id, "sign", act)


def confirm_court_act(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """The head confirms the recorded court act: the register follows it from its day in force (DA 9(7))."""
    return _signed(proceeding_id, "confirm_court_act", act)


def _signed(proceeding_id: UUID, action: str, said: SignedAct) -> Proceeding:
    person, at = said["person"], said["at"]
    good = accepted(
        proceeding_id,
        action=action,
        sign_request=said["sign_request"],
        cms=said["cms"],
        person=person,
        at=at,
    )
    with act_on(
        proceeding_id, action=action, person=person, at=at, version=said["version"], answered=good
    ) as s:
        act = use_signature(s, good, said.get("ip"))
        proceeding = s.proceeding
        refused = proceeding.prepared_outcome == Outcome.REFUSE
        if refused:
            proceeding.refuse()
        else:
            take_effect(s, act)
            proceeding.finish()
        save_status(proceeding)
        end_case(proceeding, at=at, keep_decision=True)
        note(
            s,
            events.REFUSED if refused else events.DONE,
            act=str(act.pk),
            annexes=[annex.number for annex in s.annexes],
            about=str(s.kind),
            licence=str(proceeding.licence_id),
        )
        return proceeding


def _order(s: Situation, said: dict[str, Any]) -> dict[str, Any]:
    """What the order rests on and says, by kind."""
    match s.kind:
        case Kind.SUSPEND:
            notice = s.last_hearing.notice.content if s.last_hearing else {}
            content = suspension_content({**notice, **said}, assessed=True)
            _require_heard(s, content)
            return {**content, **at_once_content(said)}
        case Kind.SUSPEND_ON_REQUEST:
            return {"months": s.proceeding.content["months"]}
        case Kind.CORRECT:
            return _correction(s, said)
        case Kind.TERMINATE_BY_EVENT:
            return reasons_content(s.kind, {**s.proceeding.content, **said})
        case _:
            return {}


def _correction(s: Situation, said: dict[str, Any]) -> dict[str, Any]:
    """PL 44: every error with what stands there and what should; the head signs the new editions made of it."""
    named = s.proceeding.content.get(CORRECTIONS, ())
    if not (said.get(CORRECTIONS) or said_in_form(said)):
        said = {CORRECTIONS: named}
    content = {CORRECTIONS: read_corrections(s, said, asked=named if s.proceeding.by_licensee else ())}
    require_same_in_both(require_living(s), corrections_in(content))
    return content


def _require_heard(s: Situation, content: dict[str, Any]) -> None:
    """APPC 73: only grounds of the notice, and no longer a suspension than it named."""
    notice = s.last_hearing.notice.content if s.last_hearing else {}
    heard: dict[str, list[str]] = {ground["code"]: [] for ground in notice.get("grounds", [])}
    chosen: dict[str, list[str]] = {ground["code"]: [] for ground in content["grounds"]}
    if not grounds_were_heard(chosen, heard) or content.get("months", 0) > notice.get("months", 0):
        raise LawRefusal(
            _("The decision goes beyond the notice of the hearing: {codes}.").format(
                codes="; ".join(heard) or "—"
            ),
            code="GROUND_NOT_HEARD",
            citation=cite("APPC", "73(1)"),
            advice=_("Send a new notice with the further ground or the longer term."),
        )


def _drafted(s: Situation, act: Act, act_date: date) -> Decision:
    number = _number_of(s.proceeding, act)
    made = papers.decision_papers(s.proceeding, act, head=s.person, act_date=act_date, number=number)
    return Decision(number, made, {"kind": str(s.kind), "outcome": s.proceeding.prepared_outcome})


def _number_of(proceeding: Proceeding, act: Act) -> str:
    _kind, mark = papers.document_of(proceeding)
    done = decisions.acts_of(proceeding.case.pk).filter(kind=act.kind, state=Act.State.SIGNED).count()
    return f"{proceeding.case.incoming_no}/{mark}{done + 1}"
