"""Rules 10, APPC 73: what may be refused, from which day, and when a hearing is over. No Django, no database."""

from collections.abc import Iterable, Mapping
from datetime import date


def refusal_day_reached(*, today: date, not_before: date) -> bool:
    """APPC 73(1): the act not before three working days after the notice."""
    return today >= not_before


def grounds_were_heard(grounds: Mapping[str, Iterable[str]], heard: Mapping[str, Iterable[str]]) -> bool:
    """Rules 10: a refusal names only grounds that were in the notice, and of each only the entries named there."""
    return bool(grounds) and all(
        code in heard and set(entries) <= set(heard[code]) for code, entries in grounds.items()
    )


def may_record_hearing(
    *, objections_over: bool, answer_final: bool, waived: bool, oral_held: bool, oral_pending: bool
) -> bool:
    """APPC 73(3): after the objection term; earlier only on a final answer, a waiver, or once the hearing was held.

    An oral hearing that was asked for is held; only a waiver gives it up, a final answer in writing does not.
    """
    if oral_pending and not oral_held:
        return waived
    return objections_over or answer_final or waived or oral_held
