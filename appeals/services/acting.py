"""What a complaint brings to the common frame of acts (casework.decisions.services.course), and that frame for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from appeals import events, papers
from appeals.models import Complaint
from appeals.permissions import GUARDS, ComplaintSituation
from appeals.statuses import Prepared, Status
from casework.cases.models import Case
from casework.decisions.models import SignRequest
from casework.decisions.services.course import Course
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person
from foundation.kernel.refusals import NotFound

_READ = ("case__party", "case__body", "case__executor", "about__party", "act__prepared_by", "act__signed_by")


def _situation(case: Case, person: Person, at: datetime) -> ComplaintSituation:
    complaint = Complaint.objects.select_related(*_READ[3:]).filter(case=case).first()
    if complaint is None:
        raise NotFound
    complaint.case = case
    return ComplaintSituation(complaint, person, at)


def _signer_bin(s: ComplaintSituation) -> str:
    """Reviewers sign with a key of the body that considers; everybody else with one of the provider."""
    answers = s.complaint.status != Status.SIGNING or s.complaint.prepared == Prepared.DECIDE
    return s.body.bin if answers and s.complaint.addressee in s.bodies else accounts.provider().bin


COURSE: Course[ComplaintSituation] = Course(
    facts="complaint",
    situation=_situation,
    guards=GUARDS,
    draft_of=papers.draft_of,
    applicants=papers.APPLICANTS,
    label=events.label,
    signer_bin=_signer_bin,
)
act_on = COURSE.act_on


def load(complaint_id: UUID) -> Complaint:
    """The complaint for reading; raises NotFound."""
    found = Complaint.objects.select_related(*_READ).filter(pk=complaint_id).first()
    if found is None:
        raise NotFound
    return found


def request_signature(
    complaint_id: UUID,
    *,
    action: str,
    params: dict[str, Any],
    person: Person,
    at: datetime,
    version: int | None = None,
) -> SignRequest:
    """The exact bytes a person is asked to sign for an action; `sign` needs the decision to be open."""
    if action == "sign":
        from appeals.services.decision import request_for_sign

        return request_for_sign(complaint_id, person=person, at=at, version=version)
    return COURSE.request_signature(
        complaint_id, action=action, params=params, person=person, at=at, version=version
    )
