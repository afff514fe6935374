"""A due date 15 working days ahead, warm, on one date at a time (quality.md, Speed)."""

import time
import warnings
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

import holidays
import numpy as np
from workalendar.asia import Kazakhstan

from casework.deadlines.calendar import days_between
from casework.deadlines.shipped import shipped_calendar

N = 15
STARTS = [date(2026, 1, 1) + timedelta(days=7 * k) for k in range(50)]
NAME = "due date 15 working days ahead"


def rows() -> list[dict[str, Any]]:
    """Ours against each yardstick; ratio is how many times faster ours is."""
    calendar = shipped_calendar()
    yardsticks = {
        "workalendar": (_workalendar(), 100.0),
        "holidays": (_holidays(), 20.0),
        "numpy": (_numpy(), 1.0),
    }
    ours = _microseconds(lambda day: calendar.add_working_days(day, N), repeats=400)
    found = []
    for name, (work, goal) in yardsticks.items():
        theirs = _microseconds(work, repeats=400 if name == "numpy" else 20)
        ratio = theirs / ours
        found.append(
            {
                "name": f"{NAME} / {name}",
                "ours": f"{ours:.3f} µs",
                "yardstick": f"{theirs:.3f} µs",
                "ratio": round(ratio, 1),
                "goal": f"≥ {goal:g}× faster",
                "ok": ratio >= goal,
            }
        )
    return found


def _microseconds(work: Callable[[date], object], repeats: int) -> float:
    """Median of three runs, a warm one before them."""
    for day in STARTS:
        work(day)
    times = []
    for _run in range(3):
        begun = time.perf_counter()
        for _repeat in range(repeats):
            for day in STARTS:
                work(day)
        times.append((time.perf_counter() - begun) / (repeats * len(STARTS)) * 1e6)
    return median(times)


def _workalendar() -> Callable[[date], object]:
    base = Kazakhstan()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for year in (2025, 2026, 2027):
            base.holidays(year)
    return lambda day: base.add_working_days(day, N)


def _holidays() -> Callable[[date], object]:
    base = holidays.country_holidays("KZ", years=(2025, 2026, 2027))
    return lambda day: base.get_nth_working_day(day, N)


def _numpy() -> Callable[[date], object]:
    calendar = shipped_calendar()
    span = list(days_between(date(2025, 1, 1), date(2027, 12, 31)))
    off = [day for day in span if day.weekday() < 5 and not calendar.is_working_day(day)]
    business = np.busdaycalendar(holidays=np.array(off, dtype="datetime64[D]"))
    return lambda day: np.busday_offset(day, N, roll="backward", busdaycal=business)
