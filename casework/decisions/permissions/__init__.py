"""Who may do which act of any case now, and why not; what applications, proceedings and complaints share."""

from casework.decisions.permissions.checks import (
    Guards,
    Offer,
    action_of,
    check,
    offers,
    refusal_of,
    require_actor,
    require_state,
)
from casework.decisions.permissions.situation import CaseSituation, require_not_recused

__all__ = [
    "CaseSituation",
    "Guards",
    "Offer",
    "action_of",
    "check",
    "offers",
    "refusal_of",
    "require_actor",
    "require_not_recused",
    "require_state",
]
