"""What every end of a complaint does: its terms are met or void, a stay ends, the file is closed."""

from datetime import date

from appeals.permissions import ComplaintSituation
from appeals.services.stay import end_stay_of
from appeals.statuses import CONSIDERATION
from casework.cases import services as cases
from casework.deadlines.services import meet_term, void_open_terms
from casework.decisions.services import acts, slots
from casework.documents.services import outgoing


def end_complaint(s: ComplaintSituation, *, since: date, keep_decision: bool = False) -> None:
    """Close the file: what it waited for is met by the end, whatever else runs is void."""
    case, at = s.case, s.at
    for code in CONSIDERATION:
        meet_term(case=case, code=code, at=at)
    void_open_terms(case=case, at=at)
    acts.kill_requests(case)
    slots.release(case, at=at)
    if not keep_decision:
        act = acts.void_open_decision(case)
        if act is not None:
            outgoing.void_act(act.pk)
    end_stay_of(s.complaint, since=since, at=at, person=s.person)
    cases.close_case(case, at=at, status_code=str(s.complaint.status))
