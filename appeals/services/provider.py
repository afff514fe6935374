"""The provider's choice within three working days (Rules 20): a favourable act in full, or forwarding with the case."""

from typing import Any, Unpack
from uuid import UUID

from appeals import events
from appeals.models import Complaint
from appeals.permissions import ComplaintSituation
from appeals.selectors import matter_of
from appeals.services.acting import COURSE
from appeals.services.texts import in_both_languages
from appeals.statuses import Matter, Prepared
from applications.services.favourable import require_licence_possible
from casework.decisions.services import acts
from casework.decisions.services.course import PlainAct, note, save_status
from foundation.kernel.citations import cite, cite_all


def satisfy(complaint_id: UUID, *, said: dict[str, Any], **act: Unpack[PlainAct]) -> Complaint:
    """A favourable act that meets the demands in full; the signer of the old act may sign it too (APPC 97(2))."""
    seen = COURSE.seen(complaint_id, act["person"], act["at"])
    if matter_of(seen.complaint) == Matter.REFUSED:
        require_licence_possible(seen.complaint.about_id, person=act["person"], at=act["at"])
    with COURSE.act_on(complaint_id, action="satisfy", **act) as s:
        texts = in_both_languages(
            said, "reasons", citation=cite_all(cite("Rules", 20), cite("APPC", "97(2)"))
        )
        s.complaint.satisfy()
        return prepared(s, "complaint_satisfaction", texts)


def forward(complaint_id: UUID, *, said: dict[str, Any], **act: Unpack[PlainAct]) -> Complaint:
    """The covering letter with the provider's position; a head signs it (Rules 20, APPC 91(4))."""
    with COURSE.act_on(complaint_id, action="forward", **act) as s:
        texts = in_both_languages(said, "position", citation=cite("Rules", 20))
        s.complaint.forward()
        return prepared(s, "complaint_forwarding", texts)


def prepared(
    s: ComplaintSituation, kind: str, content: dict[str, Any], *, four_eyes: bool = True
) -> Complaint:
    """The act waits for its signature."""
    act = acts.prepare_act(
        case=s.case, kind=kind, prepared_by=s.person, at=s.at, content=content, four_eyes=four_eyes
    )
    save_status(s.complaint, "came_from", "prepared", "outcome")
    note(s, events.PREPARED, act=str(act.pk), what=str(Prepared(s.complaint.prepared)))
    return s.complaint
