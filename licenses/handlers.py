"""What follows a fact of the register after commit. Each may run twice."""

from uuid import UUID

from foundation.journal.models import Fact
from foundation.journal.services import subscribe
from foundation.kernel.clock import almaty
from licenses import events, letters
from licenses.models import Licence
from licenses.selectors import hosted_by
from licenses.statuses import LicenceStatus

_HERE = "licenses.handlers"


def connect() -> None:
    """Tell the journal who wants to know what; called once at start."""
    for kind in letters.HOST_CHANGES:
        subscribe(kind, f"{_HERE}.alert_hosted")


def alert_hosted(fact: Fact) -> None:
    """Annex 11/2(1): the host's licence stopped being in force or changed hands; who stands there is told."""
    if fact.kind == events.REISSUED and not fact.payload.get("succeeded"):
        return
    if fact.kind == events.REINSTATED and fact.payload["status"] != LicenceStatus.ACTIVE:
        return
    host = Licence.objects.get(pk=fact.subject_id or UUID(int=0))
    for hosted in hosted_by(host.number, almaty(fact.at).date()):
        letters.alert_hosted(fact, host, hosted)
