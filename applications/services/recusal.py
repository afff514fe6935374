"""Recusal of an officer from an application (APPC 67): the acts every case shares."""

from typing import Unpack
from uuid import UUID

from applications.models import Application
from applications.services.acting import COURSE
from casework.decisions.services import officers
from casework.decisions.services.course import PlainAct


def ask_recusal(
    application_id: UUID, *, officer_id: UUID, ground: str, reason: str, **act: Unpack[PlainAct]
) -> Application:
    """APPC 67: the applicant or the officer asks; a head decides within three working days."""
    return officers.ask_recusal(
        COURSE, application_id, officer_id=officer_id, ground=ground, reason=reason, **act
    ).application


def decide_recusal(
    application_id: UUID, *, granted: bool, reason: str, **act: Unpack[PlainAct]
) -> Application:
    """APPC 67: a head decides, the head's own by another head; once granted the case waits for another executor."""
    return officers.decide_recusal(COURSE, application_id, granted=granted, reason=reason, **act).application
