"""Reads of complaints: what can be complained of, until when, by whom considered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from appeals import rules
from appeals.models import Complaint
from appeals.statuses import Addressee, Matter, Target
from casework.cases.models import Case
from casework.cases.selectors import cases_visible_to
from casework.deadlines import rules as days
from casework.deadlines.selectors import current_calendar, latest_term, rules_on
from casework.deadlines.statuses import TermState
from casework.decisions.models import Act, Cancellation
from casework.documents.models import OfficialDocument
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Body, Person, Rank, Role
from foundation.kernel.clock import almaty
from licenses.proceedings.papers import BURDENING, DOCUMENTS, REFUSAL
from licenses.proceedings.statuses import BY_LICENSEE, TERMS, Kind

# acts that end an application without what was asked for; each can be complained of (APPC 91)
OF_APPLICATIONS = ("refusal", "further_refusal", "discontinuance")
# orders that weigh on the licensee, by kind of proceeding; what the licensee asked for burdens nobody
OF_PROCEEDINGS = {kind: DOCUMENTS[kind][0] for kind in BURDENING}
REFUSED_REQUEST = REFUSAL[0]


@dataclass(frozen=True, slots=True)
class Appealable:
    """A decision that can be complained of: delivered on, and until when."""

    act: Act
    delivered_on: date
    until: date


def appealable(case_id: UUID, at: datetime) -> list[Appealable]:
    """Decisions of a case in force that were delivered by now, newest first (APPC 91, 92)."""
    acts = Act.objects.filter(
        burdening(), case_id=case_id, state=Act.State.SIGNED, cancellation=None
    ).select_related("prepared_by", "signed_by")
    found = []
    for act in acts.order_by("-signed_at"):
        delivered = delivered_on(act)
        if delivered is not None and delivered <= almaty(at).date():
            until = last_day_to_complain(delivered)
            assert until is not None  # noqa: S101 -- a delivered act has its last day
            found.append(Appealable(act, delivered, until))
    return found


def addressees_of(act: Act | None) -> tuple[str, ...]:
    """Who may consider a complaint of this act, or of none, by the rank of who signed it (APPC 91(3))."""
    signer = act.signed_by if act is not None else None
    return rules.addressees(by_minister=signer is not None and signer.rank == Rank.MINISTER)


def whose(complaint: Complaint) -> set[UUID]:
    """Whose act it is (APPC 97(2)): who prepared and signed it; of an action or a failure to act all who had the case."""
    act, about = complaint.act, complaint.about
    if act is not None:
        found = {act.prepared_by_id, act.signed_by_id}
    else:
        had = about.assignments.values_list("executor_id", flat=True)
        made = Act.objects.filter(case=about).values_list("prepared_by_id", "signed_by_id")
        found = {about.executor_id, *had, *(person for pair in made for person in pair)}
    return {person for person in found if person is not None}


def in_force(act: Act) -> bool:
    """Whether nothing has cancelled it by now (APPC 84)."""
    return not Cancellation.objects.filter(act=act).exists()


def burdening() -> Q:
    """The acts that burden a party (APPC 91): refusals of any kind, and orders of the kinds of proceeding that burden."""
    orders = Q(case__form__in=OF_PROCEEDINGS, kind__in=OF_PROCEEDINGS.values())
    return Q(kind__in=(*OF_APPLICATIONS, REFUSED_REQUEST)) | orders


def delivered_on(act: Act) -> date | None:
    """The day its documents were published in the cabinet."""
    first = (
        OfficialDocument.objects.filter(act_id=act.pk, published_at__isnull=False)
        .order_by("published_at")
        .values_list("published_at", flat=True)
        .first()
    )
    return almaty(first).date() if first else None


def last_day_to_complain(delivered: date | None) -> date | None:
    """APPC 92: three calendar months from delivery; our acts all name the way of appeal."""
    if delivered is None:
        return None
    return days.last_day("complaint_filing", delivered, current_calendar(), table=rules_on(delivered))


def complaints_visible_to(person: Person, at: datetime) -> QuerySet[Complaint]:
    """Officers see filed complaints, a party's people their own, newest first."""
    return (
        Complaint.objects.filter(case__in=cases_visible_to(person, at))
        .select_related("case__party", "case__executor", "about", "act")
        .order_by("-case__created_at")
    )


def overdue_since(case: Case) -> date | None:
    """APPC 91(2): the last day of the term in which an open case of the party had to be decided, once it has passed."""
    code = "service"
    if case.kind == Case.Kind.PROCEEDING:
        kind = Kind(case.form)
        code = TERMS.get(kind, "") if kind in BY_LICENSEE else ""
    term = latest_term(case.pk, code) if code and case.is_open else None
    return term.due_on if term is not None and term.state == TermState.BREACHED else None


def other_stays(complaint: Complaint) -> bool:
    """Whether another complaint of the same act, still open, stays it as well (APPC 96)."""
    others = Complaint.objects.filter(act=complaint.act, stays=True, case__is_open=True)
    return others.exclude(pk=complaint.pk).exists()


def matter_of(complaint: Complaint) -> Matter:
    """What the decision complained of is; of a failure to act or an action there is none."""
    about, act = complaint.about, complaint.act
    if complaint.target != Target.DECISION or act is None:
        return Matter.OTHER
    if about.kind == Case.Kind.PROCEEDING:
        return Matter.REQUEST if act.kind == REFUSED_REQUEST else Matter.ORDER
    return _MATTERS.get(about.status_code, Matter.OTHER)


_MATTERS = {"refused": Matter.REFUSED, "returned": Matter.RETURNED, "discontinued": Matter.DISCONTINUED}


def cases_before(bodies: Collection[str]) -> QuerySet[Complaint, Any]:
    """Ids of the cases complained of, where the complaint has come to one of the bodies (Rules 20)."""
    return Complaint.objects.filter(case__body__in=bodies).values("about_id")


def body_of(addressee: str) -> Body:
    """The body that considers complaints of this addressee."""
    return Body.objects.get(kind=addressee)


def reviewers(addressee: str, on: date) -> QuerySet[Person]:
    """Who may be assigned to consider a complaint."""
    return accounts.people_with(Role.REVIEWER, on).filter(
        roles__body__kind=addressee, roles__role=Role.REVIEWER
    )


def works_in_portal(addressee: str) -> bool:
    """Whether the body answers in the portal itself; else the chancery records its outcome."""
    return addressee == Addressee.PROVIDER or body_of(addressee).works_in_portal
