"""Pure law of the rulebook: dated rows, the pack of a day, evidence, fee. No Django below this line."""

from foundation.rulebook.rules.book import Book, NoRule, Pack
from foundation.rulebook.rules.evidence import (
    CentreFacts,
    FormFacts,
    NotRequired,
    PowerSource,
    Required,
    Verdict,
    Why,
    not_required_evidence,
    required_evidence,
    verdicts,
)
from foundation.rulebook.rules.fee import FeeDerivation, Service, fee_due

__all__ = [
    "Book",
    "CentreFacts",
    "FeeDerivation",
    "FormFacts",
    "NoRule",
    "NotRequired",
    "Pack",
    "PowerSource",
    "Required",
    "Service",
    "Verdict",
    "Why",
    "fee_due",
    "not_required_evidence",
    "required_evidence",
    "verdicts",
]
