"""The authority cancels its own refusal, or a court act is recorded: the case is considered anew (APPC 84; Reopening)."""

from datetime import date, datetime
from typing import Any, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications import events, papers
from applications.models import Application
from applications.papers.reconsidering import (
    COURT_MARK,
    COURT_RECORD,
    OWN_CANCELLATION,
    OWN_MARK,
    CourtOutcome,
)
from applications.permissions import Situation
from applications.services.acting import COURSE, accepted, act_on, load, note, save_status, use_signature
from applications.services.reopening import Basis, reopen
from casework.decisions import selectors as decisions
from casework.decisions.models import Act, Cancellation, SignRequest
from casework.decisions.papers.attested import day_of_paper, refuse_faults, scan_of_paper, text_of_paper
from casework.decisions.papers.bilingual import require_same_said
from casework.decisions.services import acts
from casework.decisions.services.course import Decision, PlainAct, SignedAct
from casework.documents.services.incoming import receive_file
from foundation.accounts.models import Person
from foundation.kernel.citations import cite

CONFIRM = "confirm_court_act"


def cancel_refusal(
    application_id: UUID, *, reasons_kk: str, reasons_ru: str, **act: Unpack[PlainAct]
) -> Application:
    """The executor prepares the cancellation of the authority's own unlawful act; a head signs it (APPC 84)."""
    with act_on(application_id, action="cancel_refusal", **act) as s:
        said = {"reasons_kk": reasons_kk.strip(), "reasons_ru": reasons_ru.strip()}
        faults: dict[str, list[Any]] = {
            name: [_("Write it in Kazakh and in Russian.")] for name, text in said.items() if not text
        }
        refuse_faults(faults, _("A cancellation says why the act was unlawful."), cite("APPC", "84"))
        require_same_said([("", said, "reasons")])
        return _prepared(s, OWN_CANCELLATION, said)


def attach_scan(application_id: UUID, *, name: str, stream: Any, person: Person, at: datetime) -> UUID:
    """Take the scan of a court act from the executor of an ended case; outside of any transaction."""
    s = COURSE.seen(application_id, person, at)
    COURSE.check("record_court_act", s)
    stored = receive_file(case_id=application_id, uploaded_by=person, name=name, stream=stream, at=at)
    key: UUID = stored.pk
    return key


def record_court_act(
    application_id: UUID,
    *,
    outcome: str,
    court: str,
    number: str,
    in_force_on: str,
    scan: str,
    **act: Unpack[PlainAct],
) -> Application:
    """What a court decided on the refusal and since when it is in force; a head confirms it."""
    said = {"court": court, "in_force_on": in_force_on, "number": number, "scan": scan}
    with act_on(application_id, action="record_court_act", **act) as s:
        faults: dict[str, list[Any]] = {}
        if outcome not in list(CourtOutcome):
            faults["outcome"] = [_("One of: {names}.").format(names=", ".join(CourtOutcome))]
        content = {
            "court": text_of_paper(said, "court", faults),
            "in_force_on": day_of_paper(said, "in_force_on", faults, not_after=s.today),
            "number": text_of_paper(said, "number", faults, longest=60),
            "outcome": outcome,
            "scan": scan_of_paper(s.case.files.filter(deleted_at=None), said, faults),
        }
        refuse_faults(
            faults,
            _("A court act has its court, number, outcome, day in force and scan."),
            cite("APPC", "84, 100"),
        )
        return _prepared(s, COURT_RECORD, content)


def _prepared(s: Situation, kind: str, content: dict[str, Any]) -> Application:
    act = acts.prepare_act(
        case=s.case, kind=kind, prepared_by=s.person, at=s.at, content=content, four_eyes=True
    )
    save_status(s.application)
    note(s, events.PREPARED, act=str(act.pk), outcome=kind)
    return s.application


def drafted(s: Situation, act: Act, act_date: date) -> Decision:
    """What the head would sign: the order of cancellation, or the record of the court act."""
    mark = OWN_MARK if act.kind == OWN_CANCELLATION else COURT_MARK
    done = decisions.acts_of(s.case.pk).filter(kind=act.kind, state=Act.State.SIGNED).count()
    number = f"{s.case.incoming_no}/{mark}{done + 1}"
    made = papers.decision_papers(s.application, act, head=s.person, act_date=act_date, number=number)
    return Decision(number, made, {"outcome": act.kind})


def request_for_confirmation(
    application_id: UUID, *, person: Person, at: datetime, version: int | None
) -> SignRequest:
    """The record of the court act, opened for the head who confirms it."""
    return COURSE.open_signing(
        application_id, drafted=drafted, person=person, at=at, version=version, action=CONFIRM, signs=CONFIRM
    )


def confirm_court_act(application_id: UUID, **said: Unpack[SignedAct]) -> Application:
    """The head confirms it: a refusal that the court cancelled is considered anew, another one stands."""
    person, at = said["person"], said["at"]
    good = accepted(
        application_id,
        action=CONFIRM,
        sign_request=said["sign_request"],
        cms=said["cms"],
        person=person,
        at=at,
    )
    with act_on(
        application_id, action=CONFIRM, person=person, at=at, version=said["version"], answered=good
    ) as s:
        act = use_signature(s, good, said.get("ip"))
        take_effect(s, act)
    return load(application_id)


def take_effect(s: Situation, act: Act) -> None:
    """In the transaction of the signature: the fact, and the case considered anew unless the court upheld the act."""
    save_status(s.application)
    own = act.kind == OWN_CANCELLATION
    note(s, events.CANCELLED if own else events.COURT_ACT_RECORDED, act=str(act.pk))
    assert act.act_date is not None  # noqa: S101 -- a signed act is dated
    if own:
        basis = Basis(Cancellation.Basis.OWN, act.number, act.act_date, s.case.body.name_ru, act)
    elif act.content["outcome"] == CourtOutcome.CANCELLED:
        content = act.content
        in_force = date.fromisoformat(content["in_force_on"])
        basis = Basis(Cancellation.Basis.COURT_ACT, content["number"], in_force, content["court"], act)
    else:
        return
    reopen(s.case.pk, basis=basis, since=act.act_date, at=s.at, actor=s.person)
