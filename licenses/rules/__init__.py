"""Pure functions of law for the register; each names its paragraph."""

from licenses.rules.corrections import Correction, corrected_centre, corrected_licence
from licenses.rules.names import fold, kazakh_sort_key, search_text, slips
from licenses.rules.numbers import (
    annex_number,
    licence_number,
    number_is_valid,
    split_annex,
    tidy_number,
)
from licenses.rules.periods import (
    Period,
    Standing,
    combined,
    standing_known,
    standing_on,
)
from licenses.rules.terms import day_after, expiry, opening, public_from, suspension_end
from licenses.rules.texts import CentreText, HolderText, LicenceText, PoolText, SignerText, special_conditions

__all__ = [
    "CentreText",
    "Correction",
    "HolderText",
    "LicenceText",
    "Period",
    "PoolText",
    "SignerText",
    "Standing",
    "annex_number",
    "combined",
    "corrected_centre",
    "corrected_licence",
    "day_after",
    "expiry",
    "fold",
    "kazakh_sort_key",
    "licence_number",
    "number_is_valid",
    "opening",
    "public_from",
    "search_text",
    "slips",
    "special_conditions",
    "split_annex",
    "standing_known",
    "standing_on",
    "suspension_end",
    "tidy_number",
]
