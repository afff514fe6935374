"""The licence fee with its derivation (Annex 3/7, PL 31, TC 616)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from foundation.rulebook.rules.book import NoRule, Pack
from foundation.rulebook.rules.rows import FeeRate, MonthlyIndex

_TIYN = Decimal("0.01")
_HUNDRED = Decimal(100)
_UNITS = {"kk": ("АЕК", "теңге"), "ru": ("МРП", "тенге"), "en": ("MRP", "tenge")}
_NARROW_SPACE = "\u202f"


class Service(StrEnum):
    """What is asked for, as the fee sees it."""

    NEW = "new"
    REISSUE = "reissue"
    ANNEX = "annex"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class FeeDerivation:
    """An amount in tenge and what it follows from; `rate` None: no fee was in force on registration."""

    service: Service
    sub_kind: str
    amount: Decimal
    on: date
    citation: str
    rate: FeeRate | None = None
    multiple: Decimal | None = None
    percent: Decimal | None = None
    mrp: MonthlyIndex | None = None

    @property
    def due(self) -> bool:
        return self.amount > 0

    @property
    def formula(self) -> str:
        return self.formula_in("ru")

    def formula_in(self, language: str) -> str:
        """`10 % × 5 МРП × 4 325 тенге = 2 162,50 тенге`; empty where nothing is due."""
        if self.multiple is None or self.mrp is None or not self.due:
            return ""
        index, money = _UNITS.get(language[:2], _UNITS["en"])
        parts = [f"{_plain(self.multiple)} {index}", f"{_plain(self.mrp.tenge)} {money}"]
        if self.percent is not None:
            parts.insert(0, f"{_plain(self.percent)} %")
        return f"{' × '.join(parts)} = {_plain(self.amount)} {money}"


def fee_due(service: str, sub_kind: str, on: date, pack: Pack) -> FeeDerivation:
    """The fee if paid on day `on` by a case whose rules are `pack`.

    The rate is that of the day of registration, the index that of the day of payment (TC 616).
    """
    asked = Service(service)
    rate = pack.fee_rate(asked, sub_kind)
    if rate is None:
        return FeeDerivation(asked, sub_kind, _tiyn(Decimal(0)), on, pack.text("fee.not_in_force").citation)
    multiple, citation = rate.multiple, rate.citation
    if rate.percent is not None:
        issuing = pack.fee_rate(Service.NEW, sub_kind)
        if issuing is None or issuing.multiple is None:
            raise NoRule(
                f"The rulebook has no rate for issuing a licence of sub-kind {sub_kind} on {pack.on}"
            )
        multiple = issuing.multiple
    if not multiple:
        return FeeDerivation(asked, sub_kind, _tiyn(Decimal(0)), on, citation, rate)
    mrp = pack.mrp(on)
    amount = _tiyn(multiple * mrp.tenge * (rate.percent or _HUNDRED) / _HUNDRED)
    return FeeDerivation(
        asked, sub_kind, amount, on, f"{citation}; {mrp.citation}", rate, multiple, rate.percent, mrp
    )


def _tiyn(value: Decimal) -> Decimal:
    return value.quantize(_TIYN, rounding=ROUND_HALF_UP)


def _plain(value: Decimal) -> str:
    whole, _dot, tiyn = f"{value:,.2f}".partition(".")
    text = whole.replace(",", _NARROW_SPACE)
    return text if tiyn == "00" else f"{text},{tiyn}"
