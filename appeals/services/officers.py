"""Who works on a complaint: an executor at the provider, then a reviewer of the body that considers it; recusal."""

from typing import Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from appeals.models import Complaint
from appeals.permissions import ComplaintSituation
from appeals.rules import may_consider
from appeals.selectors import body_of, reviewers, whose
from appeals.services.acting import COURSE
from appeals.statuses import Addressee, Status
from casework.cases import services as cases
from casework.decisions.services import officers
from casework.decisions.services.course import PlainAct, save_status
from foundation.accounts.models import Role
from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput, LawRefusal


def assign(complaint_id: UUID, *, executor_id: UUID, reason: str = "", **act: Unpack[PlainAct]) -> Complaint:
    """An executor to satisfy or forward it; or, once the complaint is at its body, a reviewer: then it is considered."""
    seen = COURSE.seen(complaint_id, act["person"], act["at"])
    reviewer = _is_reviewer(seen, executor_id)
    role = Role.REVIEWER if reviewer else Role.EXECUTOR

    def then(s: ComplaintSituation) -> None:
        if reviewer and s.complaint.status in (Status.REGISTERED, Status.FORWARDED):
            s.complaint.consider()
            save_status(s.complaint)
            cases.touch(s.case, body=body_of(s.complaint.addressee))

    return officers.assign(
        COURSE, complaint_id, executor_id=executor_id, reason=reason, role=role, then=then, **act
    ).complaint


def _is_reviewer(s: ComplaintSituation, person_id: UUID) -> bool:
    """Whether the named person is to consider it; raises what stands against that."""
    complaint = s.complaint
    is_reviewer = reviewers(complaint.addressee, s.today).filter(pk=person_id).exists()
    at_its_body = complaint.status != Status.REGISTERED or complaint.addressee == Addressee.PROVIDER
    if not at_its_body:
        return False
    if not is_reviewer:
        if complaint.status == Status.REGISTERED:
            return False
        raise BadInput(
            _("This person is no reviewer of the body that considers the complaint."),
            citation=cite("Rules", "21, 22"),
            fields={"executor": [_("Choose a reviewer of that body.")]},
        )
    if not may_consider(person=person_id, whose=whose(complaint)):
        raise LawRefusal(
            _("This person prepared or signed the act that is complained of, or had the case."),
            code="OWN_ACT",
            citation=cite("APPC", "97(2)"),
            advice=_("Choose another reviewer."),
        )
    return True


def ask_recusal(
    complaint_id: UUID, *, officer_id: UUID, ground: str, reason: str, **act: Unpack[PlainAct]
) -> Complaint:
    """APPC 67: the party or the officer asks; a head decides within three working days."""
    return officers.ask_recusal(
        COURSE, complaint_id, officer_id=officer_id, ground=ground, reason=reason, **act
    ).complaint


def decide_recusal(complaint_id: UUID, *, granted: bool, reason: str, **act: Unpack[PlainAct]) -> Complaint:
    """APPC 67: a head decides, the head's own by another head."""
    return officers.decide_recusal(COURSE, complaint_id, granted=granted, reason=reason, **act).complaint
