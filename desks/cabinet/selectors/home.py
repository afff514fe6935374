"""The cabinet's first page: drafts, cases with their next date, licences, messages, and for whom one may act."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Case, Q, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from applications import ways
from applications.models import Application
from applications.rules import Way
from applications.statuses import TERMINAL, Status
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.rules import to_almaty
from casework.deadlines.selectors import current_calendar
from casework.decisions.models import Hearing
from casework.decisions.selectors import OPEN_HEARING
from casework.documents.models import OfficialDocument
from desks.cabinet.progress import DECIDING_KINDS, Standing, Stop, shown_status, standing_of, track
from desks.cabinet.steps import FORM_TITLES, step_number, steps_of
from foundation.accounts import selectors as accounts
from foundation.accounts.models import Party, Person, Representation
from foundation.rulebook import selectors as rulebook

DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft to go on with."""

    application: Application
    step: str
    number: int
    total: int

    @property
    def title(self) -> str | Promise:
        return FORM_TITLES[self.application.form][1]


@dataclass(frozen=True, slots=True)
class NextDate:
    """The day something has to be done by, its hour (24:00 for the applicant's own), and whose it is."""

    day: date
    hour: str
    left: int
    yours: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A filed application as a card: state, track, the next date and whose it is."""

    application: Application
    status: Status
    standing: Standing
    stops: list[Stop]
    next: NextDate | None

    @property
    def yours(self) -> bool:
        """The applicant's answer is awaited (Rules 10)."""
        return self.next is not None and self.next.yours

    @property
    def title(self) -> str | Promise:
        return FORM_TITLES[self.application.form][1]


@dataclass(frozen=True, slots=True)
class Mine:
    """For whom a person may act."""

    rights: list[Representation] = field(default_factory=list)

    @property
    def parties(self) -> list[Party]:
        """Each party once, by name."""
        return list({right.party_id: right.party for right in self.rights}.values())

    @property
    def ids(self) -> list[UUID]:
        return [party.pk for party in self.parties]

    def scopes(self, party_id: UUID) -> frozenset[str]:
        """What they may do for a party: draft, sign."""
        return frozenset(right.scope for right in self.rights if right.party_id == party_id)

    def may_sign(self, party_id: UUID) -> bool:
        """Whether some right of theirs for the party is to sign."""
        return Representation.Scope.SIGN in self.scopes(party_id)


def mine(person: Person, at: datetime) -> Mine:
    """The open rights of a person, read once a page."""
    return Mine(list(accounts.representations_of(person, at).order_by("party__name_ru", "pk")))


def applications_of(parties: list[UUID]) -> QuerySet[Application]:
    """Everything of these parties that was not thrown away, the newest first."""
    return (
        Application.objects.filter(case__party_id__in=parties)
        .exclude(case__status_code=DISCARDED)
        .select_related("case__party", "case__body", "case__executor")
        .order_by("-case__created_at", "-pk")
    )


def drafts(parties: list[UUID]) -> list[DraftLine]:
    """What was begun and not filed yet."""
    found = applications_of(parties).filter(status=Status.DRAFT)
    lines = []
    for row in found:
        steps, number = steps_of(row.form), step_number(row.wizard_step, row.form)
        lines.append(DraftLine(row, steps[number - 1].code, number, len(steps)))
    return lines


def filed(parties: list[UUID]) -> QuerySet[Application]:
    """What was filed: hearings first (an answer may be due), then what is open, then what has ended."""
    heard = Case(When(status=Status.HEARING, then=0), default=1)
    found = applications_of(parties).exclude(status=Status.DRAFT)
    return found.order_by(heard, "-case__is_open", "-case__received_at")


def grouped_cases(lines: list[CaseLine]) -> tuple[list[CaseLine], list[tuple[str, str, list[CaseLine]]]]:
    """(what waits for the applicant, [(code, heading, the rest)]): under way, then ended; none is empty."""
    waiting = [line for line in lines if line.yours]
    open_ones = [line for line in lines if not line.yours and line.status not in TERMINAL]
    ended = [line for line in lines if line.status in TERMINAL]
    groups = [("cases", _("Under way"), open_ones), ("ended", _("Closed applications"), ended)]
    return waiting, [group for group in groups if group[2]]


def case_lines(rows: list[Application], at: datetime) -> list[CaseLine]:
    """Cards of filed applications; two more queries for all of them."""
    hearings = {
        hearing.case_id: hearing
        for hearing in Hearing.objects.filter(case_id__in=[row.pk for row in rows]).exclude(
            state=Hearing.State.REPLACED
        )
    }
    unseen = unseen_decisions([row.pk for row in rows], at)
    calendar = current_calendar()
    lines = []
    for row in rows:
        status = shown_status(Status(row.status), unseen.get(row.pk, ()))
        hearing = None if "hearing_notice" in unseen.get(row.pk, ()) else hearings.get(row.pk)
        stops = track(status, heard=hearing is not None)
        gone = Way.NEW
        if row.scope == Application.Scope.REISSUE:
            gone = ways.way(row, rulebook.pack(row.case.registered_on or to_almaty(at).date()))
        standing = standing_of(status, gone, row.scope)
        lines.append(CaseLine(row, status, standing, stops, next_date(row, hearing, at, calendar)))
    return lines


def unseen_decisions(cases: list[UUID], at: datetime) -> dict[UUID, list[str]]:
    """Kinds of signed documents that may not be shown yet, by case (Rules 5)."""
    found: dict[UUID, list[str]] = {}
    rows = OfficialDocument.objects.filter(
        case_id__in=cases, kind__in=DECIDING_KINDS, signed_at__isnull=False, published_at__gt=at
    )
    for case_id, kind in rows.values_list("case_id", "kind"):
        found.setdefault(case_id, []).append(kind)
    return found


def next_date(
    application: Application, hearing: Hearing | None, at: datetime, calendar: WorkingCalendar
) -> NextDate | None:
    """The next date of a case; the applicant's own while an answer is awaited, none once the case has ended."""
    if application.status in TERMINAL:
        return None
    yours = hearing is not None and hearing.state in OPEN_HEARING and at < hearing.objections_until
    due = hearing.objections_until if hearing is not None and yours else application.case.next_due_at
    if due is None:
        return None
    local, today = to_almaty(due), to_almaty(at).date()
    midnight = local.time() == time(0)
    # 24:00 belongs to the day that ends
    day = local.date() - timedelta(days=1) if midnight else local.date()
    hour = "24:00" if midnight else f"{local:%H:%M}"
    return NextDate(day, hour, calendar.working_days_between(today, day), yours)


def signers_of(party_id: UUID, at: datetime) -> list[Person]:
    """Who may sign and file for a party."""
    return list(
        Person.objects.filter(
            Q(representations__until=None) | Q(representations__until__gte=to_almaty(at).date()),
            representations__party_id=party_id,
            representations__scope=Representation.Scope.SIGN,
            representations__revoked_at=None,
            representations__since__lte=at,
        ).distinct()
    )
