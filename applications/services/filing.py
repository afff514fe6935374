"""Filing: the signed submit with its receipt, and registration, at once or at 09:00 of the next working day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from applications import events, ways
from applications.forms import filing_faults
from applications.models import Application
from applications.services.acting import accepted, act_on, note, save_status, use_signature
from applications.statuses import Status
from casework.cases import services as cases
from casework.cases.models import Case
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar
from casework.deadlines.services import await_registration, changes_of, open_terms_of_application
from foundation.accounts.models import Person
from foundation.journal.services import record
from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput
from foundation.rulebook import selectors as rulebook


def submit(
    application_id: UUID,
    *,
    sign_request: UUID,
    cms: str,
    person: Person,
    at: datetime,
    version: int | None,
    ip: str | None = None,
) -> Application:
    """File the signed form (Rules 4, 5); in office hours it is registered in the same transaction (Rules 6)."""
    good = accepted(application_id, action="submit", sign_request=sign_request, cms=cms, person=person, at=at)
    with act_on(application_id, action="submit", person=person, at=at, version=version, answered=good) as s:
        require_complete_form(s.application, at.date())
        act = use_signature(s, good, ip)
        s.application.submit(signatory_id=person.pk, filled_on=at.date(), sheets=act.content["sheets"])
        cases.touch(s.case, received_at=at)
        save_status(s.application, "signatory", "filled_on", "sheets")
        registered_on = days.registration_day(at, current_calendar())
        track = ways.track(s.application, rulebook.pack(registered_on))
        waits = await_registration(case=s.case, received_at=at, at=at, track=track)
        note(s, events.SUBMITTED, act=str(act.pk))
        if waits is None:
            _register(s.application, registered_at=at, registered_on=registered_on)
        return s.application


def require_complete_form(application: Application, today: date) -> None:
    """Rules 4, 12; annexes 1, 2, 9, 10: every field and the four confirmations; raises BadInput naming each."""
    faults = filing_faults(application, today)
    if faults:
        raise BadInput(
            _("The form is not complete; each place is named."),
            code="FORM_INCOMPLETE",
            citation=cite("Rules", 4),
            advice=_("Fill in what is named and sign again; nothing you entered is lost."),
            fields=faults,
        )


@transaction.atomic
def register_due(*, application_id: UUID) -> bool:
    """Rules 5, 6: register what came after hours, dated by the opening of the day; once, whenever the job runs."""
    case = cases.lock_case(application_id)
    application = Application.objects.filter(case=case, status=Status.SUBMITTED).first()
    if application is None or case.received_at is None:
        return False
    application.case = case
    calendar = current_calendar()
    moment = days.registration_moment(case.received_at, calendar)
    _register(
        application, registered_at=moment, registered_on=days.registration_day(case.received_at, calendar)
    )
    return True


def _register(application: Application, *, registered_at: datetime, registered_on: date) -> None:
    case: Case = application.case
    track = ways.track(application, rulebook.pack(registered_on))
    application.register()
    save_status(application)
    assert case.received_at is not None  # noqa: S101 -- submit has set it
    open_terms_of_application(
        case=case, received_at=case.received_at, registered_on=registered_on, at=registered_at, track=track
    )
    cases.register_case(case, registered_at=registered_at, registered_on=registered_on)
    record(
        kind=events.REGISTERED,
        stream=case.stream,
        at=registered_at,
        subject_id=case.pk,
        payload={
            "registered_on": registered_on.isoformat(),
            "terms": changes_of(case),
            "track": str(track),
            "version": case.version,
        },
    )
