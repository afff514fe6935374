"""Reads of acts, sign requests and hearings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import OuterRef, Q, QuerySet

from casework.cases.selectors import acting_executors
from casework.deadlines.calendar import WorkingCalendar
from casework.deadlines.selectors import latest_term
from casework.decisions.models import (
    SIGNED_BY_PREPARER,
    Act,
    Cancellation,
    Hearing,
    HearingFile,
    HearingRoom,
    HearingSlot,
    HearingTime,
    LateNoticeConsent,
    SignRequest,
)
from casework.decisions.rules import slots as rules
from casework.documents.models import OfficialDocument
from casework.notices.models import Notice
from casework.notices.selectors import deliveries_of
from foundation.kernel.clock import ALMATY

# decisions are prepared first and opened for signature later; letters are signed at once
AWAITED = Q(four_eyes=True) | Q(kind__in=SIGNED_BY_PREPARER)
OPEN_HEARING = (Hearing.State.NOTIFIED, Hearing.State.ANSWERED, Hearing.State.WAIVED, Hearing.State.HELD)


def acts_of(case_id: UUID) -> QuerySet[Act]:
    """All acts of a case, oldest first."""
    return (
        Act.objects.filter(case_id=case_id).select_related("prepared_by", "signed_by").order_by("prepared_at")
    )


def papers_of(case_id: UUID) -> QuerySet[OfficialDocument]:
    """The living documents of a case, with those of an act of another case that cancelled its decision and decided anew.

    A licence that follows from a complaint belongs to the complaint; who looks at the application looks for it there
    (Rules 20, APPC 91(4)).
    """
    cancelling = Cancellation.objects.filter(act__case_id=case_id, by_act__isnull=False).values("by_act_id")
    rows = OfficialDocument.objects.filter(Q(case_id=case_id) | Q(act_id__in=cancelling))
    return rows.exclude(state=OfficialDocument.State.VOID).order_by(
        "created_at", "kind", "subject", "language"
    )


def acts_behind(documents: Iterable[OfficialDocument]) -> dict[UUID, Act]:
    """The acts that documents belong to, by their ids."""
    rows = Act.objects.filter(pk__in={row.act_id for row in documents if row.act_id})
    return {act.pk: act for act in rows.select_related("prepared_by", "signed_by")}


def signed_act(case_id: UUID, kind: str) -> Act | None:
    """The latest signed act of a kind."""
    return (
        Act.objects.filter(case_id=case_id, kind=kind, state=Act.State.SIGNED)
        .select_related("prepared_by", "signed_by")
        .order_by("-signed_at")
        .first()
    )


def waiting_decision(case_id: UUID) -> Act | None:
    """The prepared or opened decision that waits for its signature, with everybody who has prepared it so far."""
    return (
        Act.objects.filter(AWAITED, case_id=case_id, state__in=[Act.State.PREPARED, Act.State.OPENED])
        .select_related("prepared_by", "opened_by")
        .annotate(preparers=with_preparers())
        .first()
    )


def with_preparers() -> ArraySubquery:
    """Read along with an act: everybody who prepared the same decision of the case (`preparers_of`)."""
    alike = Act.objects.filter(case_id=OuterRef("case_id"), kind=OuterRef("kind"), four_eyes=True)
    return ArraySubquery(alike.order_by("prepared_at").values("prepared_by_id"))


def preparers_of(act: Act) -> set[UUID]:
    """Everybody who prepared this decision of the case, also before it was sent back."""
    known: list[UUID] | None = act.__dict__.get("preparers")
    if known is None:
        alike = Act.objects.filter(case_id=act.case_id, kind=act.kind, four_eyes=True)
        known = list(alike.values_list("prepared_by_id", flat=True))
    return {act.prepared_by_id, *known}


def pending_request(case_id: UUID, action: str, person_id: UUID) -> SignRequest | None:
    """The sign request of a person that still waits, whether or not its time is over."""
    return SignRequest.objects.filter(
        case_id=case_id, action=action, person_id=person_id, state=SignRequest.State.PENDING
    ).first()


def open_hearing(case_id: UUID) -> Hearing | None:
    """The hearing that is going on."""
    return (
        Hearing.objects.filter(case_id=case_id, state__in=OPEN_HEARING)
        .select_related("notice", "case__executor")
        .first()
    )


def last_hearing(case_id: UUID) -> Hearing | None:
    """The hearing that counts: the latest that was not replaced by a new notice."""
    return (
        Hearing.objects.filter(case_id=case_id)
        .exclude(state=Hearing.State.REPLACED)
        .select_related("notice", "protocol")
        .order_by("-notified_at")
        .first()
    )


def protocol_with_secretary(case_id: UUID, on: date) -> Act | None:
    """A protocol of the open hearing that its secretary signed and that waits for the chair it names (APPC 74).

    Where the chair may no longer act as executor on that day it waits for nobody: it is written anew.
    """
    hearing = open_hearing(case_id)
    if hearing is None:
        return None
    chairs = [str(person.pk) for person in acting_executors(hearing.case, on)]
    return (
        waiting_protocols(case_id).filter(content__hearing=str(hearing.pk), content__chair__in=chairs).first()
    )


def waiting_protocols(case_id: UUID) -> QuerySet[Act]:
    """Every protocol with one of its two signatures, those of replaced hearings and former chairs too."""
    return Act.objects.filter(
        case_id=case_id, kind="hearing_protocol", state=Act.State.OPENED, signatures__isnull=False
    )


def replaced_hearings(case_id: UUID) -> QuerySet[Hearing]:
    """Hearings of the case that a new notice took the place of."""
    return Hearing.objects.filter(case=case_id, state=Hearing.State.REPLACED).order_by("notified_at")


def asked_orally(case_id: UUID) -> Hearing | None:
    """The hearing in which the party asked to be heard orally and neither was nor gave it up (APPC 73(3))."""
    hearing = last_hearing(case_id)
    open_still = (Hearing.State.NOTIFIED, Hearing.State.ANSWERED)
    return (
        hearing
        if hearing is not None and hearing.oral_requested_at is not None and hearing.state in open_still
        else None
    )


def earlier_answers(case_id: UUID) -> QuerySet[Hearing]:
    """What the party answered to notices that a new one took the place of, the oldest first: it stays to be weighed."""
    return replaced_hearings(case_id).filter(answered_at__isnull=False).select_related("notice")


@dataclass(frozen=True, slots=True)
class ToldTimes:
    """Every time an oral hearing was set for, the latest first, and how the party was told of each (Rules 10)."""

    rows: list[HearingTime]
    deliveries: list[Notice]


def told_times(hearing: Hearing | None, kind: str) -> ToldTimes:
    """The times of a hearing; `kind`: of the message that tells them."""
    if hearing is None:
        return ToldTimes([], [])
    rows = HearingTime.objects.filter(hearing=hearing).order_by("-number")
    told = deliveries_of(hearing.case_id, kind).filter(message__sent_at__gte=hearing.notified_at)
    return ToldTimes(list(rows), list(told))


def unused_consent(case_id: UUID) -> LateNoticeConsent | None:
    """A head's consent to a late notice that no notice has used yet; one given before a reopening serves no more."""
    term = latest_term(case_id, "hearing_notice")
    found = LateNoticeConsent.objects.filter(case_id=case_id, used_by=None).select_related("head")
    if term is not None:
        found = found.filter(agreed_at__gte=term.opened_at)
    return found.order_by("-agreed_at").first()


