"""Pure rules of proceedings; each names its paragraph. No Django, no database."""

from datetime import date, datetime

ACTIVE, SUSPENDED = "active", "suspended"
ON_REQUEST = "suspend_on_request"
MIN_MONTHS, MAX_MONTHS = 1, 6
# DA 9(4): 1-4 and 6; 5 is the licensee's own request
SUSPENSION_GROUNDS = ("1", "2", "3", "4", "6")
# PL 35(1): events that end a licence; expiry, revocation and the request are ways of their own
TERMINATION_EVENTS = ("4", "6", "7", "8")


def months_allowed(months: int) -> bool:
    """DA 9(4): one to six calendar months."""
    return MIN_MONTHS <= months <= MAX_MONTHS


def target_allows(kind: str, *, status: str, basis: str, until: date | None, today: date) -> bool:
    """Whether a licence or annex in this state may be the target (process.md, the table of kinds; DA 9, PL 35, 44, 45)."""
    on_request = basis == ON_REQUEST
    match kind:
        case "suspend" | "suspend_on_request":
            return status == ACTIVE
        case "resume_after_cure":
            return status == SUSPENDED and not on_request
        case "resume_on_request":
            return status == SUSPENDED and on_request
        case "go_to_court":
            return status == SUSPENDED and not on_request and until is not None and until < today
        case _:  # court act, termination, correction
            return status in (ACTIVE, SUSPENDED)


def notice_is_late(*, received: datetime, last_moment: datetime) -> bool:
    """Rules 16: told within two working days of the change; what came later is taken and flagged."""
    return received > last_moment


def court_term_start(suspension_ended_on: date, cure_refused_on: date | None) -> date:
    """PL 45(4): ten working days run from the end of the suspension, or from a cure refused later (process.md, Terms)."""
    if cure_refused_on is None:
        return suspension_ended_on
    return max(suspension_ended_on, cure_refused_on)


def court_act_allowed(outcome: str, status: str) -> bool:
    """DA 9(7): a dismissed suit puts a suspended licence in force again; one in force stays as it is (decided)."""
    return outcome == "revoked" or status == SUSPENDED
