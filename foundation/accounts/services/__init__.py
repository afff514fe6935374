"""The only writers of accounts, one function for each act."""

from foundation.accounts.services.people import (
    ask_password_link,
    change_contacts,
    confirm_email,
    ensure_entrepreneur,
    fill_from_register,
    party_of_register,
    register_officer,
    set_language,
    update_officer,
)
from foundation.accounts.services.powers import grant_power, request_power, revoke_power
from foundation.accounts.services.roles import end_role, grant_role
from foundation.accounts.services.second_factor import (
    begin_totp,
    confirm_totp,
    reset_second_factor,
    verify_totp,
)
from foundation.accounts.services.sign_in import (
    SignedIn,
    ensure_person_by_certificate,
    open_login_challenge,
    record_sign_in,
    sign_in_by_eds,
    sweep_challenges,
)
from foundation.accounts.services.signatures import SignatureRefused, keep_evidence, verified

__all__ = [
    "SignatureRefused",
    "SignedIn",
    "ask_password_link",
    "begin_totp",
    "change_contacts",
    "confirm_email",
    "confirm_totp",
    "end_role",
    "ensure_entrepreneur",
    "ensure_person_by_certificate",
    "fill_from_register",
    "grant_power",
    "grant_role",
    "keep_evidence",
    "open_login_challenge",
    "party_of_register",
    "record_sign_in",
    "register_officer",
    "request_power",
    "reset_second_factor",
    "revoke_power",
    "set_language",
    "sign_in_by_eds",
    "sweep_challenges",
    "update_officer",
    "verified",
    "verify_totp",
]
