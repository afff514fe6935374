"""Who may do which act of a proceeding now, and why not."""

from licenses.proceedings.permissions.checks import check, offers, refusal_of
from licenses.proceedings.permissions.situation import Situation

__all__ = ["Situation", "check", "offers", "refusal_of"]
