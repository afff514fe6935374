"""Rules 10, APPC 73(3), Annex 3/8: the time of a hearing; nobody and no room twice, by the database too."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from applications import events, letters
from casework.deadlines.selectors import current_calendar
from casework.decisions.models import Hearing, HearingRoom, HearingSlot, HearingTime
from casework.decisions.rules import slots as rules
from casework.decisions.selectors import free_slots, told_times
from casework.decisions.services.slots import limits_of
from casework.notices.models import Message
from foundation.journal.models import Fact
from foundation.kernel.clock import almaty
from foundation.kernel.refusals import BadInput, Refusal
from tests.applications.stages import (
    LAST_NOTICE_DAY,
    QuietPlay,
    Stages,
    moment,
    nothing_changes,
    perform,
)

pytestmark = pytest.mark.django_db


def at(text: str):
    return moment(f"2026-11-{text}")


@pytest.fixture(scope="module")
def made(module_play: QuietPlay) -> dict[str, UUID]:
    stages = Stages(module_play)
    first, second, other = stages.hearing(), stages.hearing(who="dana"), stages.hearing()
    for case in (first, second, other):
        perform(module_play, "request_oral", case, at("06T10:00"), None if case != second else "dana")
    return {"first": first, "second": second, "other": other, "review": stages.examined(not_met=("I-1",))}


@pytest.fixture
def play(made, module_play, gateway) -> QuietPlay:
    return module_play


def hearing_of(case: UUID) -> Hearing:
    return Hearing.objects.exclude(state="replaced").get(case=case)


def free(case: UUID, when):
    hearing = hearing_of(case)
    row = hearing.case
    assert row.executor is not None
    return free_slots(hearing, row.executor.pk, row.body_id, limits_of(hearing, when), current_calendar())


def set_time(play, case: UUID, when: str, **place):
    place = place or {"room": "412"}
    return perform(
        play, "postpone_hearing", case, at("06T11:00"), planned_at=at(when), **{"place": "", **place}
    )


def refused(code: str, action, *args, **kwargs) -> Refusal:
    with nothing_changes(), pytest.raises(Refusal) as caught:
        action(*args, **kwargs)
    assert caught.value.code == code
    return caught.value


def test_free_times_lie_in_office_hours_and_limits_only(made, play):
    """Looked at on Friday the 6th at 11:10, noticed on the 5th: that day from 15:00, and Monday; asked in time, not Tuesday."""
    found = [almaty(slot.start) for slot in free(made["first"], at("06T11:10"))]
    days = {start.date().isoformat() for start in found}
    assert days == {"2026-11-06", "2026-11-09"}
    assert (found[0], found[-1]) == (at("06T15:00"), at("09T18:00"))
    hours = {f"{start:%H:%M}" for start in found}
    assert hours & {"13:00", "13:30", "14:00", "18:30", "08:30"} == set()
    assert {"09:00", "12:30", "14:30", "18:00"} <= hours
    assert {room.code for slot in free(made["first"], at("06T11:10")) for room in slot.rooms} == {
        "412",
        "305",
    }


def test_a_time_that_was_set_is_not_offered_to_another_hearing_and_its_room_neither(made, play):
    set_time(play, made["first"], "09T15:00")
    starts = [almaty(slot.start) for slot in free(made["second"], at("06T11:10"))]
    assert at("09T15:00") not in starts
    # for the hearing itself it is still its own
    assert at("09T15:00") in [almaty(slot.start) for slot in free(made["first"], at("06T11:10"))]
    hearing, room = hearing_of(made["first"]), HearingRoom.objects.get(code="412")
    assert (hearing.place, hearing.where("kk")) == (room.name_ru, room.name_kk)
    assert almaty(hearing.planned_until) == at("09T15:30")


def test_the_officer_is_not_in_two_hearings(made, play):
    set_time(play, made["first"], "09T15:00")
    refusal = refused("SLOT_TAKEN", set_time, play, made["second"], "09T15:15", room="305")
    assert (refusal.status, "10" in str(refusal.citation)) == (409, True)
    assert list(refusal.fields) == ["planned_at"]
    set_time(play, made["second"], "09T15:30")


def test_the_room_is_not_in_two_hearings(made, play):
    set_time(play, made["first"], "09T15:00")
    perform(play, "assign", made["other"], at("06T10:30"), executor="executor2")
    refusal = refused(
        "SLOT_TAKEN",
        perform,
        play,
        "postpone_hearing",
        made["other"],
        at("06T11:00"),
        "executor2",
        planned_at=at("09T15:00"),
        place="",
        room="412",
    )
    assert list(refusal.fields) == ["room"]
    perform(
        play,
        "postpone_hearing",
        made["other"],
        at("06T11:00"),
        "executor2",
        planned_at=at("09T15:00"),
        place="",
        room="305",
    )


def test_the_database_refuses_both_without_the_service(made, play):
    set_time(play, made["first"], "09T15:00")
    slot = HearingSlot.objects.get(hearing=hearing_of(made["first"]))
    second = hearing_of(made["second"])
    executor2 = play.people["executor2"]
    for officer, room, name in (
        (slot.officer, None, "officer_hears_one"),
        (executor2, slot.room, "room_holds_one"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            HearingSlot.objects.create(
                hearing=second, officer=officer, room=room, during=(at("09T15:20"), at("09T15:40"))
            )


def test_moved_the_earlier_time_is_free_again(made, play):
    set_time(play, made["first"], "09T15:00")
    set_time(play, made["first"], "09T16:00")
    set_time(play, made["second"], "09T15:00")
    assert HearingSlot.objects.filter(hearing=hearing_of(made["first"]), released_at=None).count() == 1


@pytest.mark.parametrize(
    ("when", "minutes"), [("09T12:45", 30), ("09T18:15", 30), ("09T09:00", 10), ("09T09:00", 200)]
)
def test_it_ends_before_the_lunch_break_and_the_evening(made, play, when, minutes):
    refused("BAD_INPUT", set_time, play, made["first"], when, room="412", minutes=minutes)


@pytest.mark.parametrize(
    ("place", "field"),
    [({"room": "999"}, "room"), ({"link": "javascript:alert(1)"}, "link"), ({"room": ""}, "place")],
)
def test_the_place_is_a_room_words_or_a_link(made, play, place, field):
    with nothing_changes(), pytest.raises(BadInput) as caught:
        set_time(play, made["first"], "09T15:00", **place)
    assert list(caught.value.fields) == [field]


def test_by_video_there_is_a_link_and_the_protocol_may_be_signed(made, play):
    case = made["first"]
    perform(play, "request_oral", case, at("06T10:30"), video=True)
    set_time(play, case, "09T15:00", link="https://video.portal.example/r/17")
    hearing = hearing_of(case)
    assert (hearing.mode, hearing.where("ru")) == ("video", "https://video.portal.example/r/17")
    held = {
        "started_at": "2026-11-09T15:00+05:00",
        "ended_at": "2026-11-09T15:20+05:00",
        "attended": True,
        "present": ["Тестова А. Қ."],
        "explanations": "Адрес указан на обороте.",
    }
    perform(play, "sign_protocol", case, at("09T15:30"), **held)
    perform(play, "sign_protocol", case, at("09T15:35"), "executor")
    assert hearing_of(case).state == "held"


# --- the time is told ---------------------------------------------------------------------------------
def test_between_being_told_and_being_heard_lie_two_office_hours(made, play):
    """Rules 10: told at 11:00, not before 14:30, since lunch does not count."""
    refusal = refused("HEARING_TOO_SOON", set_time, play, made["first"], "06T12:30")
    assert (refusal.status, "10" in str(refusal.citation)) == (422, True)
    set_time(play, made["first"], "06T14:30")


def test_who_agrees_is_heard_sooner(made, play):
    perform(play, "request_oral", made["first"], at("06T10:30"), short_notice=True)
    set_time(play, made["first"], "06T12:30")
    assert almaty(hearing_of(made["first"]).planned_at) == at("06T12:30")


def test_each_time_stays_and_is_told_with_its_place_in_both_languages(made, play):
    case = made["first"]
    room = HearingRoom.objects.get(code="412")
    perform(play, "request_oral", case, at("06T10:30"), video=True)
    set_time(play, case, "09T15:00")
    set_time(play, case, "09T11:00", link="https://video.portal.example/r/17")
    hearing = hearing_of(case)
    kept = list(HearingTime.objects.filter(hearing=hearing).values_list("number", "place_kk", "link"))
    assert kept == [(1, room.name_kk, ""), (2, "", "https://video.portal.example/r/17")]
    assert hearing.changes == 2
    for fact in Fact.objects.filter(kind=events.HEARING_POSTPONED, subject_id=case):
        letters.write(fact)
    first, second = Message.objects.filter(case=case, kind=events.HEARING_POSTPONED).order_by("dedupe_key")
    assert f"09.11.2026 15:00–15:30 (Астана уақыты бойынша) өтеді. Орны: {room.name_kk}." in first.text_kk
    assert f"Место: {room.name_ru}." in first.text_ru
    assert "09.11.2026 11:00–11:30" in second.text_ru
    assert "Ссылка на видеосвязь: https://video.portal.example/r/17" in second.text_ru
    assert "Ранее назначенное время (09.11.2026 15:00) отменено." in second.text_ru
    told = told_times(hearing, events.HEARING_POSTPONED)
    assert [row.number for row in told.rows] == [2, 1]
    assert {row.person and row.person.login for row in told.deliveries} == {"aigerim", "bolat", None}
    assert len(told.deliveries) == 6


def test_a_time_that_was_told_is_never_changed(made, play):
    set_time(play, made["first"], "09T15:00")
    with pytest.raises(DatabaseError, match="append"), transaction.atomic():
        HearingTime.objects.filter(hearing=hearing_of(made["first"])).update(place_ru="иное")


# --- the morning of notice + 3 ------------------------------------------------------------------------
def test_for_a_notice_on_its_last_day_a_slot_on_the_morning_of_notice_plus_three_is_kept_free(made, play):
    """APPC 73(3): asked for at 23:50 of notice + 2, the hearing still has its time before the decision."""
    case = made["review"]
    perform(play, "notify_hearing", case, at("18T17:00"))
    kept = HearingSlot.objects.get(hearing=hearing_of(case))
    assert (kept.kept, kept.released_at) == (True, None)
    assert (almaty(kept.during.lower), almaty(kept.during.upper)) == (at("23T12:30"), at("23T13:00"))
    assert kept.room is not None
    perform(play, "request_oral", case, at("20T23:50"))
    perform(
        play,
        "postpone_hearing",
        case,
        at("23T09:00"),
        planned_at=at("23T12:30"),
        place="",
        room=kept.room.code,
    )
    slots = HearingSlot.objects.filter(hearing=hearing_of(case)).order_by("pk")
    assert [(row.kept, row.released_at is None) for row in slots] == [(True, False), (False, True)]


def test_what_is_kept_free_is_taken_from_others(made, play):
    perform(play, "notify_hearing", made["review"], at("18T17:00"))
    kept = HearingSlot.objects.get(hearing=hearing_of(made["review"]))
    with pytest.raises(IntegrityError, match="officer_hears_one"), transaction.atomic():
        HearingSlot.objects.create(
            hearing=hearing_of(made["second"]), officer=kept.officer, during=kept.during
        )


@pytest.mark.parametrize("end", ["record_hearing", "withdraw"])
def test_kept_for_nothing_it_is_free_again(made, play, end):
    case = made["review"]
    perform(play, "notify_hearing", case, at("18T17:00"))
    if end == "record_hearing":
        perform(play, "waive_hearing", case, at("19T10:00"))
    perform(play, end, case, at("19T11:00"))
    assert HearingSlot.objects.get(hearing__case=case).released_at == at("19T11:00")


def test_before_the_last_day_nothing_is_kept(made, play):
    perform(play, "notify_hearing", made["review"], at("17T17:00"))
    assert not HearingSlot.objects.filter(hearing__case=made["review"]).exists()
    assert LAST_NOTICE_DAY == "2026-11-18"


# --- the rule alone --------------------------------------------------------------------------------
def test_a_day_holds_sixteen_times_and_a_day_off_none(made, play):
    calendar = current_calendar()
    limits = rules.Limits(
        not_before=at("06T00:00"), last=at("08T00:00").date(), morning=at("09T00:00").date()
    )
    spans = list(rules.possible(limits, calendar))
    per_day = dict.fromkeys(("06", "07", "08", "09"), 0)
    for span in spans:
        per_day[f"{almaty(span.start):%d}"] += 1
    # Friday whole, the weekend none, of Monday the morning only
    assert per_day == {"06": 16, "07": 0, "08": 0, "09": 8}
    assert all(span.end - span.start == timedelta(minutes=30) for span in spans)


@pytest.mark.parametrize(
    ("asked", "morning"),
    [("06T11:10", False), ("09T12:30", False), ("09T12:31", True), ("09T23:50", True)],
)
def test_the_morning_after_is_for_those_who_asked_too_late(made, play, asked, morning):
    """The last time of notice + 2 begins at 18:00, and four office hours before it must be left: two to set it, two to come."""
    limits = rules.limits(
        now=at("09T23:55"),
        asked_at=at(asked),
        last=at("09T00:00").date(),
        morning=at("10T00:00").date(),
        calendar=current_calendar(),
    )
    assert limits.morning == (at("10T00:00").date() if morning else None)
