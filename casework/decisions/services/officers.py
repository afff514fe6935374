"""Who works on a case: assignment, and recusal asked with a ground and decided by a head (Rules 6, APPC 67)."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from casework.cases import permissions as case_permissions
from casework.cases import services as cases
from casework.cases.models import Recusal
from casework.deadlines.selectors import current_calendar_act_day, open_term_of
from casework.deadlines.services import meet_term, open_term
from casework.decisions.services import slots
from casework.decisions.services.course import Course, S, note
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Person, Role
from foundation.kernel.citations import cite
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal

GROUNDS = {
    "participant": _("took part in the case as participant or representative"),
    "relative": _("close relative, spouse or in-law"),
    "dependence": _("dependence"),
    "interest": _("personal interest in the outcome"),
}


def assign(
    course: Course[S],
    case_id: UUID,
    *,
    executor_id: UUID,
    reason: str = "",
    role: str = Role.EXECUTOR,
    then: Callable[[S], None] | None = None,
    person: Person,
    at: datetime,
    version: int | None,
) -> S:
    """The chancery or the supervisor makes an officer without recusal the executor (of a complaint: the reviewer).

    `then`: what the owner does in the same transaction before the fact is written.
    """
    with course.act_on(case_id, action="assign", person=person, at=at, version=version) as s:
        executor = Person.objects.filter(pk=executor_id, is_active=True).first()
        if executor is None or not accounts.holds(executor, role, at.date()):
            raise BadInput(
                _("This person is no executor."),
                fields={"executor": [_("Choose somebody who holds that role.")]},
            )
        case_permissions.require_no_interest(executor, s.case, at)
        if s.case.recusals.filter(officer=executor, granted=True).exists():
            raise LawRefusal(
                _("This officer was recused from the case."),
                code="RECUSED",
                citation=cite("APPC", "67(1)"),
                advice=_("Choose somebody else."),
            )
        if s.case.bars.filter(officer=executor).exists():
            raise LawRefusal(
                _("An act that this officer prepared or signed was cancelled in this case."),
                code="ACT_WAS_CANCELLED",
                citation=cite("APPC", "84, 97(2)"),
                advice=_("Choose somebody else: the findings are made anew by another person."),
            )
        cases.assign_executor(s.case, executor=executor, by=person, at=at, reason=reason)
        slots.hand_over(s.case, at=at)
        if then is not None:
            then(s)
        note(s, f"{course.facts}.assigned", executor=str(executor.pk))
        return s


def ask_recusal(
    course: Course[S],
    case_id: UUID,
    *,
    officer_id: UUID,
    ground: str,
    reason: str,
    person: Person,
    at: datetime,
    version: int | None,
) -> S:
    """APPC 67: the applicant or the officer asks; a head decides within three working days."""
    with course.act_on(case_id, action="ask_recusal", person=person, at=at, version=version) as s:
        if ground not in GROUNDS or not reason.strip():
            raise BadInput(
                _("A recusal names its ground and what it rests on."),
                citation=cite("APPC", "67(1)"),
                fields={"ground": list(GROUNDS)},
            )
        officer = Person.objects.filter(pk=officer_id, is_staff=True).first()
        if officer is None:
            raise BadInput(
                _("This person is no officer."), fields={"officer": [_("Choose an officer of the case.")]}
            )
        if s.case.recusals.filter(granted=None).exists():
            raise Conflict(_("A request for recusal waits for its decision already."), code="RECUSAL_PENDING")
        cases.ask_recusal(s.case, officer=officer, ground=ground, reason=reason.strip(), by=person, at=at)
        open_term(case=s.case, code="recusal_decision", start=current_calendar_act_day(at), at=at)
        note(s, f"{course.facts}.recusal_asked", officer=str(officer.pk), ground=ground)
        return s


def decide_recusal(
    course: Course[S],
    case_id: UUID,
    *,
    granted: bool,
    reason: str,
    person: Person,
    at: datetime,
    version: int | None,
) -> S:
    """APPC 67: a head decides, the head's own by another head; once granted the case waits for another executor."""
    with course.act_on(case_id, action="decide_recusal", person=person, at=at, version=version) as s:
        recusal = Recusal.objects.filter(case=s.case, granted=None).select_for_update().first()
        if recusal is None:
            raise Conflict(_("No request for recusal waits for a decision."), code="NO_RECUSAL")
        if recusal.officer_id == person.pk:
            raise LawRefusal(
                _("Nobody decides on their own recusal."),
                code="FOUR_EYES",
                citation=cite("APPC", 67),
                advice=_("Another head decides."),
            )
        cases.decide_recusal(s.case, recusal, granted=granted, reason=reason, by=person, at=at)
        meet_term(case=s.case, code="recusal_decision", at=at)
        if open_term_of(s.case.pk, "recusal_notice") is None:  # an earlier one may still be on its way
            open_term(case=s.case, code="recusal_notice", start=current_calendar_act_day(at), at=at)
        note(s, f"{course.facts}.recusal_decided", officer=str(recusal.officer_id), granted=granted)
        return s
