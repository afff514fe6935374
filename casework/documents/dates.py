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


def long_date(day: date, language: Language) -> str:
    """`6 марта 2026 года` / `2026 жылғы 6 наурыз`."""
    if language == "kk":
        return f"{day.year} жылғы {day.day} {_MONTHS_KK[day.month - 1]}"
    return f"{day.day} {_MONTHS_RU[day.month - 1]} {day.year} года"


def long_moment(moment: datetime, language: Language) -> str:
    """The date and the time of Almaty."""
    local = almaty(moment)
    return f"{long_date(local.date(), language)}, {local:%H:%M}"
