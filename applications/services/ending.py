"""What every end of a case does: terms void, payment and number free again, the file closed."""

from applications.models import Payment
from applications.permissions import Situation
from applications.statuses import Status
from casework.cases import services as cases
from casework.deadlines.services import meet_term, void_open_terms
from casework.decisions.services import acts, slots
from casework.documents.services import outgoing
from licenses import services as licenses


def end_case(situation: Situation, *, status: Status, keep_decision: bool = False) -> None:
    """Close the case: the service term is met by the end, whatever else runs is void (process.md, Terms)."""
    case, at = situation.case, situation.at
    meet_term(case=case, code="service", at=at)
    void_open_terms(case=case, at=at)
    acts.kill_requests(case)
    slots.release(case, at=at)
    if not keep_decision:
        act = acts.void_open_decision(case)
        if act is not None:
            outgoing.void_act(act.pk)
    if status != Status.ISSUED:
        Payment.objects.filter(application=situation.application, state=Payment.State.RESERVED).update(
            state=Payment.State.RELEASED
        )
        licenses.release_number(case_id=case.pk)
    cases.close_case(case, at=at, status_code=status)
