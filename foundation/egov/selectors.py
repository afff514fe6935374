"""Reads: who looked at a person's or a party's data in the state registers, and the consents asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from foundation.egov.gateway import Code
from foundation.egov.models import AskedConsent, Lookup, Register
from foundation.egov.subjects import subject_hash, subject_hashes


@dataclass(frozen=True, slots=True)
class LookupLine:
    """One look-up as it is shown to whom it was about."""

    at: datetime
    register: Register
    subject_masked: str
    asked_by: UUID | None  # None: the portal itself, when an application was filed or decided
    application: str  # number of the draft; a case keeps it as `draft_no`
    legal_basis: str
    outcome: str
    kept: bool  # no register was asked: its answer of the last 24 hours was read

    @property
    def answered(self) -> bool:
        """Whether a register said anything about the person."""
        return self.outcome in ("found", "not_found")


def lookups_about(numbers: Iterable[str], *, newest: int = 200) -> list[LookupLine]:
    """Every look-up about these IINs and BINs, the newest first; the caller says whose numbers one may see."""
    hashes = [key for number in numbers for key in subject_hashes(number)]
    rows = Lookup.objects.filter(subject_hash__in=hashes).order_by("-at", "-pk")[:newest]
    return [
        LookupLine(
            at=row.at,
            register=Register(row.register),
            subject_masked=row.subject_masked,
            asked_by=_person(row.asked_by),
            application=row.application,
            legal_basis=row.legal_basis,
            outcome=row.outcome,
            kept=row.kept,
        )
        for row in rows
    ]


def consent_asked(number: str, *, application: str) -> AskedConsent | None:
    """The latest consent asked of a person for an application."""
    return (
        AskedConsent.objects.filter(subject_hash=subject_hash(number), application=application)
        .order_by("-pk")
        .first()
    )


def consent_was_required(number: str, *, application: str) -> bool:
    """Whether the register of persons asked for the person's consent in this application."""
    return Lookup.objects.filter(
        subject_hash=subject_hash(number), application=application, outcome=Code.CONSENT_REQUIRED
    ).exists()


def _person(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
