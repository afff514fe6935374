"""The fee of an application: what is due, how it follows, and the payment that covers it (Annex 3/7, forms.md)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from applications.models import Application, Payment
from casework.deadlines.selectors import current_calendar
from foundation.kernel.money import show
from foundation.rulebook import selectors as rulebook
from foundation.rulebook.rules import FeeDerivation, Pack, Service, fee_due

LICENCE = "licence"


@dataclass(frozen=True, slots=True)
class Fee:
    """What is due if paid on a day, and the payment that was found."""

    derivation: FeeDerivation
    payment: Payment | None

    @property
    def due(self) -> bool:
        return self.derivation.due

    @property
    def amount(self) -> Decimal:
        return self.derivation.amount

    @property
    def shown(self) -> str:
        return show(self.derivation.amount)


def service_of(application: Application) -> Service:
    """An annex alone is free, issued or re-issued (PL 31); a licence re-issued with or without annexes is not."""
    if application.scope == Application.Scope.REISSUE:
        return Service.REISSUE if LICENCE in application.targets else Service.ANNEX
    return Service.ANNEX if application.scope == Application.Scope.ANNEX else Service.NEW


def pack_of(application: Application, today: date) -> Pack:
    """The rules of the case: of its registration, or of the day a draft would be registered."""
    day = application.case.registered_on
    if day is None:
        calendar = current_calendar()
        day = today if calendar.is_working_day(today) else calendar.add_working_days(today, 1)
    return rulebook.pack(day)


def fee_if_paid_on(application: Application, day: date, pack: Pack | None = None) -> FeeDerivation:
    """The fee by the MRP of a day of payment (TC 616); `pack`: the case's rules if already read."""
    rules = pack or pack_of(application, day)
    return fee_due(service_of(application), application.case.sub_kind, day, rules)


def fee_of(application: Application, today: date, pack: Pack | None = None) -> Fee:
    """The fee as it stands, with the payment that is reserved or used for it."""
    payment = next(
        (
            row
            for row in application.payments.all()
            if row.state in (Payment.State.RESERVED, Payment.State.USED)
        ),
        None,
    )
    return Fee(derivation=fee_if_paid_on(application, today, pack), payment=payment)
