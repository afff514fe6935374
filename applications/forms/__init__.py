"""Forms of the order: reading what is filled in (reading.py), and what is still lacking before filing (faults.py)."""

from applications.forms.faults import filing_faults
from applications.forms.reading import MAX_CENTRES, Changes, draft_changes

__all__ = ["MAX_CENTRES", "Changes", "draft_changes", "filing_faults"]
