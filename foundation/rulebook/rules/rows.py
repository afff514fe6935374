"""The rows of the rulebook as plain values: what the law says, from when to when, where, in which words."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One dated rule; `valid_to` is its last day. `citation` is short: `Rules 7`, `Annex 3/7`, `PL 29(6)`."""

    code: str
    valid_from: date
    valid_to: date | None = None
    citation: str = ""
    text_kk: str = ""
    text_ru: str = ""
    text_en: str = ""
    translation: str = "ours"

    def in_force(self, on: date) -> bool:
        """Whether the row is law on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def text(self, language: str) -> str:
        """The words in a language; Russian, that of our copy of the order, stands in for a missing one."""
        words: str = getattr(self, f"text_{language[:2]}", "")
        return words or self.text_ru


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack(Row):
    """An edition of the Rules, by the day of registration; `decides` is False where our copy is silent."""

    decides: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRequirement(Row):
    """An entry of Annex 11: text is the entry, title its short name, document what is to be attached."""

    sub_kind: str
    number: int
    condition: str
    condition_day: date | None = None
    per: str = "data_centre"
    title_kk: str
    title_ru: str
    title_en: str = ""
    particulars: tuple[dict[str, Any], ...] = ()

    def title(self, language: str) -> str:
        words: str = getattr(self, f"title_{language[:2]}", "")
        return words or self.title_ru


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalGround(Row):
    """A ground of refusal; Annex 3/10 for a new licence, PL 33(5) and 34 for a re-issue."""

    procedure: str
    number: int
    annex_only: bool = True
    names_evidence: bool = False
    in_closed_list: bool = True
    reorganisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueGround(Row):
    """A ground of re-issue as numbered on Form 9 or Form 10."""

    form: int
    number: int
    ground_kind: str
    copy_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRate(Row):
    """A rate in monthly calculation indices, or a percentage of the rate for issuing."""

    service: str
    sub_kind: str
    multiple: Decimal | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyIndex(Row):
    """The monthly calculation index (MRP) in tenge."""

    tenge: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation(Row):
    """One of the four statements at the foot of a form, verbatim."""

    form: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedText(Row):
    """Words that stand on documents and screens; placeholders in braces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityName(Row):
    """A body: `provider`, `superior`, `quality`; text is its full name."""

    bin: str = ""
    short_kk: str = ""
    short_ru: str = ""
    address_kk: str = ""
    address_ru: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRow(Row):
    """A row of the table of terms; unit is working_days, calendar_days, months or years.

    `term` is the code that a term of a case bears, `track` the way it is for (empty: every way); a row without
    `term` is a plain length. `start` is the event, `cap` the term it never passes, `met_by` and `void_by` the acts
    that end it, `warnings` the steps before its end, `tells` who is told when it passed unmet; text is its name.
    """

    n: int
    unit: str
    term: str = ""
    track: str = ""
    start: str = ""
    cap: str = ""
    who: str = ""
    ends: str = "office"
    passing: str = "breach"
    met_by: tuple[str, ...] = ()
    void_by: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    consequence_kk: str = ""
    consequence_ru: str = ""

    def consequence(self, language: str) -> str:
        """What follows when it passes unmet."""
        return self.consequence_kk if language[:2] == "kk" else self.consequence_ru


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicySwitch(Row):
    """A reading of the law that the authority may turn."""

    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassportRow(Row):
    """A row of Annex 3, the passport of the service."""

    number: int
    name_kk: str
    name_ru: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditedPool(Row):
    """A digital mining pool accredited in Kazakhstan; text is its name (Annex 11, entries I-3 and II-2)."""

    bin: str


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything published, by kind."""

    packs: tuple[RulePack, ...] = ()
    evidence: tuple[EvidenceRequirement, ...] = ()
    grounds: tuple[RefusalGround, ...] = ()
    reissue_grounds: tuple[ReissueGround, ...] = ()
    fee_rates: tuple[FeeRate, ...] = ()
    indices: tuple[MonthlyIndex, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    texts: tuple[FixedText, ...] = ()
    authorities: tuple[AuthorityName, ...] = ()
    terms: tuple[TermRow, ...] = ()
    switches: tuple[PolicySwitch, ...] = ()
    passport: tuple[PassportRow, ...] = field(default=())
    pools: tuple[AccreditedPool, ...] = ()
