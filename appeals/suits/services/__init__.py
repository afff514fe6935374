"""The only writers of suits: one function per legal act (Rules 23)."""

from appeals.suits.services.acting import load, request_signature
from appeals.suits.services.deciding import open_signing, send_back, sign
from appeals.suits.services.officers import ask_recusal, assign, decide_recusal
from appeals.suits.services.preparing import attach_scan, give_position, prepare_response, record_court_act
from appeals.suits.services.recording import record_suit, take_scan

__all__ = [
    "ask_recusal",
    "assign",
    "attach_scan",
    "decide_recusal",
    "give_position",
    "load",
    "open_signing",
    "prepare_response",
    "record_court_act",
    "record_suit",
    "request_signature",
    "send_back",
    "sign",
    "take_scan",
]
