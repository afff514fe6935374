"""Tenge and tiyn as Decimal with two places."""

from decimal import ROUND_HALF_UP, Decimal

TIYN = Decimal("0.01")


def tenge(value: Decimal | int | str) -> Decimal:
    """The sum to the tiyn."""
    return Decimal(value).quantize(TIYN, rounding=ROUND_HALF_UP)


def show(value: Decimal) -> str:
    """For people: narrow no-break spaces between thousands, a comma before tiyn, which are left out when zero."""
    whole, _dot, tiyn = f"{tenge(value):,.2f}".partition(".")
    text = whole.replace(",", "\u202f")
    return f"{text} ₸" if tiyn == "00" else f"{text},{tiyn} ₸"
