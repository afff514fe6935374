"""The hearing of a complaint: the acts every case shares (APPC 73, 74, 98(3)), led by the reviewer."""

from typing import Unpack
from uuid import UUID

from appeals.models import Complaint
from appeals.services.acting import COURSE
from casework.decisions.services import hearing_acts
from casework.decisions.services.course import OralAct, PlainAct, PostponeAct, SignedAct


def notify_hearing(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """Both sides are told the preliminary position, at least three working days before the decision (APPC 98(3))."""
    return hearing_acts.notify_hearing(COURSE, complaint_id, **act).complaint


def request_oral(complaint_id: UUID, **act: Unpack[OralAct]) -> Complaint:
    """Who complains asks for an oral hearing within the objection term (APPC 73(3))."""
    return hearing_acts.request_oral(COURSE, complaint_id, **act).complaint


def waive_hearing(complaint_id: UUID, **act: Unpack[PlainAct]) -> Complaint:
    """Who complains gives the hearing up (APPC 73(2))."""
    return hearing_acts.waive_hearing(COURSE, complaint_id, **act).complaint


def answer_hearing(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """The signed objections, markable as final (APPC 73(3))."""
    return hearing_acts.answer_hearing(COURSE, complaint_id, **act).complaint


def postpone_hearing(complaint_id: UUID, **act: Unpack[PostponeAct]) -> Complaint:
    """Fix or move the time of an oral hearing inside its limits (APPC 73(3))."""
    return hearing_acts.postpone_hearing(COURSE, complaint_id, **act).complaint


def sign_protocol(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """The protocol: signed by the secretary, then by the reviewer as chair (APPC 74)."""
    return hearing_acts.sign_protocol(COURSE, complaint_id, **act).complaint


def record_hearing(complaint_id: UUID, **act: Unpack[PlainAct]) -> Complaint:
    """The hearing is over; silence of one who was duly notified is no obstacle (APPC 73(3))."""
    return hearing_acts.record_hearing(COURSE, complaint_id, **act).complaint
