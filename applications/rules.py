"""Pure rules of law for an application of Form 1; each names its paragraph. No Django, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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


def may_return(*, missing: Iterable[str], at_in_time: bool) -> bool:
    """Rules 7: further consideration is refused within the completeness term and for a named lack only."""
    return at_in_time and any(True for _code in missing)


def findings_allow_issue(required: Iterable[str], findings: Mapping[str, str]) -> bool:
    """Rules 8, 9: every required entry has a finding and none is "does not meet"."""
    return all(findings.get(code) in ("meets", "no_check_needed") for code in required)


def may_hold_licence(*, residency: str, division: str) -> bool:
    """DA 8(5), Rules 4: entrepreneurs and legal entities of Kazakhstan only; a branch is warned, not blocked."""
    return residency == "resident" and division in ("head", "farm")
