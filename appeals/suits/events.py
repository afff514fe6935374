"""Kinds of facts on a suit's stream; payloads hold ids, codes and dates only. And how people read each kind."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECORDED = "suit.recorded"  # about, act, number, registered_on
ASSIGNED = "suit.assigned"  # executor
RECUSAL_ASKED = "suit.recusal_asked"
RECUSAL_DECIDED = "suit.recusal_decided"
PREPARED = "suit.prepared"  # act, what
SENT_BACK = "suit.sent_back"
OPENED = "suit.opened_for_signature"
POSITION_GIVEN = "suit.position_given"  # act
ANSWERED = "suit.answered"  # act
DECIDED = "suit.decided"  # act, outcome, cancelled, in_force_on

# facts whose act's documents are sealed and published after commit
SIGNED_ACTS = (POSITION_GIVEN, ANSWERED, DECIDED)

_LABELS: dict[str, Promise] = {
    RECORDED: _("suit recorded"),
    ASSIGNED: _("suit assigned"),
    RECUSAL_ASKED: _("recusal asked for"),
    RECUSAL_DECIDED: _("recusal decided"),
    PREPARED: _("paper on the suit prepared"),
    SENT_BACK: _("paper on the suit sent back"),
    OPENED: _("paper on the suit opened for signature"),
    POSITION_GIVEN: _("reasoned position of the superior body's head signed"),
    ANSWERED: _("response to the suit signed"),
    DECIDED: _("court act recorded"),
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
