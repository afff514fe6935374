"""Complaints and suits: tables and the constraints that hold what a state implies."""

from appeals.models.complaints import Complaint, ComplaintFile, OutsideOutcome
from appeals.models.suits import Suit

__all__ = ["Complaint", "ComplaintFile", "OutsideOutcome", "Suit"]
