"""Two clocks (design.md).

Legal time decides receipt, terms, dates and the validity of certificates; the demo may move it. Machine time
decides sessions, lock-out, retries and `recorded_at`. Only doors read the legal clock; services are given `at`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

ALMATY = ZoneInfo("Asia/Almaty")

_fixed: ContextVar[datetime | None] = ContextVar("legal_clock", default=None)


def machine_now() -> datetime:
    """The machine's moment, aware, in UTC."""
    return datetime.now(UTC)


def legal_now() -> datetime:
    """The legal moment, aware, in Almaty; moved only in the demo (`demo_clock`)."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed
    now = machine_now()
    if settings.DEMO:
        from foundation.kernel.models import ClockShift

        shift = ClockShift.objects.filter(pk=1).values_list("shift", flat=True).first()
        now += shift or timedelta()
    return now.astimezone(ALMATY)


@contextmanager
def legal_time(at: datetime) -> Iterator[None]:
    """Hold the legal clock at one moment for the current context (tests, demo data, walkthrough)."""
    token = _fixed.set(almaty(at))
    try:
        yield
    finally:
        _fixed.reset(token)


def almaty(moment: datetime) -> datetime:
    """The same moment on the wall clock of Almaty; raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no legal meaning.")
    return moment.astimezone(ALMATY)
