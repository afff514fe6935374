"""The only writers of the register, one function per legal act."""

from licenses.services.bundling import note_licence_bundle_taken
from licenses.services.editions import AnnexText, Change, SignedBy, change_licence
from licenses.services.grant import grant_licence
from licenses.services.importing import Imported, import_licences
from licenses.services.numbers import release_number, reserve_number
from licenses.services.standing import (
    expire_due,
    resume_licence,
    revoke_licence,
    suspend_licence,
    terminate_licence,
)
from licenses.services.staying import end_stay, stay_suspension
from licenses.services.undoing import undo_order

__all__ = [
    "AnnexText",
    "Change",
    "Imported",
    "SignedBy",
    "change_licence",
    "end_stay",
    "expire_due",
    "grant_licence",
    "import_licences",
    "note_licence_bundle_taken",
    "release_number",
    "reserve_number",
    "resume_licence",
    "revoke_licence",
    "stay_suspension",
    "suspend_licence",
    "terminate_licence",
    "undo_order",
]
