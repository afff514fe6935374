"""Two clocks, canonical bytes, money, citations: what everything above rests on."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import translation

from foundation.kernel.canonical import canonical_bytes
from foundation.kernel.citations import cite, cite_all
from foundation.kernel.clock import ALMATY, almaty, legal_now, legal_time, machine_now
from foundation.kernel.models import ClockShift
from foundation.kernel.money import show, tenge
from foundation.kernel.refusals import NotPermitted
from foundation.kernel.services import next_number, shift_legal_clock

MOMENT = datetime(2026, 11, 2, 18, 30, tzinfo=ALMATY)


# --- the clocks -------------------------------------------------------------------------------------
def test_a_naive_moment_has_no_legal_meaning():
    with pytest.raises(ValueError, match="time zone"):
        almaty(datetime(2026, 11, 2, 10))  # noqa: DTZ001 -- that it is refused is the point


@pytest.mark.parametrize(
    ("moment", "local"),
    [
        (datetime(2024, 2, 29, 17, 59, 59, tzinfo=UTC), "2024-02-29T23:59:59+06:00"),
        (datetime(2024, 2, 29, 18, 0, 0, tzinfo=UTC), "2024-02-29T23:00:00+05:00"),  # the hour came twice
        (datetime(2026, 11, 2, 20, 0, tzinfo=UTC), "2026-11-03T01:00:00+05:00"),
    ],
)
def test_the_wall_clock_of_almaty(moment, local):
    assert almaty(moment).isoformat() == local


@pytest.mark.django_db
def test_the_demo_moves_the_legal_clock_and_not_the_machine_s(settings):
    settings.DEMO = True
    shift_legal_clock(MOMENT)
    assert abs(legal_now() - MOMENT) < timedelta(seconds=5)
    assert abs(machine_now() - datetime.now(UTC)) < timedelta(seconds=5)
    assert legal_now().tzinfo is ALMATY
    shift_legal_clock(None)
    assert abs(legal_now() - machine_now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_outside_the_demo_nobody_moves_it(settings):
    settings.DEMO = False
    with pytest.raises(NotPermitted):
        shift_legal_clock(MOMENT)
    assert not ClockShift.objects.exists()
    ClockShift.objects.create(pk=1, shift=timedelta(days=400))  # and a row that is there says nothing
    assert abs(legal_now() - machine_now()) < timedelta(seconds=5)


@pytest.mark.django_db
def test_the_command_sets_it_and_puts_it_back(settings, capsys):
    settings.DEMO = True
    call_command("demo_clock", "2026-11-02T18:30+05:00")
    assert abs(legal_now() - MOMENT) < timedelta(seconds=10)
    assert "2026-11-02" in capsys.readouterr().out
    call_command("demo_clock", "--reset")
    assert abs(legal_now() - machine_now()) < timedelta(seconds=5)


def test_held_moments_nest():
    with legal_time(MOMENT):
        with legal_time(MOMENT + timedelta(days=1)):
            assert legal_now() == MOMENT + timedelta(days=1)
        assert legal_now() == MOMENT


# --- numbers ----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_each_series_counts_for_itself():
    assert [next_number("a"), next_number("a"), next_number("b"), next_number("a")] == [1, 2, 1, 3]


@pytest.mark.parametrize(
    ("given", "kept"), [("1", "1.00"), (1, "1.00"), ("0.005", "0.01"), ("0.004", "0.00"), ("2.675", "2.68")]
)
def test_tenge_to_the_tiyn_half_up(given, kept):
    assert tenge(given) == Decimal(kept)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("8650000", "8\u202f650\u202f000 ₸"),
        ("8650000.50", "8\u202f650\u202f000,50 ₸"),
        ("0", "0 ₸"),
        ("999.99", "999,99 ₸"),
    ],
)
def test_money_as_people_read_it(value, text):
    assert show(Decimal(value)) == text


# --- canonical bytes ----------------------------------------------------------------------------------
def test_the_same_content_gives_the_same_bytes_in_whatever_order():
    one = {"b": [1, "ә"], "a": {"z": None, "y": True}}
    other = {"a": {"y": True, "z": None}, "b": [1, "ә"]}
    assert canonical_bytes(one) == canonical_bytes(other) == '{"a":{"y":true,"z":null},"b":[1,"ә"]}'.encode()


def test_letters_made_of_two_signs_are_one():
    assert canonical_bytes("й") == canonical_bytes("й") == '"й"'.encode()


@pytest.mark.parametrize("value", [1.5, {"sum": 0.1}, [float("nan")]])
def test_no_floats_in_signed_bytes(value):
    with pytest.raises(TypeError):
        canonical_bytes(value)


@pytest.mark.parametrize("value", [MOMENT, Decimal("1.00"), {1, 2}, b"bytes", 2**60])
def test_nothing_is_guessed(value):
    with pytest.raises(Exception, match=r"."):
        canonical_bytes({"x": value})


# --- citations ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "text"),
    [("ru", "п. 7 Правил"), ("kk", "Қағидалардың 7-тармағы"), ("en", "para 7 of the Rules")],
)
def test_a_paragraph_as_its_reader_reads_it(language, text):
    with translation.override(language):
        assert text in str(cite("Rules", 7))


def test_the_language_is_that_of_the_reader_not_of_the_writer():
    with translation.override("kk"):
        citation = cite_all(cite("Rules", 10), cite("APPC", "73(1)"))
    with translation.override("ru"):
        assert "Правил" in str(citation)
    assert str(citation).count(";") == 1


def test_an_act_the_portal_does_not_know_is_not_cited():
    with pytest.raises(KeyError):
        cite("Order 170", 1)
