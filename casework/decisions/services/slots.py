"""The time of a hearing: taken from an officer and a room, kept free for a late request, released again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.cases.selectors import acting_executors
from casework.deadlines.selectors import current_calendar
from casework.decisions.models import Hearing, HearingRoom, HearingSlot, HearingTime
from casework.decisions.rules import slots as rules
from casework.decisions.selectors import open_hearing, rooms_of, taken_spans
from foundation.accounts.models import Person
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, Conflict, LawRefusal


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a hearing is to be held: a room of the list, or a place in words, or the link of a video call."""

    planned_at: datetime
    place: str = ""
    room: str = ""
    link: str = ""
    minutes: int | None = None


def plan(case: Case, wanted: Plan, *, at: datetime) -> Hearing:
    """Take the officer's and the room's time for the open hearing of the locked case; an earlier time is free again.

    Raises BadInput outside office hours, LawRefusal outside the limits (Rules 10), Conflict where it is taken.
    """
    hearing = open_hearing(case.pk)
    if hearing is None:
        raise Conflict(_("There is no open hearing in this case."), code="NO_HEARING")
    if hearing.state == Hearing.State.HELD:
        raise Conflict(_("The hearing was held; its time cannot change any more."), code="HEARING_HELD")
    length = timedelta(minutes=wanted.minutes) if wanted.minutes is not None else rules.LENGTH
    span = rules.Span(wanted.planned_at, wanted.planned_at + length)
    _require_time(hearing, span, at)
    room = _room(case, wanted.room)
    _require_place(hearing, wanted, room)
    _take(case, hearing, span, room, at)
    hearing.planned_at, hearing.planned_until = span.start, span.end
    hearing.place = (wanted.place.strip() or (room.name_ru if room else ""))[:300]
    hearing.link = wanted.link.strip()
    hearing.mode = Hearing.Mode.VIDEO if hearing.link and room is None else hearing.mode
    hearing.changes += 1
    hearing.save(update_fields=["planned_at", "planned_until", "place", "link", "mode", "changes"])
    _keep(hearing, span, at)
    return hearing


def _keep(hearing: Hearing, span: rules.Span, at: datetime) -> None:
    """Rules 10: what the party is told of stays, however often it is moved."""
    HearingTime.objects.create(
        hearing=hearing,
        number=hearing.times.count() + 1,
        planned_at=span.start,
        planned_until=span.end,
        place_kk=hearing.where("kk") if hearing.place else "",
        place_ru=hearing.where("ru") if hearing.place else "",
        link=hearing.link,
        set_at=at,
    )


def keep_morning(case: Case, hearing: Hearing) -> HearingSlot | None:
    """APPC 73(3): of a notice sent on its last day, a slot on the morning of notice + 3 is kept free.

    None where the whole morning is taken already; the executor's page then shows none.
    """
    officer = hears(case, hearing.refusal_not_before)
    if officer is None:
        return None
    calendar = current_calendar()
    spans = list(rules.mornings(hearing.refusal_not_before, calendar))
    taken = taken_spans(officer.pk, hearing.refusal_not_before)
    free = [span for span in spans if rules.is_free(span, taken)]
    if not free:
        return None
    span = free[-1]
    room = next(
        (
            one
            for one in rooms_of(case.body_id)
            if rules.is_free(span, taken_spans(None, hearing.refusal_not_before, room=one.code))
        ),
        None,
    )
    try:
        with transaction.atomic():
            return HearingSlot.objects.create(
                hearing=hearing, officer=officer, room=room, during=(span.start, span.end), kept=True
            )
    except IntegrityError:  # taken by another notice in the same moment
        return None


def release(case: Case, *, at: datetime) -> int:
    """Whatever time the hearings of the case still hold after this moment is free again."""
    ahead = Q(during__startswith__gt=at) | Q(kept=True)
    return HearingSlot.objects.filter(ahead, hearing__case=case, released_at=None).update(released_at=at)


def hears(case: Case, on: date) -> Person | None:
    """Who hears the party on that day: the executor, or who stands in for the executor by then."""
    return next(iter(acting_executors(case, on)), None)


