"""What a licence is on a day, from its legal periods alone: right even if no job ran (process.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

ACTIVE, SUSPENDED, EXPIRED, TERMINATED, REVOKED = "active", "suspended", "expired", "terminated", "revoked"
_FINAL = frozenset({TERMINATED, REVOKED})
_RUNS_OUT = frozenset({ACTIVE, SUSPENDED})


@dataclass(frozen=True, slots=True)
class Period:
    """A state for the days [first, end); `end` None lasts for good. Known from one legal moment to another."""

    status: str
    first: date
    end: date | None
    basis: str
    known_from: datetime
    known_to: datetime | None = None
    until: date | None = None
    stayed: bool = False

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.end is None or day < self.end)

    def was_known(self, moment: datetime) -> bool:
        return self.known_from <= moment and (self.known_to is None or moment < self.known_to)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state on a day, the day it began, and of a suspension its last day and whether a complaint stays it."""

    status: str
    since: date
    until: date | None = None
    stayed: bool = False
    basis: str = ""


def standing_on(periods: Iterable[Period], expires_on: date, day: date) -> Standing | None:
    """The state on `day` as known today; None before the licence was issued. Expiry wins (DA 9, PL 35(1)(1))."""
    return _standing([period for period in periods if period.known_to is None], expires_on, day)


def standing_known(
    periods: Iterable[Period], expires_on: date, day: date, moment: datetime
) -> Standing | None:
    """The state on `day` as the register showed it at `moment`, before later entries about that day."""
    return _standing([period for period in periods if period.was_known(moment)], expires_on, day)


def combined(licence: Standing, annex: Standing) -> Standing:
    """An annex is part of its licence (PL 24): never better off than the licence, and stayed with it (APPC 96)."""
    if annex.status in _FINAL or licence.status == ACTIVE or (licence.stayed and annex.status == SUSPENDED):
        return annex
    return licence


def _standing(periods: list[Period], expires_on: date, day: date) -> Standing | None:
    if day > expires_on:
        last = max((period for period in periods if period.first <= day), key=_first, default=None)
        if last is None or last.status in _RUNS_OUT:
            return Standing(EXPIRED, date.fromordinal(expires_on.toordinal() + 1)) if last else None
    for period in periods:
        if period.holds_on(day):
            return Standing(period.status, _since(periods, period), period.until, period.stayed, period.basis)
    return None


def _first(period: Period) -> date:
    return period.first


def _since(periods: list[Period], period: Period) -> date:
    """A stay splits a suspension into rows; it still began with the first of them."""
    first = period.first
    for earlier in sorted(periods, key=_first, reverse=True):
        if earlier.end == first and earlier.status == period.status and period.status == SUSPENDED:
            first = earlier.first
    return first
