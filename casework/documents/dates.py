"""Dates and moments as documents print them."""

from datetime import date, datetime

from casework.documents.wording import Language
from foundation.kernel.clock import almaty

_MONTHS_RU = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
_MONTHS_KK = (
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
)  # fmt: skip
# "of" a day and "until" a day are endings in Kazakh
_OF_KK = ("дағы", "дағы", "дағы", "дегі", "дағы", "дағы", "дегі", "дағы", "тегі", "дағы", "дағы", "дағы")
_UNTIL_KK = ("ға", "ға", "ға", "ге", "ға", "ға", "ге", "ға", "ке", "ға", "ға", "ға")


def long_date(day: date, language: Language) -> str:
    """`6 марта 2026 года` / `2026 жылғы 6 наурыз`."""
    if language == "kk":
        return f"{day.year} жылғы {day.day} {_MONTHS_KK[day.month - 1]}"
    return f"{day.day} {_MONTHS_RU[day.month - 1]} {day.year} года"


def of_date(day: date, language: Language) -> str:
    """A document of that day: `от 6 марта 2026 года` / `2026 жылғы 6 наурыздағы`."""
    if language == "kk":
        return long_date(day, language) + _OF_KK[day.month - 1]
    return f"от {long_date(day, language)}"


def through_date(day: date, language: Language) -> str:
    """A term whose last day it is: `по 6 марта 2029 года включительно` / `2029 жылғы 6 наурызға дейін (…)`."""
    if language == "kk":
        return f"{long_date(day, language)}{_UNTIL_KK[day.month - 1]} дейін (осы күнді қоса алғанда)"
    return f"по {long_date(day, language)} включительно"


def long_moment(moment: datetime, language: Language) -> str:
    """The date and the time of Almaty."""
    local = almaty(moment)
    return f"{long_date(local.date(), language)}, {local:%H:%M}"
