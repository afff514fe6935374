"""Kinds of facts on a case's stream; payloads hold ids, codes and dates only. And how people read each kind."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DRAFTED = "application.drafted"
SUBMITTED = "application.submitted"  # act
REGISTERED = "application.registered"  # registered_on, track
ASSIGNED = "application.assigned"  # executor
RECUSAL_ASKED = "application.recusal_asked"  # officer, ground
RECUSAL_DECIDED = "application.recusal_decided"  # granted
FOUND = "application.finding_recorded"  # evidence, result
ACCEPTED = "application.accepted"
REVIEW_BY_LAPSE = "application.review_by_lapse"  # Rules 7 lapsed
RETURNED = "application.returned"  # act, items
FEE_FOUND = "application.fee_found"  # payment
PREPARED = "application.prepared"  # act, outcome
HEARING_NOTIFIED = "application.hearing_notified"  # act, hearing, late
ORAL_REQUESTED = "application.oral_requested"
HEARING_WAIVED = "application.hearing_waived"
HEARING_ANSWERED = "application.hearing_answered"  # act, final
HEARING_POSTPONED = "application.hearing_postponed"
LATE_NOTICE_AGREED = "application.late_notice_agreed"  # act
PROTOCOL_SIGNED = "application.protocol_signed"  # act
HEARING_RECORDED = "application.hearing_recorded"
OPENED = "application.opened_for_signature"  # act
SENT_BACK = "application.sent_back"  # act
FELL_BACK = "application.fell_back"  # act, condition; by itself
ISSUED = "application.issued"  # act, licence
REFUSED = "application.refused"  # act
DISCONTINUED = "application.discontinued"  # act
WITHDRAWN = "application.withdrawn"  # act
REOPENED = "application.reopened"  # basis, number, cancelled
CANCELLED = "application.refusal_cancelled"  # act
COURT_ACT_RECORDED = "application.court_act_recorded"  # act
ISSUED_ON_COMPLAINT = "application.issued_on_complaint"  # act, licence, cancelled
TARGET_LEFT_FORCE = "application.target_left_force"  # licence; put up for discontinuance

# facts whose act's documents are sealed and published after commit
SIGNED_ACTS = (
    SUBMITTED,
    RETURNED,
    HEARING_NOTIFIED,
    HEARING_ANSWERED,
    LATE_NOTICE_AGREED,
    PROTOCOL_SIGNED,
    ISSUED,
    REFUSED,
    DISCONTINUED,
    WITHDRAWN,
    CANCELLED,
    COURT_ACT_RECORDED,
)
ENDINGS = (RETURNED, REFUSED, DISCONTINUED, WITHDRAWN)

_LABELS: dict[str, Promise] = {
    DRAFTED: _("draft begun"),
    SUBMITTED: _("application filed"),
    REGISTERED: _("registered"),
    ASSIGNED: _("executor assigned"),
    RECUSAL_ASKED: _("recusal asked for"),
    RECUSAL_DECIDED: _("recusal decided"),
    FOUND: _("finding recorded"),
    ACCEPTED: _("package accepted"),
    REVIEW_BY_LAPSE: _("to review by itself: the completeness term is over"),
    RETURNED: _("further consideration refused"),
    FEE_FOUND: _("payment of the fee found"),
    PREPARED: _("decision prepared"),
    HEARING_NOTIFIED: _("applicant notified of the hearing"),
    ORAL_REQUESTED: _("oral hearing asked for"),
    HEARING_WAIVED: _("hearing waived"),
    HEARING_ANSWERED: _("objections handed in"),
    HEARING_POSTPONED: _("time of the hearing set"),
    LATE_NOTICE_AGREED: _("head agreed to a late notice"),
    PROTOCOL_SIGNED: _("protocol of the hearing signed"),
    HEARING_RECORDED: _("hearing recorded"),
    OPENED: _("decision opened for signature"),
    SENT_BACK: _("decision sent back"),
    FELL_BACK: _("decision went back by itself: a condition fell"),
    ISSUED: _("licence issued"),
    REFUSED: _("licence refused"),
    DISCONTINUED: _("consideration discontinued"),
    WITHDRAWN: _("application withdrawn"),
    REOPENED: _("reopened: considered anew"),
    CANCELLED: _("refusal cancelled by the authority"),
    COURT_ACT_RECORDED: _("court act recorded"),
    ISSUED_ON_COMPLAINT: _("licence issued on a complaint"),
    TARGET_LEFT_FORCE: _("the licence left force: put up for discontinuance"),
    "term.breached": _("term broken"),
    "term.explained": _("a breach explained by the executor"),
    "term.missed": _("target of a term missed"),
    "term.elapsed": _("term over"),
    "term.due": _("term due"),
    "term.met": _("term met by the delivery of a message"),
    "file.found_bad": _("file found harmful"),
    "file.opened": _("file opened by an officer"),
    "bundle.taken": _("the whole case taken as a bundle"),
    "documents.certified": _("documents sealed"),
    "document.published": _("document published"),
    "notice.sent": _("people told"),
}


def label(kind: str) -> Promise | str:
    """What people read for a kind of fact."""
    return _LABELS.get(kind, kind)
