"""The check without a network or a database: a QR code by the published keys, its state by the signed status list.

What is read are the files that `verification-keys/` and `status-list/` gave at some earlier moment; the answer is as old
as the list. The page `/check/offline/` does the same in the reader's own browser.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from casework.documents.qr import QrClaim, QrForged, QrUnreadable, read_payload
from foundation.kernel.refusals import BadInput
from licenses.rules.answers import Answer
from licenses.selectors.published import STATUS_SCHEMA


@dataclass(frozen=True, slots=True)
class OfflineResult:
    """`answer` None: genuine, but its state is not in the list; `day` is the list's."""

    answer: Answer | None
    claim: QrClaim | None = None
    day: date | None = None
    until: date | None = None
    superseded_by: int | None = None


class Published:
    """Keys, and a status list if there is one, as they were loaded; a list that the keys did not sign is refused."""

    def __init__(self, keys: bytes, status_list: bytes | None = None) -> None:
        self._keys = _keys(_json(keys))
        self.day: date | None = None
        self._entries: dict[str, dict[str, Any]] = {}
        if status_list is not None:
            self._read(_json(status_list))

    def check(self, payload: str) -> OfflineResult:
        """Genuine or not, and what the list says of the document."""
        try:
            claim = read_payload(payload, self._qr_signed)
        except QrForged:
            return OfflineResult(Answer.NOT_GENUINE)
        except QrUnreadable:
            return OfflineResult(Answer.UNKNOWN)
        if self.day is None:
            return OfflineResult(None, claim)
        entry = self._entries.get(claim.qr_id)
        if entry is None:  # a document later than the list cannot be in it
            later = claim.document_date >= self.day
            return OfflineResult(None if later else Answer.NEVER_ISSUED, claim, self.day)
        return OfflineResult(
            Answer(entry["answer"]),
            claim,
            self.day,
            date.fromisoformat(entry["until"]) if "until" in entry else None,
            entry.get("superseded_by"),
        )

    def _qr_signed(self, key_id: str, signature: bytes, data: bytes) -> bool:
        return self._signed("qr", key_id, signature, data)

    def _signed(self, purpose: str, key_id: str, signature: bytes, data: bytes) -> bool:
        key = self._keys.get((purpose, key_id))
        if key is None:
            return False
        try:
            key.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def _read(self, said: Any) -> None:
        try:
            signed = said["status_list"]
            content = _bytes(signed["content"])
            if not self._signed("anchor", signed["key_id"], _bytes(signed["signature"]), content):
                raise BadInput(
                    _("The status list was not signed by the authority's keys, or it was changed."),
                    code="STATUS_LIST_FORGED",
                )
            found = json.loads(content)
            if found["schema"] != STATUS_SCHEMA:
                raise _unreadable()
            self.day = date.fromisoformat(found["date"])
            self._entries = {entry["id"]: entry for entry in found["documents"]}
        except (KeyError, TypeError, ValueError) as error:
            raise _unreadable() from error


def _keys(said: Any) -> dict[tuple[str, str], Ed25519PublicKey]:
    try:
        return {
            (key["purpose"], key["key_id"]): Ed25519PublicKey.from_public_bytes(_bytes(key["public_key"]))
            for key in said["keys"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error


def _unreadable() -> BadInput:
    return BadInput(
        _("This is no file of keys or status list of this portal."),
        advice=_("Load both again from the page of open data."),
        code="PUBLISHED_UNREADABLE",
    )
