"""Who may do which act now, and why not: one guard for the service, the API's `actions` and the buttons.

A guard raises the Refusal that the service would raise; `Situation` reads what the guards need, once.
"""

from applications.permissions.checks import Offer, check, offers, refusal_of, require_actor, require_state
from applications.permissions.situation import Situation

__all__ = ["Offer", "Situation", "check", "offers", "refusal_of", "require_actor", "require_state"]