def hand_over(case: Case, *, at: datetime) -> None:
    """The time of the hearing goes to the new executor with the case; raises Conflict where that officer is taken."""
    for slot in HearingSlot.objects.filter(hearing__case=case, released_at=None, during__startswith__gt=at):
        officer = hears(case, almaty(slot.during.lower).date())
        if officer is None or officer.pk == slot.officer_id:
            continue
        try:
            with transaction.atomic():
                HearingSlot.objects.filter(pk=slot.pk).update(officer=officer)
        except IntegrityError as error:
            if slot.kept:  # nobody was told of a morning that is only kept free
                HearingSlot.objects.filter(pk=slot.pk).update(released_at=at)
                continue
            raise Conflict(
                _("{officer} has another hearing when this case is heard: {moment}.").format(
                    officer=officer, moment=f"{almaty(slot.during.lower):%d.%m.%Y %H:%M}"
                ),
                code="SLOT_TAKEN",
                citation=cite("Rules", 10),
                advice=_("Choose another officer, or let the executor set another time first."),
            ) from error


def _take(
    case: Case, hearing: Hearing, span: rules.Span, room: HearingRoom | None, at: datetime
) -> HearingSlot:
    officer = hears(case, almaty(span.start).date())
    assert officer is not None  # noqa: S101 -- only the executor, or who stands in, sets the time
    HearingSlot.objects.filter(hearing=hearing, released_at=None).update(released_at=at)
    try:
        with transaction.atomic():
            return HearingSlot.objects.create(
                hearing=hearing,
                officer=officer,
                room=room,
                during=(span.start, span.end),
            )
    except IntegrityError as error:
        by_room = "decisions_room_holds_one" in str(error)
        raise Conflict(
            _("The room is taken at that time.") if by_room else _("The officer has another hearing then."),
            code="SLOT_TAKEN",
            citation=cite("Rules", 10),
            advice=_("Choose one of the free times."),
            fields={"room" if by_room else "planned_at": [_("Choose another.")]},
        ) from error


def _require_time(hearing: Hearing, span: rules.Span, at: datetime) -> None:
    if not rules.LENGTH / 2 <= span.end - span.start <= rules.LONGEST or not rules.in_office(
        span, current_calendar()
    ):
        raise BadInput(
            _(
                "A hearing is held in office hours of a working day: 09:00–18:30, not between 13:00 and 14:30."
            ),
            citation=cite("Annex 3", 8),
            fields={"planned_at": [_("Choose another time.")]},
        )
    limits = limits_of(hearing, at)
    if at <= span.start < limits.not_before:
        raise LawRefusal(
            _(
                "Between being told and being heard lie at least two office hours: not before {moment}."
            ).format(moment=f"{almaty(limits.not_before):%d.%m.%Y %H:%M}"),
            code="HEARING_TOO_SOON",
            citation=cite("Rules", 10),
            advice=_(
                "Choose a later time; or the applicant agrees to a shorter notice when asking to be heard."
            ),
        )
    if not rules.inside(span, limits):
        raise LawRefusal(
            _("This time lies outside the limits of the hearing, which end on {day}.").format(
                day=f"{limits.morning or limits.last:%d.%m.%Y}"
            ),
            code="OUTSIDE_HEARING_LIMITS",
            citation=cite_all(cite("Rules", 10), cite("APPC", "73(3)")),
            advice=_("Choose a time between now and that day."),
        )


def limits_of(hearing: Hearing, at: datetime) -> rules.Limits:
    """From now until the end of the objection term; for a late request the morning after it (Rules 10, APPC 73(3))."""
    return rules.limits(
        now=at,
        asked_at=hearing.oral_requested_at,
        last=hearing.objections_day,
        morning=hearing.refusal_not_before,
        calendar=current_calendar(),
        lead=timedelta() if hearing.short_notice else rules.LEAD,
    )


def _room(case: Case, code: str) -> HearingRoom | None:
    if not code:
        return None
    found = next((room for room in rooms_of(case.body_id) if room.code == code), None)
    if found is None:
        raise BadInput(
            _("There is no such room."), fields={"room": [_("Choose a room of the list, or none.")]}
        )
    return found


def _require_place(hearing: Hearing, wanted: Plan, room: HearingRoom | None) -> None:
    if wanted.link.strip() and urlsplit(wanted.link.strip()).scheme != "https":
        raise BadInput(
            _("The link of a video call begins with https://."),
            fields={"link": [_("Copy the whole address.")]},
        )
    if hearing.mode == Hearing.Mode.ORAL and room is None and not wanted.place.strip():
        raise BadInput(
            _("The party asked to be heard in person: a link alone is no place."),
            citation=cite_all(cite("Rules", 10), cite("APPC", "73(3)")),
            fields={"place": [_("Say where it is held; a link may stand beside it.")]},
        )
    if room is None and not wanted.place.strip() and not wanted.link.strip():
        raise BadInput(
            _("A hearing has its place, or the link of its video call."),
            citation=cite("Rules", 10),
            fields={"place": [_("Say where it is held.")]},
        )
