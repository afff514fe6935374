"""Kinds of facts on a complaint's stream; payloads hold ids, codes and dates only. And how people read each kind."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DRAFTED = "complaint.drafted"  # about, act
SUBMITTED = "complaint.submitted"  # act
REGISTERED = "complaint.registered"  # registered_on
ASSIGNED = "complaint.assigned"  # executor
RECUSAL_ASKED = "complaint.recusal_asked"
RECUSAL_DECIDED = "complaint.recusal_decided"
PREPARED = "complaint.prepared"  # act, what
SENT_BACK = "complaint.sent_back"
OPENED = "complaint.opened_for_signature"
SATISFIED = "complaint.satisfied"  # act, cancelled
FORWARDED = "complaint.forwarded"  # act, body
EXTENDED = "complaint.extended"  # until
HEARING_NOTIFIED = "complaint.hearing_notified"
ORAL_REQUESTED = "complaint.oral_requested"
HEARING_WAIVED = "complaint.hearing_waived"
HEARING_ANSWERED = "complaint.hearing_answered"
HEARING_POSTPONED = "complaint.hearing_postponed"
PROTOCOL_SIGNED = "complaint.protocol_signed"
HEARING_RECORDED = "complaint.hearing_recorded"
DECIDED = "complaint.decided"  # act, outcome
OUTCOME_RECORDED = "complaint.outcome_recorded"  # outcome
LEFT = "complaint.left"  # act, reason
WITHDRAWN = "complaint.withdrawn"  # act

# facts whose act's documents are sealed and published after commit
SIGNED_ACTS = (SUBMITTED, SATISFIED, FORWARDED, HEARING_NOTIFIED, HEARING_ANSWERED, PROTOCOL_SIGNED, DECIDED, LEFT, WITHDRAWN)  # fmt: skip

_LABELS: dict[str, Promise] = {
    DRAFTED: _("complaint begun"),
    SUBMITTED: _("complaint filed"),
    REGISTERED: _("complaint registered"),
    ASSIGNED: _("complaint assigned"),
    RECUSAL_ASKED: _("recusal asked for"),
    RECUSAL_DECIDED: _("recusal decided"),
    PREPARED: _("decision on the complaint prepared"),
    SENT_BACK: _("decision on the complaint sent back"),
    OPENED: _("decision on the complaint opened for signature"),
    SATISFIED: _("complaint satisfied by the provider"),
    FORWARDED: _("complaint forwarded with the case"),
    EXTENDED: _("term of the complaint extended"),
    HEARING_NOTIFIED: _("both sides notified of the hearing"),
    ORAL_REQUESTED: _("oral hearing asked for"),
    HEARING_WAIVED: _("hearing waived"),
    HEARING_ANSWERED: _("objections handed in"),
    HEARING_POSTPONED: _("time of the hearing set"),
    PROTOCOL_SIGNED: _("protocol of the hearing signed"),
    HEARING_RECORDED: _("hearing recorded"),
    DECIDED: _("complaint decided"),
    OUTCOME_RECORDED: _("outcome recorded"),
    LEFT: _("complaint left without consideration"),
    WITHDRAWN: _("complaint withdrawn"),
    "term.breached": _("term broken"),
    "term.explained": _("a breach explained by the executor"),
    "term.elapsed": _("term over"),
    "term.due": _("term due"),
    "file.opened": _("file opened by an officer"),
    "documents.certified": _("documents sealed"),
    "document.published": _("document published"),
    "notice.sent": _("people told"),
    "bundle.taken": _("the whole case taken as a bundle"),
}


def label(kind: str) -> Promise | str:
    """What people read for a kind of fact."""
    return _LABELS.get(kind, kind)
