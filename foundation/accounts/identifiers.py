"""Identification numbers of Kazakhstan: IIN of a person, BIN of an entity (Government decree № 853).

Pure functions. The control digit finds nine in ten slips of the hand and nothing more, so a valid number
proves nobody's identity; birth date and sex come from the register of persons, never from the digits, hence
everything odd about the date is a warning only.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LENGTH = 12
OLDEST_YEARS = 125

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")  # str.isdigit() would take Arabic-Indic digits
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_NO_DIGIT = 10
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_LEAP_YEAR = 2000
_MONTHS = 12


class Kind(StrEnum):
    """Which number is expected."""

    IIN = "IIN"
    BIN = "BIN"


class Problem(StrEnum):
    """Why a number is refused; the first one found, in this order."""

    FORMAT = "format"
    CONTROL = "control"
    NO_CONTROL_DIGIT = "no_control_digit"
    WRONG_KIND = "wrong_kind"


class Oddity(StrEnum):
    """What is odd about a number that is nevertheless valid."""

    BIRTH_DATE = "birth_date"
    CENTURY_DIGIT = "century_digit"
    FUTURE_BIRTH_DATE = "future_birth_date"
    TOO_OLD = "too_old"
    MONTH = "month"
    DIVISION_DIGIT = "division_digit"


class EntityType(StrEnum):
    """Fifth digit of a BIN."""

    RESIDENT = "4"
    NON_RESIDENT = "5"
    JOINT_ENTREPRENEUR = "6"


class Division(StrEnum):
    """Sixth digit of a BIN."""

    HEAD = "0"
    BRANCH = "1"
    REPRESENTATIVE_OFFICE = "2"
    FARM = "3"


@dataclass(frozen=True, slots=True)
class Checked:
    """A number with its verdict; `value` has its outer spaces cut."""

    kind: Kind
    value: str
    valid: bool
    error: Problem | None
    warnings: tuple[Oddity, ...]


def check(kind: Kind, value: str, *, today: date) -> Checked:
    """The verdict on a number said to be of `kind`; `today` serves the warnings about age."""
    value = value.strip(" ")
    problem = _problem(kind, value)
    if problem is not None:
        return Checked(kind, value, valid=False, error=problem, warnings=())
    warnings = _iin_warnings(value, today) if kind is Kind.IIN else _bin_warnings(value)
    return Checked(kind, value, valid=True, error=None, warnings=warnings)


def is_valid(kind: Kind, value: str) -> bool:
    """Whether the number has no hard error (outer spaces are not forgiven here)."""
    return value == value.strip(" ") and _problem(kind, value) is None


def control_digit(first_eleven: str) -> int | None:
    """The twelfth digit, or None: the number with these eleven is never issued."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if total != _NO_DIGIT:
            return total
    return None


def mask_iin(value: str) -> str:
    """What logs, feeds and public pages may show: `900101******`."""
    return value[:6] + "*" * max(len(value) - 6, 0)


def entity_type(bin_number: str) -> EntityType:
    """Resident, non-resident or joint entrepreneur, of a valid BIN."""
    return EntityType(bin_number[4])


def division(bin_number: str) -> Division | None:
    """Head office, branch, representative office or farm; None where the digit says nothing known."""
    return Division(bin_number[5]) if bin_number[5] in set(Division) else None


def _problem(kind: Kind, value: str) -> Problem | None:
    if not _TWELVE_DIGITS.fullmatch(value):
        return Problem.FORMAT
    control = control_digit(value[:-1])
    if control is None:
        return Problem.NO_CONTROL_DIGIT
    if control != int(value[-1]) or value == "0" * LENGTH:
        return Problem.CONTROL
    expected = "0123" if kind is Kind.IIN else "456"
    return None if value[4] in expected else Problem.WRONG_KIND


def _iin_warnings(value: str, today: date) -> tuple[Oddity, ...]:
    century = _CENTURIES.get(value[6])
    warnings = [] if century is not None else [Oddity.CENTURY_DIGIT]
    year = _LEAP_YEAR if century is None else century + int(value[:2])
    born = _date_or_none(year, int(value[2:4]), int(value[4:6]))
    if born is None:
        warnings.append(Oddity.BIRTH_DATE)
    elif century is not None:
        if born > today:
            warnings.append(Oddity.FUTURE_BIRTH_DATE)
        elif (today.year - OLDEST_YEARS, today.month, today.day) > (born.year, born.month, born.day):
            warnings.append(Oddity.TOO_OLD)
    return tuple(warnings)


def _bin_warnings(value: str) -> tuple[Oddity, ...]:
    warnings = []
    if not 1 <= int(value[2:4]) <= _MONTHS:
        warnings.append(Oddity.MONTH)
    if division(value) is None:
        warnings.append(Oddity.DIVISION_DIGIT)
    return tuple(warnings)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
