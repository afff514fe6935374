"""`manage.py terms` as api.md has it."""

import io
import json
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from casework.deadlines.rules import ALMATY
from casework.deadlines.shipped import shipped_calendar

Run = Callable[..., list[dict[str, Any]]]
EXAMPLES = [
    tuple(line.split(","))
    for line in Path(__file__).with_name("worked_examples.csv").read_text(encoding="utf-8").splitlines()[1:]
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    def _run(text: str | bytes, *options: str) -> list[dict[str, Any]]:
        raw = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        out = _run.out = io.StringIO()  # type: ignore[attr-defined]  # read by the tests of bad lines
        call_command("terms", *options, stdout=out)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    return _run


def test_every_worked_example_of_a_new_licence(run: Run) -> None:
    rows = run("".join(f"{row[0]}\n" for row in EXAMPLES), "--form", "1")
    assert rows == [
        {
            "received": row[0],
            "registered_on": row[1],
            "completeness": row[2],
            "service": row[3],
            "hearing_notice": row[4],
        }
        for row in EXAMPLES
    ]


@pytest.mark.parametrize("form", ["9", "10"])
def test_reissue_has_no_hearing_and_the_long_way_has(run: Run, form: str) -> None:
    for row in EXAMPLES:
        (short,) = run(row[0], "--form", form)
        assert (short["completeness"], short["service"], short["hearing_notice"]) == (row[5], row[6], None)
        (long,) = run(row[0], "--form", form, "--long")
        assert (long["completeness"], long["service"], long["hearing_notice"]) == row[2:5]


def test_offsets_and_shapes_of_time(run: Run) -> None:
    lines = [
        "2026-03-06T12:00:00+05:00",
        "2026-03-06T07:00:00Z",
        "2026-03-06T12:00",
        "20260306T120000",
        "2026-03-06T07:00:00.5+00:00",
    ]
    rows = run("\n\n".join(lines))
    assert [row["received"] for row in rows] == lines
    assert {row["service"] for row in rows} == {"2026-04-02"}


def test_explanation_lists_the_days_of_each_term_that_is_not_null(run: Run) -> None:
    (row,) = run("2026-03-06T12:00", "--explain")
    assert list(row["days"]) == ["completeness", "service", "hearing_notice"]
    for code, n in (("completeness", 2), ("service", 15), ("hearing_notice", 3)):
        assert sum(day["counted"] for day in row["days"][code]) == n
        assert row["days"][code][-1]["date"] == row[code]
        assert all(day["why"] for day in row["days"][code])
    assert set(row["days"]["service"][0]) == {"date", "counted", "why"}
    (row,) = run("2026-03-06T12:00", "--explain", "--form", "9")
    assert list(row["days"]) == ["completeness", "service"]


@pytest.mark.parametrize(
    "bad",
    [
        "yesterday",
        "2026-03-06",
        "2026-13-06T12:00",
        "2026-03-06T25:00",
        '2026-03-06"12:00',
        "1999-03-06T12:00",
        "2040-12-31T12:00",
    ],
)
def test_a_bad_line_stops_the_run_with_its_number_and_keeps_what_came_before(run: Run, bad: str) -> None:
    with pytest.raises(CommandError) as caught:
        run(f"2026-03-06T12:00\n\n{bad}\n2026-03-06T12:00\n")
    message = str(caught.value)
    assert "3" in message
    assert bad in message
    assert "\n" not in message
    assert run.out.getvalue().count("\n") == 1  # type: ignore[attr-defined]  # set by the fixture


def test_bytes_that_are_no_text_and_a_senseless_option_are_refused(run: Run) -> None:
    with pytest.raises(CommandError, match="1"):
        run(b"\xff\xfe2026")
    with pytest.raises(CommandError, match="--long"):
        run("2026-03-06T12:00", "--form", "1", "--long")


def test_an_independent_day_count_agrees_on_20000_random_receipts(run: Run) -> None:
    """Counting day by day over a plain set of working days, without the product's tables."""
    calendar = shipped_calendar()
    first = date(2022, 1, 1)
    working = {
        day for day in (first + timedelta(days=k) for k in range(2557)) if calendar.is_working_day(day)
    }
    chance = random.Random(20260306)  # noqa: S311 -- a fixed seed, so that a failure repeats
    moments = [
        datetime(2022, 1, 1, tzinfo=ALMATY) + timedelta(seconds=chance.randrange(5 * 365 * 86400))
        for _number in range(20_000)
    ]
    rows = run("\n".join(moment.isoformat() for moment in moments))
    for moment, row in zip(moments, rows, strict=True):
        day = moment.date()
        if (moment.hour, moment.minute, moment.second) > (18, 30, 0):
            day += timedelta(days=1)
        while day not in working:
            day += timedelta(days=1)
        expected = [day.isoformat()]
        counted = 0
        while counted < 15:
            day += timedelta(days=1)
            counted += day in working
            if day in working and counted in (2, 15):
                expected.append(day.isoformat())
        counted = 0
        while counted < 3:
            day -= timedelta(days=1)
            counted += day in working
        expected.append(day.isoformat())
        assert [row["registered_on"], row["completeness"], row["service"], row["hearing_notice"]] == expected
