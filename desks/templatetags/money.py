"""Sums and citations as people read them."""

from decimal import Decimal

from django import template

from foundation.kernel.citations import Citation
from foundation.kernel.money import show
from foundation.rulebook.citations import shown

register = template.Library()


@register.filter
def tenge(value: Decimal | int) -> str:
    """`8 650 000 ₸`."""
    return show(Decimal(value))


@register.filter
def cited(short: str) -> Citation:
    """`Annex 3/7` in the reader's words."""
    return shown(short)
