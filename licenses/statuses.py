"""States of licence, annex, edition and number (process.md, Licence and annexes)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SubKind(TextChoices):
    """Sub-kinds of the licence (DA 9(1)): own data centre, or own hardware in the centre of another."""

    I = "I", _("sub-kind I")  # noqa: E741 -- the law's own name
    II = "II", _("sub-kind II")


class LicenceStatus(TextChoices):
    """What a licence or an annex is on a day; expiry follows from the date even if no job ran."""

    ACTIVE = "active", _("in force")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("expired")
    TERMINATED = "terminated", _("terminated")
    REVOKED = "revoked", _("revoked")


# what may be asked about, while its last day has not passed
LIVING = (LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED)


# what the act is called whose documents are editions with errors mended (PL 44)
CORRECTION = "correction"


class EditionState(TextChoices):
    """A correction or a re-issue makes a new edition; the old one is kept and superseded."""

    CURRENT = "current", _("current")
    SUPERSEDED = "superseded", _("superseded")


class NumberState(TextChoices):
    """A number is reserved when the document is opened for signature and used when it is signed."""

    RESERVED = "reserved", _("reserved")
    USED = "used", _("used")
    RELEASED = "released", _("released")


class Basis(TextChoices):
    """What changed the state: the kinds of proceeding of process.md, and the grant itself."""

    GRANT = "grant", _("issue of the licence")
    SUSPEND = "suspend", _("suspension by the authority")
    SUSPEND_ON_REQUEST = "suspend_on_request", _("suspension at the licensee's request")
    RESUME = "resume", _("resumption after cure")
    RESUME_ON_REQUEST = "resume_on_request", _("resumption at the licensee's request")
    SUIT_DISMISSED = "suit_dismissed", _("suit for revocation dismissed by the court")
    REVOKE = "revoke", _("revocation by the court")
    TERMINATE_ON_REQUEST = "terminate_on_request", _("termination at the licensee's request")
    TERMINATE_BY_EVENT = "terminate_by_event", _("termination by an event named in the law")
    STAY = "stay", _("suspension stayed by a complaint")
    STAY_ENDED = "stay_ended", _("end of the stay of the suspension")
    ORDER_CANCELLED = "order_cancelled", _("order cancelled")
    REPLACED = "replaced", _("replaced by another annex")


class PowerSource(TextChoices):
    """Way of buying electricity (Form 6)."""

    SINGLE_PURCHASER = "single_purchaser", _("from the single purchaser at centralised trading")
    OFF_GRID_PRODUCER = "off_grid_producer", _("from a producer not connected to the unified power system")
