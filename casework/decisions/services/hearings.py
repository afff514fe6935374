"""Writing the hearing object; the case is locked and the caller has checked person and law."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.decisions.models import Act, Hearing, LateNoticeConsent
from casework.decisions.selectors import asked_orally, unused_consent
from casework.decisions.selectors import open_hearing as find_open
from casework.decisions.services import slots
from foundation.accounts.models import Person
from foundation.kernel.refusals import Conflict


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
    """A hearing from its signed notice, in writing unless the party asked to be heard orally and was not yet.

    An open one is replaced (new notice with further grounds); what the party asked for then need not be asked anew.
    """
    asked = asked_orally(case.pk)
    slots.release(case, at=at)
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
        mode=asked.mode if asked else Hearing.Mode.WRITTEN,
        oral_requested_at=at if asked else None,
        short_notice=asked.short_notice if asked else False,
    )
    if late:
        consent = unused_consent(case.pk)
        if consent is not None:
            LateNoticeConsent.objects.filter(pk=consent.pk).update(used_by=hearing)
    return hearing


def ask_oral(case: Case, *, at: datetime, video: bool = False, short_notice: bool = False) -> Hearing:
    """The hearing will be oral, in a room or by video (APPC 73(3)); `short_notice`: the party needs no lead."""
    hearing = require_open(case)
    hearing.oral_requested_at, hearing.short_notice = at, short_notice
    hearing.mode = Hearing.Mode.VIDEO if video else Hearing.Mode.ORAL
    hearing.waived_at = None  # who asks to be heard takes the waiver back
    if hearing.state == Hearing.State.WAIVED:
        hearing.state = Hearing.State.NOTIFIED
    hearing.save(update_fields=["oral_requested_at", "short_notice", "mode", "waived_at", "state"])
    return hearing


def waive(case: Case, *, at: datetime) -> Hearing:
    """The applicant does not want to be heard (APPC 73(2))."""
    hearing = require_open(case)
    hearing.waived_at, hearing.state = at, Hearing.State.WAIVED
    hearing.save(update_fields=["waived_at", "state"])
    return hearing


def answer(case: Case, *, text: str, final: bool, by: Person, at: datetime) -> Hearing:
    """Keep the applicant's objections; a later answer adds to the earlier one."""
    hearing = require_open(case)
    hearing.answer = f"{hearing.answer}\n\n{text}".strip()
    hearing.answered_at, hearing.answered_by = at, by
    hearing.answer_final = hearing.answer_final or final
    if hearing.state != Hearing.State.HELD:
        hearing.state = Hearing.State.ANSWERED
    hearing.save(update_fields=["answer", "answered_at", "answered_by", "answer_final", "state"])
    return hearing


def prolong(case: Case, *, objections_until: datetime, refusal_not_before: date) -> Hearing:
    """A fresh objection term after the case stood at the head for another decision (APPC 73(3))."""
    hearing = require_open(case)
    hearing.objections_until, hearing.refusal_not_before = objections_until, refusal_not_before
    hearing.changes += 1
    hearing.save(update_fields=["objections_until", "refusal_not_before", "changes"])
    return hearing


def hold(case: Case, *, protocol: Act, attended: bool) -> Hearing:
    """The oral hearing was held; its protocol is signed (APPC 74)."""
    hearing = require_open(case)
    hearing.protocol, hearing.attended, hearing.state = protocol, attended, Hearing.State.HELD
    hearing.save(update_fields=["protocol", "attended", "state"])
    return hearing


def close(case: Case, *, at: datetime) -> Hearing:
    """The hearing is over; what was said goes into the decision."""
    hearing = require_open(case)
    slots.release(case, at=at)
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


def require_open(case: Case) -> Hearing:
    """The open hearing of the locked case; raises Conflict where there is none."""
    hearing = find_open(case.pk)
    if hearing is None:
        raise Conflict(_("There is no open hearing in this case."), code="NO_HEARING")
    return hearing
