"""Writing the hearing object; the case is locked and the caller has checked person and law."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar
from casework.decisions.models import Act, Hearing, LateNoticeConsent
from casework.decisions.selectors import open_hearing as find_open
from casework.decisions.selectors import unused_consent
from foundation.accounts.models import Person
from foundation.kernel.citations import cite
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal

_LUNCH = (13 * 60, 14 * 60 + 30)
_OFFICE = (9 * 60, 18 * 60 + 30)


def open_hearing(
    *,
    case: Case,
    notice: Act,
    notified_on: date,
    at: datetime,
    objections_until: datetime,
    refusal_not_before: date,
    late: bool,
) -> Hearing:
    """A hearing in writing from its signed notice; an open one is replaced (new notice)."""
    Hearing.objects.filter(case=case).exclude(state__in=[Hearing.State.REPLACED]).update(
        state=Hearing.State.REPLACED
    )
    hearing = Hearing.objects.create(
        case=case,
        notice=notice,
        notified_at=at,
        notified_on=notified_on,
        objections_until=objections_until,
        refusal_not_before=refusal_not_before,
        late=late,
    )
    if late:
        consent = unused_consent(case.pk)
        if consent is not None:
            LateNoticeConsent.objects.filter(pk=consent.pk).update(used_by=hearing)
    return hearing


def ask_oral(case: Case, *, at: datetime) -> Hearing:
    """The hearing will be oral (APPC 73(3))."""
    hearing = _open(case)
    hearing.oral_requested_at, hearing.mode = at, Hearing.Mode.ORAL
    hearing.waived_at = None  # who asks to be heard takes the waiver back
    if hearing.state == Hearing.State.WAIVED:
        hearing.state = Hearing.State.NOTIFIED
    hearing.save(update_fields=["oral_requested_at", "mode", "waived_at", "state"])
    return hearing


def waive(case: Case, *, at: datetime) -> Hearing:
    """The applicant does not want to be heard (APPC 73(2))."""
    hearing = _open(case)
    hearing.waived_at, hearing.state = at, Hearing.State.WAIVED
    hearing.save(update_fields=["waived_at", "state"])
    return hearing


def answer(case: Case, *, text: str, final: bool, by: Person, at: datetime) -> Hearing:
    """Keep the applicant's objections; a later answer adds to the earlier one."""
    hearing = _open(case)
    hearing.answer = f"{hearing.answer}\n\n{text}".strip()
    hearing.answered_at, hearing.answered_by = at, by
    hearing.answer_final = hearing.answer_final or final
    if hearing.state != Hearing.State.HELD:
        hearing.state = Hearing.State.ANSWERED
    hearing.save(update_fields=["answer", "answered_at", "answered_by", "answer_final", "state"])
    return hearing


def plan(case: Case, *, planned_at: datetime, place: str, at: datetime) -> Hearing:
    """A time in office hours of a working day, until notice + 2, for a late request the morning of notice + 3."""
    hearing = _open(case)
    local = almaty(planned_at)
    minutes = local.hour * 60 + local.minute
    calendar = current_calendar()
    last = days.objections_end(hearing.notified_on, calendar)
    morning_after = days.earliest_refusal_day(hearing.notified_on, calendar)
    in_office = _OFFICE[0] <= minutes < _OFFICE[1] and not _LUNCH[0] <= minutes < _LUNCH[1]
    if not calendar.is_working_day(local.date()) or not in_office:
        raise BadInput(
            _(
                "A hearing is held in office hours of a working day: 09:00–18:30, not between 13:00 and 14:30."
            ),
            citation=cite("Annex 3", 8),
            fields={"planned_at": [_("Choose another time.")]},
        )
    in_limits = local.date() <= last or (local.date() == morning_after and minutes < _LUNCH[0])
    if not place.strip():
        raise BadInput(
            _("A hearing has its place, or the link of its video call."),
            citation=cite("Rules", 10),
            fields={"place": [_("Say where it is held.")]},
        )
    if not at <= planned_at or not in_limits:
        raise LawRefusal(
            _("This time lies outside the limits of the hearing, which end on {day}.").format(
                day=f"{last:%d.%m.%Y}"
            ),
            code="OUTSIDE_HEARING_LIMITS",
            citation=cite("Rules", 10),
            advice=_("Choose a time between now and that day."),
        )
    hearing.planned_at, hearing.place = planned_at, place[:300]
    hearing.save(update_fields=["planned_at", "place"])
    return hearing


def prolong(case: Case, *, objections_until: datetime, refusal_not_before: date) -> Hearing:
    """A fresh objection term after the case stood at the head for another decision (APPC 73(3))."""
    hearing = _open(case)
    hearing.objections_until, hearing.refusal_not_before = objections_until, refusal_not_before
    hearing.save(update_fields=["objections_until", "refusal_not_before"])
    return hearing


def hold(case: Case, *, protocol: Act, attended: bool) -> Hearing:
    """The oral hearing was held; its protocol is signed (APPC 74)."""
    hearing = _open(case)
    hearing.protocol, hearing.attended, hearing.state = protocol, attended, Hearing.State.HELD
    hearing.save(update_fields=["protocol", "attended", "state"])
    return hearing


def close(case: Case, *, at: datetime) -> Hearing:
    """The hearing is over; what was said goes into the decision."""
    hearing = _open(case)
    hearing.state, hearing.recorded_at = Hearing.State.RECORDED, at
    hearing.save(update_fields=["state", "recorded_at"])
    return hearing


def consent_to_late_notice(case: Case, *, head: Person, reason: str, at: datetime) -> LateNoticeConsent:
    """The head agrees to a notice after its last day; the breach stays recorded."""
    return LateNoticeConsent.objects.create(case=case, head=head, reason=reason, agreed_at=at)


def set_aside(case: Case) -> int:
    """What was heard before a reopening serves no new decision (Complaints, Reopening); it stays in the file."""
    return (
        Hearing.objects.filter(case=case)
        .exclude(state=Hearing.State.REPLACED)
        .update(state=Hearing.State.REPLACED)
    )


def _open(case: Case) -> Hearing:
    hearing = find_open(case.pk)
    if hearing is None:
        raise Conflict(_("There is no open hearing in this case."), code="NO_HEARING")
    return hearing
