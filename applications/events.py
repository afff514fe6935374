"""Kinds of facts on a case's stream; payloads hold ids, codes and dates only."""

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
ISSUED = "application.issued"  # act, licence
REFUSED = "application.refused"  # act
DISCONTINUED = "application.discontinued"  # act
WITHDRAWN = "application.withdrawn"  # act

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
)
ENDINGS = (RETURNED, REFUSED, DISCONTINUED, WITHDRAWN)
