"""The decision: prepared by the executor, opened and signed by a head who did not prepare it (Rules 9, 10)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications import events, papers
from applications.models import Application
from applications.papers.grounds import read_grounds, require_failed
from applications.papers.wording import DISCONTINUANCE_REASONS
from applications.permissions import Situation, check, refusal_of
from applications.rules import Way
from applications.services import reconsidering
from applications.services.acting import (
    COURSE,
    accepted,
    act_on,
    load,
    note,
    save_status,
    use_signature,
)
from applications.services.ending import end_case
from applications.services.fee import try_payment
from applications.services.issuing import enter_register
from applications.services.registers import look_up_registers
from applications.services.sending_back import falls_back
from applications.statuses import ENDED_BY_ACT, Outcome, Status
from casework.deadlines.services import meet_term, open_term, void_term
from casework.decisions import selectors as decisions
from casework.decisions.models import Act, SignRequest
from casework.decisions.papers.bilingual import require_same_said
from casework.decisions.rules import grounds_were_heard
from casework.decisions.services import acts
from casework.decisions.services.course import Decision
from foundation.accounts.models import Person
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.refusals import BadInput, LawRefusal
from licenses import services as licenses


def prepare_issue(
    application_id: UUID, *, no_court_act_note: str, person: Person, at: datetime, version: int | None
) -> Application:
    """Every required entry has a good finding, the fee is found, no court act is known (Rules 9; also after a hearing)."""
    situation = Situation(load(application_id), person, at)
    stands_against = refusal_of("prepare_issue", situation)
    unpaid = stands_against is not None and stands_against.code == "FEE_NOT_PAID"
    if unpaid and version in (None, situation.case.version):
        try_payment(application_id, person=person, at=at)
    with act_on(application_id, action="prepare_issue", person=person, at=at, version=version) as s:
        if not no_court_act_note.strip() and s.way is not Way.REISSUE:
            raise BadInput(
                _("Note that no court act forbidding the activity is known, and where you looked."),
                citation=cite("Annex 3", "10(4), 10(5)"),
                fields={"no_court_act_note": [_("Write it in a sentence.")]},
            )
        s.application.prepare_issue(no_court_act_note=no_court_act_note.strip())
        void_term(case=s.case, code="hearing_notice", at=at)
        content: dict[str, Any] = {"no_court_act_note": no_court_act_note.strip()}
        if s.target is not None:
            content["target_version"] = s.target.licence.version
        return _prepared(s, "licence", content)


def prepare_refusal(
    application_id: UUID, *, grounds: Any, person: Person, at: datetime, version: int | None
) -> Application:
    """Refuse on grounds that were in the notice, each with an assessment of the applicant's answer (Rules 10).

    On the short way of a re-issue there is no hearing: the grounds of PL 33(5) and 34, with their facts (Rules 15).
    """
    with act_on(application_id, action="prepare_refusal", person=person, at=at, version=version) as s:
        on, short = s.case.registered_on or s.today, s.way is Way.REISSUE
        chosen = read_grounds(
            grounds, on, known=s.grounds_known, assessed=not short, heard=not short, sources=s.sources
        )
        if not short:
            _require_heard(s, chosen)
        s.application.prepare_refusal()
        return _prepared(s, "refusal", {"grounds": chosen})


def _require_heard(s: Situation, chosen: list[dict[str, Any]]) -> None:
    hearing = s.last_hearing
    noticed = hearing.notice.content["grounds"] if hearing else []
    heard = {said["code"]: said["entries"] for said in noticed}
    if not grounds_were_heard({said["code"]: said["entries"] for said in chosen}, heard):
        raise LawRefusal(
            _("A refusal names only grounds, and entries, that were in the notice: {codes}.").format(
                codes="; ".join(" ".join([code, *entries]) for code, entries in heard.items())
            ),
            code="GROUND_NOT_HEARD",
            citation=cite("Rules", 10),
            advice=_("Send a new notice with the further ground, within its limits."),
        )
    require_failed(chosen, s.failed_entries)
    _require_known_evidence(s, chosen, {said["code"]: said for said in noticed})


def _require_known_evidence(
    s: Situation, chosen: list[dict[str, Any]], noticed: dict[str, dict[str, Any]]
) -> None:
    """Rules 10, APPC 73: what a person had no chance to answer cannot be held against them."""
    own = {str(row.pk) for row in decisions.heard_files(s.case.pk)}
    faults: dict[str, list[Any]] = {}
    for index, said in enumerate(chosen):
        before = noticed[said["code"]]
        known = own | {row["id"] for row in before.get("evidence", [])}
        if further := [row["name"] for row in said["evidence"] if row["id"] not in known]:
            faults[f"grounds.{index}.evidence"] = [
                _("Not in the notice: {names}.").format(names=", ".join(further))
            ]
        for name in ("records_kk", "records_ru"):
            if said.get(name, "") not in ("", before.get(name, "")):
                faults[f"grounds.{index}.{name}"] = [_("The notice named other records.")]
    if faults:
        raise LawRefusal(
            _("The refusal rests on evidence that the applicant was not told of."),
            code="EVIDENCE_NOT_HEARD",
            citation=cite_all(cite("Rules", 10), cite("APPC", 73)),
            advice=_(
                "Keep to the evidence of the notice and of the answer, or send a new notice within its limits."
            ),
            fields=faults,
        )


def prepare_discontinuance(
    application_id: UUID,
    *,
    reason: str,
    facts_kk: str,
    facts_ru: str,
    person: Person,
    at: datetime,
    version: int | None,
) -> Application:
    """The applicant died, was liquidated or is no entrepreneur, or the matter is decided already (APPC 70(1))."""
    with act_on(application_id, action="discontinue", person=person, at=at, version=version) as s:
        faults: dict[str, list[Any]] = {}
        if reason not in DISCONTINUANCE_REASONS:
            faults["reason"] = [_("One of: {names}.").format(names=", ".join(DISCONTINUANCE_REASONS))]
        for name, text in (("facts_kk", facts_kk), ("facts_ru", facts_ru)):
            if not text.strip():
                faults[name] = [_("Write it in Kazakh and in Russian.")]
        if faults:
            raise BadInput(
                _("A discontinuance names its reason and facts."),
                citation=cite("APPC", "70(1)"),
                fields=faults,
            )
        facts = {"facts_kk": facts_kk, "facts_ru": facts_ru}
        require_same_said([("", facts, "facts")])
        s.application.prepare_discontinuance()
        content = {"reason": reason, "facts_kk": facts_kk.strip(), "facts_ru": facts_ru.strip()}
        return _prepared(s, "discontinuance", content)


def _prepared(s: Situation, kind: str, content: dict[str, Any]) -> Application:
    act = acts.prepare_act(
        case=s.case, kind=kind, prepared_by=s.person, at=s.at, content=content, four_eyes=True
    )
    s.application.fallen = ""
    save_status(s.application, "came_from", "prepared_outcome", "no_court_act_note", "fallen")
    meet_term(case=s.case, code="review", at=s.at)
    note(s, events.PREPARED, act=str(act.pk), outcome=str(s.application.prepared_outcome))
    return s.application


def open_signing(application_id: UUID, *, person: Person, at: datetime, version: int | None) -> SignRequest:
    """Number reserved, date fixed, final bytes rendered and stored, manifest made: what the head will sign.

    Done again after expiry: the earlier bytes are void and can never be signed.
    """
    application = load(application_id)
    outcome = application.prepared_outcome
    check("open_signing", Situation(application, person, at))
    if application.status in ENDED_BY_ACT:
        return COURSE.open_signing(
            application_id, drafted=reconsidering.drafted, person=person, at=at, version=version
        )
    if outcome != Outcome.DISCONTINUE:
        look_up_registers(application_id, person=person, at=at)
        if outcome == Outcome.REFUSE:  # perhaps it was paid meanwhile
            try_payment(application_id, person=person, at=at)

    def drafted(s: Situation, act: Act, act_date: date) -> Decision:
        number = _number_of(s.application, act, at)
        made = papers.decision_papers(s.application, act, head=person, act_date=act_date, number=number)
        return Decision(number, made, {"outcome": s.application.prepared_outcome})

    return COURSE.open_signing(application_id, drafted=drafted, person=person, at=at, version=version)


def request_for_sign(
    application_id: UUID, *, person: Person, at: datetime, version: int | None
) -> SignRequest:
    """The live request of a decision this head opened; its bytes are made anew when its time is over."""

    def reopen() -> SignRequest:
        return open_signing(application_id, person=person, at=at, version=version)

    with falls_back(application_id, person=person, at=at):
        return COURSE.request_for_sign(application_id, reopen=reopen, person=person, at=at)


def sign(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """The head's signature: everything checked again, then licence or refusal and the journal in one transaction."""
    good = accepted(application_id, action="sign", sign_request=sign_request, cms=cms, person=person, at=at)
    with (
        falls_back(application_id, person=person, at=at),
        act_on(application_id, action="sign", person=person, at=at, version=version, answered=good) as s,
    ):
        act = use_signature(s, good, ip)
        if s.application.status in ENDED_BY_ACT:
            reconsidering.take_effect(s, act)
            return load(application_id)
        match s.application.prepared_outcome:
            case Outcome.ISSUE:
                issue(s, act, number=act.number)
            case Outcome.REFUSE:
                s.application.refuse()
                _end(s, act, Status.REFUSED, events.REFUSED)
            case _:
                s.application.discontinue()
                _end(s, act, Status.DISCONTINUED, events.DISCONTINUED, notice="discontinuance_notice")
        return s.application


