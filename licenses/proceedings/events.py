"""Kinds of facts on a proceeding's stream; payloads hold ids, codes and dates only. And how people read each kind."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DRAFTED = "proceeding.drafted"  # about: the kind; licence
OPENED = "proceeding.opened"  # about, licence, annexes, registered_on
SUBMITTED = "proceeding.submitted"  # act
REGISTERED = "proceeding.registered"  # registered_on
ASSIGNED = "proceeding.assigned"  # executor
RECUSAL_ASKED = "proceeding.recusal_asked"  # officer, ground
RECUSAL_DECIDED = "proceeding.recusal_decided"  # granted
FILE_ADDED = "proceeding.file_added"  # file
HEARING_NOTIFIED = "proceeding.hearing_notified"  # act, hearing, late
ORAL_REQUESTED = "proceeding.oral_requested"
HEARING_WAIVED = "proceeding.hearing_waived"
HEARING_ANSWERED = "proceeding.hearing_answered"  # act, final
HEARING_POSTPONED = "proceeding.hearing_postponed"
LATE_NOTICE_AGREED = "proceeding.late_notice_agreed"  # act
PROTOCOL_SIGNED = "proceeding.protocol_signed"  # act
HEARING_RECORDED = "proceeding.hearing_recorded"
PREPARED = "proceeding.prepared"  # act, outcome
OPENED_FOR_SIGNATURE = "proceeding.opened_for_signature"  # act
SENT_BACK = "proceeding.sent_back"
DONE = "proceeding.done"  # act, about, annexes, licence
POOL_NOTED = "proceeding.pool_noted"  # about, licence, pool_bin, changed_on, due_on, late, accredited
REFUSED = "proceeding.refused"  # act, about, annexes, licence
WITHDRAWN = "proceeding.withdrawn"  # act
DROPPED = "proceeding.dropped"
VOID = "proceeding.void"  # why: a code

# facts whose act's documents are sealed and published after commit
SIGNED_ACTS = (
    SUBMITTED,
    HEARING_NOTIFIED,
    HEARING_ANSWERED,
    LATE_NOTICE_AGREED,
    PROTOCOL_SIGNED,
    DONE,
    REFUSED,
    WITHDRAWN,
)

_LABELS: dict[str, Promise] = {
    DRAFTED: _("request begun"),
    OPENED: _("proceeding opened"),
    SUBMITTED: _("request filed"),
    REGISTERED: _("registered"),
    ASSIGNED: _("executor assigned"),
    RECUSAL_ASKED: _("recusal asked for"),
    RECUSAL_DECIDED: _("recusal decided"),
    FILE_ADDED: _("file attached"),
    HEARING_NOTIFIED: _("licensee notified of the hearing"),
    ORAL_REQUESTED: _("oral hearing asked for"),
    HEARING_WAIVED: _("hearing waived"),
    HEARING_ANSWERED: _("objections handed in"),
    HEARING_POSTPONED: _("time of the hearing set"),
    LATE_NOTICE_AGREED: _("head agreed to a late notice"),
    PROTOCOL_SIGNED: _("protocol of the hearing signed"),
    HEARING_RECORDED: _("hearing recorded"),
    PREPARED: _("decision prepared"),
    OPENED_FOR_SIGNATURE: _("decision opened for signature"),
    SENT_BACK: _("decision sent back"),
    DONE: _("decision signed"),
    POOL_NOTED: _("changed pool entered in the history of the licence"),
    REFUSED: _("request refused"),
    WITHDRAWN: _("request withdrawn"),
    DROPPED: _("proceeding dropped"),
    VOID: _("proceeding void"),
    "term.breached": _("term broken"),
    "term.explained": _("a breach explained by the executor"),
    "term.missed": _("target of a term missed"),
    "term.elapsed": _("term over"),
    "term.due": _("term due"),
    "file.found_bad": _("file found harmful"),
    "file.opened": _("file opened by an officer"),
    "documents.certified": _("documents sealed"),
    "document.published": _("document published"),
    "notice.sent": _("people told"),
}


def label(kind: str) -> Promise | str:
    """What people read for a kind of fact."""
    return _LABELS.get(kind, kind)
