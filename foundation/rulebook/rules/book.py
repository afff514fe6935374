"""The rulebook by day: a `Book` holds every row, a `Pack` answers for the day a case was registered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from foundation.rulebook.rules.rows import (
    AccreditedPool,
    AuthorityName,
    Confirmation,
    EvidenceRequirement,
    FeeRate,
    FixedText,
    MonthlyIndex,
    PassportRow,
    RefusalGround,
    ReissueGround,
    Row,
    Rows,
    RulePack,
    TermRow,
)

R = TypeVar("R", bound=Row)


class NoRule(LookupError):  # noqa: N818 -- it says what is missing
    """The rulebook has no such row on that day: reference data is incomplete, nobody's input is at fault."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules in force on the day a case was registered (forms.md, Versions).

    Before pack A the annexes are not in our copy: `on` is then the first day of A and `decides` False.
    """

    on: date
    pack: RulePack
    decides: bool
    rows: Rows

    @property
    def code(self) -> str:
        return self.pack.code

    def evidence(self, sub_kind: str | None = None) -> tuple[EvidenceRequirement, ...]:
        """Annex 11 as in force, in its own order."""
        found = (row for row in _in_force(self.rows.evidence, self.on) if sub_kind in (None, row.sub_kind))
        return tuple(sorted(found, key=lambda row: (row.sub_kind, row.number, row.code)))

    def reissue_copies(self) -> tuple[EvidenceRequirement, ...]:
        """What grounds of re-issue ask to be attached, of either sub-kind (Annex 3/9(2))."""
        return self.evidence("")

    def requirement(self, code: str) -> EvidenceRequirement:
        return _one(self.rows.evidence, code, self.on)

    def grounds(
        self, procedure: str = "new", *, annex_only: bool = False, reorganisation: str | None = None
    ) -> tuple[RefusalGround, ...]:
        """Grounds of refusal; for an annex alone the unpaid fee is none (Annex 3/10, PL 31).

        With `reorganisation` only those of any re-issue and of that kind (PL 33(5), 34).
        """
        found = (
            row
            for row in _in_force(self.rows.grounds, self.on)
            if row.procedure == procedure
            and (row.annex_only or not annex_only)
            and (reorganisation is None or row.reorganisation in ("", reorganisation))
        )
        return tuple(sorted(found, key=lambda row: row.number))

    def ground(self, code: str) -> RefusalGround:
        return _one(self.rows.grounds, code, self.on)

    def reissue_grounds(self, form: int) -> tuple[ReissueGround, ...]:
        """Grounds of Form 9 or 10, numbered as on the form."""
        found = (row for row in _in_force(self.rows.reissue_grounds, self.on) if row.form == form)
        return tuple(sorted(found, key=lambda row: row.number))

    def fee_rate(self, service: str, sub_kind: str) -> FeeRate | None:
        """The rate, or None where no fee was in force (before 2024-01-01)."""
        found = (
            row
            for row in _in_force(self.rows.fee_rates, self.on)
            if row.service == service and row.sub_kind == sub_kind
        )
        return next(found, None)

    def mrp(self, on: date) -> MonthlyIndex:
        """The monthly calculation index of a day of payment (TC 616)."""
        return _one(self.rows.indices, "mrp", on)

    def confirmations(self, form: int) -> tuple[Confirmation, ...]:
        """The four statements of a form, in its order."""
        found = (row for row in _in_force(self.rows.confirmations, self.on) if row.form == form)
        return tuple(sorted(found, key=lambda row: row.number))

    def text(self, code: str, on: date | None = None) -> FixedText:
        """Words for a document; those that bear the document's own date are asked with `on`."""
        return _one(self.rows.texts, code, _not_before(self.rows, on or self.on))

    def texts(self, prefix: str) -> tuple[FixedText, ...]:
        """All words whose code begins so, in the order of their codes."""
        found = (row for row in _in_force(self.rows.texts, self.on) if row.code.startswith(prefix))
        return tuple(sorted(found, key=lambda row: row.code))

    def authority(self, code: str = "provider", on: date | None = None) -> AuthorityName:
        """A body under its name of the day."""
        return _one(self.rows.authorities, code, _not_before(self.rows, on or self.on))

    def term(self, code: str) -> TermRow:
        return _one(self.rows.terms, code, self.on)

    def terms(self) -> tuple[TermRow, ...]:
        """The table of terms as in force, without the plain lengths."""
        return tuple(row for row in _in_force(self.rows.terms, self.on) if row.term)

    def switch(self, code: str) -> bool:
        """A policy switch; see `PolicySwitch`."""
        return _one(self.rows.switches, code, self.on).on

    def passport(self) -> tuple[PassportRow, ...]:
        """Annex 3 as in force."""
        return tuple(sorted(_in_force(self.rows.passport, self.on), key=lambda row: row.number))

    def accredited_pool(self, bin_number: str) -> AccreditedPool | None:
        """The accredited mining pool of that BIN on the day, or None where the list has none (Annex 11)."""
        found = (row for row in _in_force(self.rows.pools, self.on) if row.bin == bin_number)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Book:
    """All published rows of one revision of the rulebook."""

    revision: str
    rows: Rows

    def pack(self, on: date) -> Pack:
        """The rules for a case registered on that day."""
        return _pack(self, on)

    def __hash__(self) -> int:
        return hash(self.revision)


@lru_cache(maxsize=4096)
def _pack(book: Book, on: date) -> Pack:
    if not book.rows.packs:
        raise NoRule("The rulebook is empty; load it with: python manage.py load_rulebook")
    day = _not_before(book.rows, on)
    found = next(_in_force(book.rows.packs, day), None)
    if found is None:
        raise NoRule(f"The rulebook has no pack for {day}")
    return Pack(on=day, pack=found, decides=found.decides and day == on, rows=book.rows)


def _not_before(rows: Rows, on: date) -> date:
    """Days before the first edition that our copy holds are answered by that edition."""
    return max(on, min(row.valid_from for row in rows.packs))


def _in_force(rows: Iterable[R], on: date) -> Iterator[R]:
    return (row for row in rows if row.in_force(on))


def _one(rows: Iterable[R], code: str, on: date) -> R:
    for row in rows:
        if row.code == code and row.in_force(on):
            return row
    raise NoRule(f"The rulebook has no '{code}' on {on}")
