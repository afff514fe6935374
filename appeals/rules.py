"""Pure rules of law for complaints; each names its paragraph. No Django, no database."""

from collections.abc import Iterable
from datetime import date

EXTENSION_DAYS = 10
FILING_MONTHS, FILING_MONTHS_WITHOUT_WAY = 3, 6


def filed_in_time(*, filed_on: date, last_day: date | None) -> bool:
    """APPC 92: three months from delivery, six where the act does not name the way of appeal; late ones are taken."""
    return last_day is None or filed_on <= last_day


def may_consider(*, person: object, preparers: Iterable[object], signers: Iterable[object]) -> bool:
    """APPC 97(2): whose act it is cannot decide the complaint; nor who prepared it."""
    return person not in {*preparers, *signers}


def may_extend(*, addressee: str, extended: bool) -> bool:
    """PS 25(4): once, by ten working days; the superior body works by APPC 99, which knows no extension."""
    return addressee != "superior" and not extended


def hearing_needed(*, satisfied_in_full: bool) -> bool:
    """APPC 98(3): both sides are heard before every outcome but full satisfaction."""
    return not satisfied_in_full


def no_worse(grounds: Iterable[str], of_the_act: Iterable[str]) -> bool:
    """APPC 98(3): no change for the worse: the answer holds no ground that the act did not hold."""
    return set(grounds) <= set(of_the_act)


def stays_the_act(*, reason_given: bool) -> bool:
    """APPC 96: a complaint stays the act, unless the act gives the reason for the opposite (96(2))."""
    return not reason_given
