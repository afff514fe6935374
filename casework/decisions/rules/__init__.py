"""Pure rules of hearings and decisions; each names its paragraph. No Django, no database."""

from casework.decisions.rules.hearing import grounds_were_heard, may_record_hearing, refusal_day_reached
from casework.decisions.rules.sources import Reference, Source, read_reference
from casework.decisions.rules.texts import Difference, Kind, compare_texts

__all__ = [
    "Difference",
    "Kind",
    "Reference",
    "Source",
    "compare_texts",
    "grounds_were_heard",
    "may_record_hearing",
    "read_reference",
    "refusal_day_reached",
]