def rooms_of(body_id: str) -> list[HearingRoom]:
    """The rooms of a body that are in use."""
    return list(HearingRoom.objects.filter(body_id=body_id, in_use=True).order_by("code"))


def taken_spans(
    officer_id: UUID | None, first: date, last: date | None = None, *, room: str = "", but: UUID | None = None
) -> list[rules.Span]:
    """The times an officer, or a room, has given to hearings on those days; `but` leaves one hearing out."""
    whole = DateTimeTZRange(
        datetime.combine(first, time(0), ALMATY),
        datetime.combine((last or first) + timedelta(days=1), time(0), ALMATY),
    )
    found = HearingSlot.objects.filter(released_at=None, during__overlap=whole)
    if but is not None:
        found = found.exclude(hearing_id=but)
    found = found.filter(room_id=room) if room else found.filter(officer_id=officer_id)
    return [rules.Span(row.during.lower, row.during.upper) for row in found]


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A free time of the officer, with the rooms that are free then."""

    start: datetime
    end: datetime
    rooms: tuple[HearingRoom, ...]


def free_slots(
    hearing: Hearing, officer_id: UUID, body_id: str, limits: rules.Limits, calendar: WorkingCalendar
) -> list[FreeSlot]:
    """Every time in office hours and limits when the officer is free (Rules 10, Annex 3/8)."""
    spans = list(rules.possible(limits, calendar))
    if not spans:
        return []
    first, last = spans[0].start.date(), spans[-1].start.date()
    taken = taken_spans(officer_id, first, last, but=hearing.pk)
    rooms = {
        room: taken_spans(None, first, last, room=room.code, but=hearing.pk) for room in rooms_of(body_id)
    }
    return [
        FreeSlot(
            span.start, span.end, tuple(room for room, held in rooms.items() if rules.is_free(span, held))
        )
        for span in spans
        if rules.is_free(span, taken)
    ]


def answer_files(hearing: Hearing) -> QuerySet[HearingFile]:
    """The files of the answer, in the order they came: those signed for, and those that wait for the signature."""
    rows = HearingFile.objects.filter(hearing=hearing, removed_at=None)
    return rows.select_related("file").order_by("added_at", "pk")


def heard_files(case_id: UUID) -> QuerySet[HearingFile]:
    """The files of every signed answer of a case."""
    rows = HearingFile.objects.filter(hearing__case_id=case_id, answer__isnull=False)
    return rows.select_related("file").order_by("added_at", "pk")


def files_to_sign(case_id: UUID) -> list[dict[str, Any]]:
    """What an answer signed now names: every file that waits for it and was not found harmful."""
    hearing = open_hearing(case_id)
    if hearing is None:
        return []
    return [
        {
            "id": str(row.pk),
            "name": row.file.name,
            "sha256": row.file.sha256,
            "size": row.file.size,
        }
        for row in answer_files(hearing).filter(answer=None)
        if row.file.counts
    ]
