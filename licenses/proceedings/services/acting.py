"""What a proceeding brings to the common frame of acts (casework.decisions.services.course), and that frame for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from casework.cases.models import Case
from casework.decisions.models import SignRequest
from casework.decisions.services.course import Course
from foundation.accounts.models import Person
from foundation.kernel.refusals import NotFound
from licenses.models import Proceeding
from licenses.proceedings import events, papers
from licenses.proceedings.permissions import Situation
from licenses.proceedings.permissions.guards import GUARDS

_WITH = ("licence", "case__party", "case__body", "case__executor")


def _situation(case: Case, person: Person, at: datetime) -> Situation:
    proceeding = Proceeding.objects.select_related("licence").filter(case=case).first()
    if proceeding is None:
        raise NotFound
    proceeding.case = case
    return Situation(proceeding, person, at)


COURSE: Course[Situation] = Course(
    facts="proceeding",
    situation=_situation,
    guards=GUARDS,
    draft_of=papers.draft_of,
    applicants=papers.APPLICANTS,
    label=events.label,
)
act_on = COURSE.act_on


def load(proceeding_id: UUID) -> Proceeding:
    """The proceeding for reading; raises NotFound."""
    found = Proceeding.objects.select_related(*_WITH).filter(pk=proceeding_id).first()
    if found is None:
        raise NotFound
    return found


def request_signature(
    proceeding_id: UUID,
    *,
    action: str,
    params: dict[str, Any],
    person: Person,
    at: datetime,
    version: int | None = None,
) -> SignRequest:
    """The exact bytes a person is asked to sign for an action: documents rendered, hashed, named in the manifest.

    `sign` needs the decision to be open (`open_signing`); `confirm_court_act` opens and asks in one step.
    """
    from licenses.proceedings.services.deciding import request_for_confirmation, request_for_sign

    if action == "sign":
        return request_for_sign(proceeding_id, person=person, at=at, version=version)
    if action == "confirm_court_act":
        return request_for_confirmation(proceeding_id, person=person, at=at, version=version)
    return COURSE.request_signature(
        proceeding_id, action=action, params=params, person=person, at=at, version=version
    )
