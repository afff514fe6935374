"""What an application brings to the common frame of acts (casework.decisions.services.course), and that frame for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from applications import events, papers
from applications.models import Application
from applications.permissions import Situation
from applications.permissions.guards import GUARDS
from casework.cases.models import Case
from casework.decisions.models import SignRequest
from casework.decisions.services.course import (
    Course,
    accepted,
    note,
    save_status,
    use_signature,
    void_act,
)
from foundation.accounts.models import Person
from foundation.kernel.refusals import NotFound


def _situation(case: Case, person: Person, at: datetime) -> Situation:
    application = Application.objects.filter(case=case).first()
    if application is None:
        raise NotFound
    application.case = case
    return Situation(application, person, at)


COURSE: Course[Situation] = Course(
    facts="application",
    situation=_situation,
    guards=GUARDS,
    draft_of=papers.draft_of,
    applicants=papers.APPLICANTS,
    label=events.label,
)
act_on = COURSE.act_on
require_version = COURSE.require_version


def load(application_id: UUID) -> Application:
    """The application for reading; raises NotFound."""
    found = (
        Application.objects.select_related("case__party", "case__body", "case__executor")
        .filter(pk=application_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def request_signature(
    application_id: UUID,
    *,
    action: str,
    params: dict[str, Any],
    person: Person,
    at: datetime,
    version: int | None = None,
) -> SignRequest:
    """The exact bytes a person is asked to sign for an action: documents rendered, hashed, named in the manifest.

    `sign` needs the decision to be open (`open_signing`); its bytes are made anew when its time is over.
    """
    if action == "confirm_court_act":
        from applications.services.reconsidering import request_for_confirmation

        return request_for_confirmation(application_id, person=person, at=at, version=version)
    if action == "sign":
        from applications.services.decision import request_for_sign

        return request_for_sign(application_id, person=person, at=at, version=version)
    return COURSE.request_signature(
        application_id, action=action, params=params, person=person, at=at, version=version
    )


__all__ = [
    "COURSE",
    "accepted",
    "act_on",
    "load",
    "note",
    "request_signature",
    "require_version",
    "save_status",
    "use_signature",
    "void_act",
]
