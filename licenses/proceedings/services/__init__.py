"""The only writers of proceedings: one function per legal act (process.md, Licence and annexes)."""

from licenses.proceedings.services.acting import load, request_signature
from licenses.proceedings.services.court import file_suit, open_suit, record_court_act
from licenses.proceedings.services.deciding import (
    confirm_court_act,
    open_signing,
    prepare,
    prepare_refusal,
    send_back,
    sign,
)
from licenses.proceedings.services.ending import drop, void_open, withdraw
from licenses.proceedings.services.filing import register_due, submit
from licenses.proceedings.services.hearing import (
    agree_late_notice,
    answer_hearing,
    notify_hearing,
    postpone_hearing,
    record_hearing,
    request_oral,
    sign_protocol,
    waive_hearing,
)
from licenses.proceedings.services.officers import ask_recusal, assign, decide_recusal
from licenses.proceedings.services.opening import add_file, begin, discard
from licenses.proceedings.services.watching import note_ended_suspensions

__all__ = [
    "add_file",
    "agree_late_notice",
    "answer_hearing",
    "ask_recusal",
    "assign",
    "begin",
    "confirm_court_act",
    "decide_recusal",
    "discard",
    "drop",
    "file_suit",
    "load",
    "note_ended_suspensions",
    "notify_hearing",
    "open_signing",
    "open_suit",
    "postpone_hearing",
    "prepare",
    "prepare_refusal",
    "record_court_act",
    "record_hearing",
    "register_due",
    "request_oral",
    "request_signature",
    "send_back",
    "sign",
    "sign_protocol",
    "submit",
    "void_open",
    "waive_hearing",
    "withdraw",
]
