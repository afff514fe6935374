"""Pure rules of law for complaints; each names its paragraph. No Django, no database."""

from collections.abc import Iterable
from datetime import date

EXTENSION_DAYS = 10
FILING_MONTHS, FILING_MONTHS_WITHOUT_WAY = 3, 6


def filed_in_time(*, filed_on: date, last_day: date | None) -> bool:
    """APPC 92: three months from delivery, six where the act does not name the way of appeal; late ones are taken."""
    return last_day is None or filed_on <= last_day


def may_consider(*, person: object, whose: Iterable[object]) -> bool:
    """APPC 97(2): whose act, action or failure to act it is cannot decide the complaint; nor who prepared the act."""
    return person not in set(whose)


def may_extend(*, addressee: str, extended: bool) -> bool:
    """PS 25(4): once, by ten working days; the superior body works by APPC 99, which knows no extension."""
    return addressee != "superior" and not extended


def outcomes_of(target: str, outcomes: Iterable[str]) -> tuple[str, ...]:
    """APPC 100: only a decision can be cancelled or remanded; of an action or a failure to act there is nothing to cancel."""
    return tuple(
        found for found in outcomes if target == "decision" or found in ("action_ordered", "dismissed")
    )


def addressees(*, by_minister: bool) -> tuple[str, ...]:
    """APPC 91(3), Rules 21, 22: a minister's act has no superior body that considers complaints of it."""
    return ("provider", "quality") if by_minister else ("superior", "quality", "provider")


def hearing_needed(*, satisfied_in_full: bool) -> bool:
    """APPC 98(3): both sides are heard before every outcome but full satisfaction."""
    return not satisfied_in_full


def no_worse(grounds: Iterable[str], of_the_act: Iterable[str]) -> bool:
    """APPC 98(3): no change for the worse: the answer holds no ground that the act did not hold."""
    return set(grounds) <= set(of_the_act)


def stays_the_act(*, reason_given: bool) -> bool:
    """APPC 96: a complaint stays the act, unless the act gives the reason for the opposite (96(2))."""
    return not reason_given
