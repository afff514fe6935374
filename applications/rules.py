"""Pure rules of law for an application; each names its paragraph. No Django, no database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CONFIRMATIONS = 4
MIN_SUBSTATION_KV = 35
MIN_PERMITTED_MW = 1


@dataclass(frozen=True, slots=True)
class CentreEntry:
    """What the form says of one data centre."""

    address_faults: Mapping[str, str]
    power_source: str
    grid_connected: bool | None
    grid_connected_on: date | None


def centre_faults(centre: CentreEntry, today: date) -> dict[str, str]:
    """Annex 1: location and way of buying electricity of each data centre; the connection only from the grid."""
    found = {f"address.{name}": fault for name, fault in centre.address_faults.items()}
    if not centre.power_source:
        found["power_source"] = "required"
    if centre.power_source == "single_purchaser":
        if centre.grid_connected is None:
            found["grid_connected"] = "required"
        elif centre.grid_connected and centre.grid_connected_on is None:
            found["grid_connected_on"] = "required"
        elif centre.grid_connected and centre.grid_connected_on and centre.grid_connected_on > today:
            found["grid_connected_on"] = "in_future"
    return found


def document_is_valid(*, expires_on: date | None, registered_on: date) -> bool:
    """Rules 7: a document whose term is over on the day of registration makes the package incomplete."""
    return expires_on is None or expires_on >= registered_on


def findings_allow_issue(required: Iterable[str], findings: Mapping[str, str]) -> bool:
    """Rules 8, 9: every required entry has a finding and none is "does not meet"."""
    return all(findings.get(code) in ("meets", "no_check_needed") for code in required)


# --- re-issue ------------------------------------------------------------------------------------
class Way(StrEnum):
    """How an application is decided."""

    NEW = "new"  # Rules 4-10
    REISSUE = "reissue"  # Rules 12-15: 1 and 2 days, no check of the qualification, no hearing
    SUCCESSION = "succession"  # PL 34(4), 34(5): spin-off and split, 2 and 15 days, evidence, hearing
    NEW_ANNEX = (
        "new_annex"  # PL 29(6): a move, or the single purchaser; decided as an application for an annex
    )


class Reorganisation(StrEnum):
    """Kinds of reorganisation of a legal entity (PL 34)."""

    MERGER = "merger"
    TRANSFORMATION = "transformation"
    ACCESSION = "accession"
    SPIN_OFF = "spin_off"
    SPLIT = "split"


_QUALIFIED_ANEW = (Reorganisation.SPIN_OFF, Reorganisation.SPLIT)
_FILED_IN_TIME = ("registration", "reorganisation")


def way_of(
    form: str,
    *,
    grounds: Collection[str],
    reorganisation: str,
    moves: bool,
    to_single_purchaser: bool,
    move_as_new_annex: bool,
) -> Way:
    """PL 33(4): no check of the qualification on re-issue; but PL 34(4), (5) and, by the policy switch, PL 29(6)."""
    if form in {"1", "2"}:
        return Way.NEW
    if "reorganisation" in grounds and reorganisation in _QUALIFIED_ANEW:
        return Way.SUCCESSION
    moved = "location" in grounds and moves
    switched = "electricity" in grounds and to_single_purchaser
    return Way.NEW_ANNEX if move_as_new_annex and (moved or switched) else Way.REISSUE


def is_timed(kind: str, *, moves: bool) -> bool:
    """PL 33(4): 30 calendar days run for grounds 1 and 2, and for a new address of a centre that did not move."""
    return kind in _FILED_IN_TIME or (kind == "location" and not moves)


def ground_faults(
    kind: str, *, changed_on: date | None, details: Mapping[str, object], today: date, entity: bool
) -> dict[str, str]:
    """Rules 12, annexes 9 and 10: the day of each change and what belongs to it (PL 33, 34)."""
    found: dict[str, str] = {}
    if changed_on is None:
        found["changed_on"] = "required"
    elif changed_on > today:
        found["changed_on"] = "change_in_future"
    if kind == "reorganisation":
        if not entity:
            found["reorganisation"] = "entities_only"
        elif details.get("reorganisation") not in tuple(Reorganisation):
            found["reorganisation"] = "required"
    if kind in ("sub_kind_name", "law") and not details.get("act"):
        found["act"] = "required"
    return found


def acquirer_holds(reorganisation: str, *, own_licences: int) -> bool:
    """PL 34(3): on an accession the licence is not re-issued to one who already holds a licence of the sub-kind."""
    return reorganisation == Reorganisation.ACCESSION and own_licences > 0
