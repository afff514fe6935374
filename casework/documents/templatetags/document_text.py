"""Filters of the document templates."""

from datetime import date, datetime

from django import template

from casework.documents.dates import long_date, long_moment, of_date, through_date
from casework.documents.wording import Language

register = template.Library()


@register.filter
def day(value: date | None, language: Language) -> str:
    """A date in words; nothing for none."""
    return long_date(value, language) if value else ""


@register.filter
def moment(value: datetime | None, language: Language) -> str:
    """A date in words with the time of Almaty; nothing for none."""
    return long_moment(value, language) if value else ""


@register.filter
def of_day(value: date | None, language: Language) -> str:
    """ "Of" a date, as a document is named by it."""
    return of_date(value, language) if value else ""


@register.filter
def through(value: date | None, language: Language) -> str:
    """Until a date, that day included."""
    return through_date(value, language) if value else ""
