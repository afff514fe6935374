"""The hearing of an application: the acts every case shares (Rules 10, APPC 73, 74), on an application."""

from typing import Unpack
from uuid import UUID

from applications.models import Application
from applications.services.acting import COURSE
from casework.decisions.services import hearing_acts
from casework.decisions.services.course import OralAct, PlainAct, PostponeAct, SignedAct


def notify_hearing(application_id: UUID, **act: Unpack[SignedAct]) -> Application:
    """Notice of the preliminary decision (Rules 10); a further notice replaces the first."""
    return hearing_acts.notify_hearing(COURSE, application_id, **act).application


def request_oral(application_id: UUID, **act: Unpack[OralAct]) -> Application:
    """The applicant asks for an oral hearing, or one by video, within the objection term (APPC 73(3))."""
    return hearing_acts.request_oral(COURSE, application_id, **act).application


def waive_hearing(application_id: UUID, **act: Unpack[PlainAct]) -> Application:
    """The applicant gives the hearing up (APPC 73(2))."""
    return hearing_acts.waive_hearing(COURSE, application_id, **act).application


def answer_hearing(application_id: UUID, **act: Unpack[SignedAct]) -> Application:
    """The applicant's signed objections, markable as final (APPC 73(3))."""
    return hearing_acts.answer_hearing(COURSE, application_id, **act).application


def postpone_hearing(application_id: UUID, **act: Unpack[PostponeAct]) -> Application:
    """Fix or move the time of an oral hearing inside its limits (Rules 10, APPC 73(3))."""
    return hearing_acts.postpone_hearing(COURSE, application_id, **act).application


def agree_late_notice(application_id: UUID, **act: Unpack[SignedAct]) -> Application:
    """The head's signed consent, with its reason, to a notice after the last day (APPC 84(1))."""
    return hearing_acts.agree_late_notice(COURSE, application_id, **act).application


def sign_protocol(application_id: UUID, **act: Unpack[SignedAct]) -> Application:
    """The protocol of an oral hearing: signed by the secretary, then by the executor as chair (APPC 74)."""
    return hearing_acts.sign_protocol(COURSE, application_id, **act).application


def record_hearing(application_id: UUID, **act: Unpack[PlainAct]) -> Application:
    """The hearing is over; silence of one who was duly notified is no obstacle (APPC 73(3))."""
    return hearing_acts.record_hearing(COURSE, application_id, **act).application
