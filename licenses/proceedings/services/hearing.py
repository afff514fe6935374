"""The hearing of a proceeding: the acts every case shares (APPC 73, 74), on a proceeding."""

from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

from casework.decisions.services import hearing_acts
from casework.decisions.services.course import PlainAct, SignedAct
from licenses.models import Proceeding
from licenses.proceedings.services.acting import COURSE


def notify_hearing(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """Notice of the preliminary decision (APPC 73(1)); a further notice replaces the first."""
    return hearing_acts.notify_hearing(COURSE, proceeding_id, **act).proceeding


def request_oral(proceeding_id: UUID, **act: Unpack[PlainAct]) -> Proceeding:
    """The licensee asks for an oral hearing within the objection term (APPC 73(3))."""
    return hearing_acts.request_oral(COURSE, proceeding_id, **act).proceeding


def waive_hearing(proceeding_id: UUID, **act: Unpack[PlainAct]) -> Proceeding:
    """The licensee gives the hearing up (APPC 73(2))."""
    return hearing_acts.waive_hearing(COURSE, proceeding_id, **act).proceeding


def answer_hearing(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """The licensee's signed objections, markable as final (APPC 73(3))."""
    return hearing_acts.answer_hearing(COURSE, proceeding_id, **act).proceeding


def postpone_hearing(proceeding_id: UUID, *, planned_at: datetime, place: str, **act: Any) -> Proceeding:
    """Fix or move the time of an oral hearing inside its limits (APPC 73(3))."""
    done = hearing_acts.postpone_hearing(COURSE, proceeding_id, planned_at=planned_at, place=place, **act)
    return done.proceeding


def agree_late_notice(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """The head's signed consent, with its reason, to a notice after its last day (APPC 84(1))."""
    return hearing_acts.agree_late_notice(COURSE, proceeding_id, **act).proceeding


def sign_protocol(proceeding_id: UUID, **act: Unpack[SignedAct]) -> Proceeding:
    """The protocol of an oral hearing: signed by the secretary, then by the executor as chair (APPC 74)."""
    return hearing_acts.sign_protocol(COURSE, proceeding_id, **act).proceeding


def record_hearing(proceeding_id: UUID, **act: Unpack[PlainAct]) -> Proceeding:
    """The hearing is over; silence of one who was duly notified is no obstacle (APPC 73(3))."""
    return hearing_acts.record_hearing(COURSE, proceeding_id, **act).proceeding
