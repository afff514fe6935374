"""The only writers of the rulebook: loading its files, and publishing a row by two people."""

from foundation.rulebook.services.loading import Conflict, Loaded, load, load_if_empty
from foundation.rulebook.services.publishing import confirm, propose, withdraw

__all__ = ["Conflict", "Loaded", "confirm", "load", "load_if_empty", "propose", "withdraw"]
