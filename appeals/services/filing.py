"""Filing of a complaint (Rules 19, APPC 93), its registration by the receipt rule, its withdrawal."""

from datetime import date, datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from appeals import events, rules
from appeals.models import Complaint
from appeals.services.acting import COURSE
from appeals.services.ending import end_complaint
from appeals.services.stay import stay_act
from appeals.statuses import TERM_OF, Addressee, Status
from casework.cases import services as cases
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar
from casework.deadlines.services import (
    await_registration,
    changes_of,
    meet_term,
    open_term,
    refresh_next_due,
    void_term,
)
from casework.decisions.services.course import SignedAct, accepted, note, save_status, use_signature
from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput

TRACK = "new"
_NEEDED = {
    "addressee": _("Choose who shall consider the complaint."),
    "postal_address": _("The answer is sent to this address."),
    "actual_address": _("Say where you actually are; it may be the same address."),
    "complained_of": _("Name the body or officer complained of."),
    "circumstances": _("Say what happened, and by what it is shown."),
    "demands": _("Say what you ask for."),
}


def require_complete(complaint: Complaint) -> None:
    """APPC 93(2): contents of a complaint; raises BadInput naming each place."""
    faults: dict[str, list[Any]] = {
        name: [why] for name, why in _NEEDED.items() if not str(getattr(complaint, name)).strip()
    }
    if faults:
        raise BadInput(
            _("The complaint is not complete; each place is named."),
            code="FORM_INCOMPLETE",
            citation=cite("APPC", "93(2)"),
            advice=_("Fill in what is named and sign again; nothing you entered is lost."),
            fields=faults,
        )


def submit(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """File the signed complaint; late ones are taken and flagged (APPC 92)."""
    person, at = act["person"], act["at"]
    good = accepted(
        complaint_id,
        action="submit",
        sign_request=act["sign_request"],
        cms=act["cms"],
        person=person,
        at=at,
    )
    with COURSE.act_on(
        complaint_id, action="submit", person=person, at=at, version=act["version"], answered=good
    ) as s:
        complaint = s.complaint
        require_complete(complaint)
        signed = use_signature(s, good, act.get("ip"))
        complaint.submit(signatory_id=person.pk)
        complaint.late = not rules.filed_in_time(filed_on=s.today, last_day=complaint.file_until)
        cases.touch(s.case, received_at=at)
        save_status(complaint, "signatory", "late")
        waits = await_registration(case=s.case, received_at=at, at=at, track=TRACK)
        note(s, events.SUBMITTED, act=str(signed.pk), late=complaint.late)
        if waits is None:
            day = days.registration_day(at, current_calendar())
            _register(complaint, registered_at=at, registered_on=day)
        return complaint


@transaction.atomic
def register_due(*, complaint_id: UUID) -> bool:
    """APPC 64(3), Rules 5: what came after hours is registered at 09:00 of the next working day; once."""
    case = cases.lock_case(complaint_id)
    complaint = Complaint.objects.filter(case=case, status=Status.RECEIVED).first()
    if complaint is None or case.received_at is None:
        return False
    complaint.case = case
    calendar = current_calendar()
    _register(
        complaint,
        registered_at=days.registration_moment(case.received_at, calendar),
        registered_on=days.registration_day(case.received_at, calendar),
    )
    return True


def _register(complaint: Complaint, *, registered_at: datetime, registered_on: date) -> None:
    """Rules 20, 21: terms open, the act is stayed unless it gives the reason for the opposite (APPC 96)."""
    case = complaint.case
    complaint.register()
    complaint.stays = stay_act(complaint, since=registered_on, at=registered_at)
    meet_term(case=case, code="registration", at=registered_at)
    if complaint.addressee == Addressee.PROVIDER:
        complaint.arrived_on = registered_on
        open_term(
            case=case, code=TERM_OF[Addressee.PROVIDER], start=registered_on, at=registered_at, track=TRACK
        )
    open_term(case=case, code="complaint_forwarding", start=registered_on, at=registered_at, track=TRACK)
    if (
        complaint.addressee == Addressee.PROVIDER
    ):  # nobody to forward it to; its day still ends the favourable act
        void_term(case=case, code="complaint_forwarding", at=registered_at)
    save_status(complaint, "stays", "arrived_on")
    cases.register_case(case, registered_at=registered_at, registered_on=registered_on)
    refresh_next_due(case)
    record(
        kind=events.REGISTERED,
        stream=case.stream,
        at=registered_at,
        subject_id=case.pk,
        payload={
            "registered_on": registered_on.isoformat(),
            "stays": complaint.stays,
            "terms": changes_of(case),
            "track": TRACK,
            "version": case.version,
        },
    )


def withdraw(complaint_id: UUID, **act: Unpack[SignedAct]) -> Complaint:
    """Who complained takes it back, signed, before the decision (APPC 64(9)); a stay of the act ends."""
    person, at = act["person"], act["at"]
    good = accepted(
        complaint_id,
        action="withdraw",
        sign_request=act["sign_request"],
        cms=act["cms"],
        person=person,
        at=at,
    )
    with COURSE.act_on(
        complaint_id, action="withdraw", person=person, at=at, version=act["version"], answered=good
    ) as s:
        signed = use_signature(s, good, act.get("ip"))
        s.complaint.withdraw()
        save_status(s.complaint)
        end_complaint(s, since=almaty(at).date())
        note(s, events.WITHDRAWN, act=str(signed.pk))
        return s.complaint
