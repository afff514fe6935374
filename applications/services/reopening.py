"""A refused or returned application is considered anew, or ends in a licence after all (Complaints; APPC 84, 97, 100)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from applications import events
from applications.models import Application
from applications.permissions import Situation
from applications.statuses import Status
from casework.cases import services as cases
from casework.deadlines.services import changes_of, open_review, open_terms_after_reopening
from casework.decisions.models import Act
from casework.decisions.selectors import signed_act
from casework.decisions.services import acts, hearings
from casework.decisions.services.course import save_status
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.refusals import LawRefusal, NotFound

_ENDING_ACT = {
    Status.REFUSED: "refusal",
    Status.RETURNED: "further_refusal",
    Status.DISCONTINUED: "discontinuance",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a case is reopened: a complaint, a court act, or the authority's own act; data only, no object of another app."""

    kind: str  # Cancellation.Basis
    number: str
    dated: date
    by: str
    act: Act | None = None


def ending_act(application: Application) -> Act:
    """The act that ended the application: Form 8, or the refusal of further consideration."""
    kind = _ENDING_ACT.get(Status(application.status))
    found = signed_act(application.case.pk, kind) if kind else None
    if found is None:
        raise LawRefusal(
            _("Only a refused, returned or discontinued application can be considered anew."),
            code="NOTHING_TO_REOPEN",
            citation=cite("APPC", "84, 100"),
            advice=_("Look at the state of the application."),
        )
    return found


def reopen(
    application_id: UUID, *, basis: Basis, since: date, at: datetime, actor: Person | None = None
) -> Application:
    """Cancel the act that ended it and begin review anew: another executor, new 15 working days from `since`.

    Inside the transaction of the act that reopens. Whoever prepared or signed the cancelled act is kept out; findings
    and hearings made before no longer count; the old terms and breaches stay as they are.
    """
    application = _locked(application_id)
    case = application.case
    ended_by = ending_act(application)
    cancel_ending_act(application, basis=basis, since=since, at=at)
    cases.bar(
        case,
        {person for person in (ended_by.prepared_by, ended_by.signed_by) if person is not None},
        reason="act cancelled",
        at=at,
    )
    hearings.set_aside(case)
    application.reopen(at=at)
    save_status(application, "reopened_at", "came_from", "prepared_outcome", "no_court_act_note")
    cases.reopen_case(case, status_code=str(application.status))
    open_terms_after_reopening(case=case, reopened_on=since, at=at)
    open_review(case=case, decided_on=since, at=at)
    record(
        kind=events.REOPENED,
        stream=case.stream,
        at=at,
        actor_id=actor.pk if actor else None,
        subject_id=case.pk,
        payload={
            "version": case.version,
            "terms": changes_of(case),
            "basis": basis.kind,
            "number": basis.number,
            "cancelled": str(ended_by.pk),
        },
    )
    return application


def cancel_ending_act(application: Application, *, basis: Basis, since: date, at: datetime) -> Act:
    """The act that ended the application loses its force and stays in the file."""
    act = ending_act(application)
    acts.cancel(
        act,
        basis=basis.kind,
        number=basis.number,
        dated=basis.dated,
        by=basis.by,
        since=since,
        at=at,
        by_act=basis.act,
    )
    return act


def _locked(application_id: UUID) -> Application:
    case = cases.lock_case(application_id)
    application = Application.objects.filter(case=case).first()
    if application is None:
        raise NotFound
    application.case = case
    return application


def situation_of(application_id: UUID, person: Person, at: datetime) -> Situation:
    """The locked application as the signer of a favourable act sees it."""
    return Situation(_locked(application_id), person, at)
