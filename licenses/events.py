"""Facts of the register's streams (`licence:<id>`)."""

ISSUED = "licence.issued"
IMPORTED = "licence.imported"  # number, party, sub_kind, status: issued before this portal
ANNEXES_ADDED = "licence.annexes_added"
REISSUED = "licence.reissued"
CORRECTED = "licence.corrected"  # as a re-issue: errors mended, nothing else (PL 44)
SUSPENDED = "licence.suspended"
RESUMED = "licence.resumed"
TERMINATED = "licence.terminated"
REVOKED = "licence.revoked"
EXPIRED = "licence.expired"
ANNEXES_SUSPENDED = "licence.annexes_suspended"  # annexes
ANNEXES_RESUMED = "licence.annexes_resumed"
ANNEXES_TERMINATED = "licence.annexes_terminated"
ANNEXES_REVOKED = "licence.annexes_revoked"
SUSPENSION_ENDED = (
    "licence.suspension_ended"  # until, basis, annexes: its last day is over and nothing resumed it
)
STAYED = "licence.suspension_stayed"
STAY_ENDED = "licence.suspension_stay_ended"
ANNEXES_STAYED = "licence.annexes_suspension_stayed"
ANNEXES_STAY_ENDED = "licence.annexes_suspension_stay_ended"
REINSTATED = "licence.reinstated"  # order, cancelled_by, status: the order that weighed on it lost its force
ANNEXES_REINSTATED = (
    "licence.annexes_reinstated"  # order, cancelled_by, annexes, suspended: which of them are suspended again
)
BUNDLE_TAKEN = "licence.bundle_taken"
