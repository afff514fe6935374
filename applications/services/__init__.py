"""The only writers of applications: one function per legal act (process.md)."""

from applications.services.acting import act_on, load, request_signature
from applications.services.completeness import accept, assign, refuse_further, review_by_lapse
from applications.services.decision import (
    open_signing,
    prepare_discontinuance,
    prepare_issue,
    prepare_refusal,
    sign,
    withdraw,
)
from applications.services.drafting import (
    add_evidence,
    confirm,
    create_draft,
    discard_draft,
    record_finding,
    remove_evidence,
    save_draft,
)
from applications.services.fee import look_up_payment
from applications.services.fee_reminders import remind_of_fees
from applications.services.filing import register_due, submit
from applications.services.hearing import (
    agree_late_notice,
    answer_hearing,
    notify_hearing,
    postpone_hearing,
    record_hearing,
    request_oral,
    sign_protocol,
    waive_hearing,
)
from applications.services.reconsidering import (
    attach_scan,
    cancel_refusal,
    confirm_court_act,
    record_court_act,
)
from applications.services.recusal import ask_recusal, decide_recusal
from applications.services.redrafting import begin_anew, begin_draft, change_evidence, copy_draft
from applications.services.registers import Prefilled, ask_consent, prefill
from applications.services.sending_back import send_back

__all__ = [
    "Prefilled",
    "accept",
    "act_on",
    "add_evidence",
    "agree_late_notice",
    "answer_hearing",
    "ask_consent",
    "ask_recusal",
    "assign",
    "attach_scan",
    "begin_anew",
    "begin_draft",
    "cancel_refusal",
    "change_evidence",
    "confirm",
    "confirm_court_act",
    "copy_draft",
    "create_draft",
    "decide_recusal",
    "discard_draft",
    "load",
    "look_up_payment",
    "notify_hearing",
    "open_signing",
    "postpone_hearing",
    "prefill",
    "prepare_discontinuance",
    "prepare_issue",
    "prepare_refusal",
    "record_court_act",
    "record_finding",
    "record_hearing",
    "refuse_further",
    "register_due",
    "remind_of_fees",
    "remove_evidence",
    "request_oral",
    "request_signature",
    "review_by_lapse",
    "save_draft",
    "send_back",
    "sign",
    "sign_protocol",
    "submit",
    "waive_hearing",
    "withdraw",
]
