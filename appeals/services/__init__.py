"""The only writers of complaints: one function per legal act (process.md, Complaints)."""

from appeals.services.acting import load, request_signature
from appeals.services.consideration import extend, leave, prepare_decision, record_outcome
from appeals.services.decision import open_signing, send_back, sign
from appeals.services.drafting import add_file, create_draft, discard_draft, remove_file, save_draft
from appeals.services.filing import register_due, submit, withdraw
from appeals.services.hearing import (
    answer_hearing,
    notify_hearing,
    postpone_hearing,
    record_hearing,
    request_oral,
    sign_protocol,
    waive_hearing,
)
from appeals.services.officers import ask_recusal, assign, decide_recusal
from appeals.services.provider import forward, satisfy

__all__ = [
    "add_file",
    "answer_hearing",
    "ask_recusal",
    "assign",
    "create_draft",
    "decide_recusal",
    "discard_draft",
    "extend",
    "forward",
    "leave",
    "load",
    "notify_hearing",
    "open_signing",
    "postpone_hearing",
    "prepare_decision",
    "record_hearing",
    "record_outcome",
    "register_due",
    "remove_file",
    "request_oral",
    "request_signature",
    "satisfy",
    "save_draft",
    "send_back",
    "sign",
    "sign_protocol",
    "submit",
    "waive_hearing",
    "withdraw",
]
