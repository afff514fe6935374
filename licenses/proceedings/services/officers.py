"""Assignment and recusal in a proceeding (Rules 6, APPC 67): the acts every case shares."""

from typing import Unpack
from uuid import UUID

from casework.decisions.services import officers
from casework.decisions.services.course import PlainAct
from licenses.models import Proceeding
from licenses.proceedings.services.acting import COURSE


def assign(
    proceeding_id: UUID, *, executor_id: UUID, reason: str = "", **act: Unpack[PlainAct]
) -> Proceeding:
    """The chancery or the supervisor makes an officer without recusal the executor."""
    return officers.assign(COURSE, proceeding_id, executor_id=executor_id, reason=reason, **act).proceeding


def ask_recusal(
    proceeding_id: UUID, *, officer_id: UUID, ground: str, reason: str, **act: Unpack[PlainAct]
) -> Proceeding:
    """APPC 67: the licensee or the officer asks; a head decides within three working days."""
    return officers.ask_recusal(
        COURSE, proceeding_id, officer_id=officer_id, ground=ground, reason=reason, **act
    ).proceeding


def decide_recusal(proceeding_id: UUID, *, granted: bool, reason: str, **act: Unpack[PlainAct]) -> Proceeding:
    """APPC 67: a head decides, the head's own by another head; once granted the case waits for another executor."""
    return officers.decide_recusal(COURSE, proceeding_id, granted=granted, reason=reason, **act).proceeding