def withdraw(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """The applicant takes the application back, signed, at any hour before the decision (APPC 64(9))."""
    good = accepted(
        application_id, action="withdraw", sign_request=sign_request, cms=cms, person=person, at=at
    )
    with act_on(application_id, action="withdraw", person=person, at=at, version=version, answered=good) as s:
        act = use_signature(s, good, ip)
        s.application.withdraw()
        _end(s, act, Status.WITHDRAWN, events.WITHDRAWN)
        return s.application


def issue(s: Situation, act: Act, *, number: str, on_complaint: bool = False) -> None:
    """Rules 9, 15; DA 9(1): the register takes what is issued; the fee is used.

    `on_complaint`: in place of a refusal that the provider itself cancels (Rules 20, APPC 97(2)).
    """
    licence = enter_register(s, act, number=number)
    if on_complaint:
        s.application.issue_on_complaint()
    else:
        s.application.issue()
    kind = events.ISSUED_ON_COMPLAINT if on_complaint else events.ISSUED
    _end(s, act, Status.ISSUED, kind, licence=str(licence.pk), number=licence.number)


def _end(s: Situation, act: Act, status: Status, kind: str, *, notice: str = "", **payload: Any) -> None:
    """`notice`: the term within which the end itself is to be told (APPC 70)."""
    save_status(s.application)
    end_case(s, status=status, keep_decision=act.four_eyes)
    if notice:
        assert act.act_date is not None  # noqa: S101 -- a signed act is dated
        open_term(case=s.case, code=notice, start=act.act_date, at=s.at)
    note(s, kind, act=str(act.pk), **payload)


def _number_of(application: Application, act: Act, at: datetime) -> str:
    """A new licence's number is reserved for the case; a letter bears the incoming number with its mark."""
    if application.prepared_outcome == Outcome.ISSUE:
        if application.scope != Application.Scope.LICENCE:
            return application.target_licence
        return licenses.reserve_number(case_id=application.case.pk, at=at)
    mark = "О" if application.prepared_outcome == Outcome.REFUSE else "ПК"
    done = decisions.acts_of(application.case.pk).filter(kind=act.kind, state=Act.State.SIGNED).count()
    return f"{application.case.incoming_no}/{mark}{done + 1}"
