"""The QR code of a document: a signed claim that proves who made the paper, without a network.

The code is the address of the public check with one parameter, `d=<claim>.<signature>`, both base64url without
padding. The claim is a JSON array: [version, key id, document id, kind's mark, number, edition, date as YYYYMMDD];
the signature is Ed25519 by the authority's published key over `portal-qr-1` + NUL + the claim's bytes. The document
id is random and opaque, never used twice; no IIN and no name is inside.
"""

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

import segno
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import BY_MARK, KINDS
from foundation.kernel import keys
from foundation.kernel.refusals import BadInput

VERSION = 1
MAX_CHARS = 2000
_DOMAIN = b"portal-qr-1\0"
_ID_BYTES = 16


Verifies: TypeAlias = Callable[[str, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class QrClaim:
    """What a genuine QR code says: which document it was printed on. The state of the licence is not in it."""

    key_id: str
    qr_id: str
    kind: str
    number: str
    edition: int
    document_date: date


class QrUnreadable(BadInput):
    """Not a code of this portal."""

    code = "QR_UNREADABLE"


class QrForged(BadInput):
    """A code in our form that our keys did not sign."""

    code = "QR_FORGED"


def new_qr_id() -> str:
    """A fresh opaque id of 128 random bits, 22 characters."""
    return _to_text(secrets.token_bytes(_ID_BYTES))


def signed_payload(*, qr_id: str, kind: str, number: str, edition: int, document_date: date) -> str:
    """The full address that the QR code holds, signed by the newest QR key."""
    key_id, key = keys.current_key("qr")
    claim = json.dumps(
        [VERSION, key_id, qr_id, KINDS[kind].mark, number, edition, document_date.strftime("%Y%m%d")],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    return f"{check_address()}?d={_to_text(claim)}.{_to_text(key.sign(_DOMAIN + claim))}"


def check_address() -> str:
    """The public check, as documents print it."""
    return f"{settings.PUBLIC_URL}/check/"


def read_payload(text: str, verifies: Verifies | None = None) -> QrClaim:
    """The claim of a scanned code (the whole address or `d` alone); raises QrUnreadable or QrForged.

    `verifies`: whether a named key of the QR codes signed the bytes; by our own key files when left out.
    """
    claim, signature = _parts(text.strip())
    fields = _fields(claim)
    if not (verifies or _by_own_keys)(fields.key_id, signature, _DOMAIN + claim):
        raise QrForged(
            _("This code was not made by the authority."),
            advice=_("Do not rely on the paper; look the licence up in the register by its number."),
        )
    return fields


def svg(payload: str) -> bytes:
    """The code as a picture, of the smallest size that still survives a stain (error level M)."""
    return segno.make(payload, error="m", micro=False).svg_inline(border=4, omitsize=True).encode()


def _by_own_keys(key_id: str, signature: bytes, data: bytes) -> bool:
    return keys.verifies("qr", key_id, signature, data)


def _parts(text: str) -> tuple[bytes, bytes]:
    if len(text) > MAX_CHARS:
        raise _unreadable()
    if "?" in text:
        text = parse_qs(urlsplit(text).query).get("d", [""])[0]
    claim, dot, signature = text.partition(".")
    if not dot:
        raise _unreadable()
    return _to_bytes(claim), _to_bytes(signature)


def _fields(claim: bytes) -> QrClaim:
    try:
        values: Any = json.loads(claim)
        version, key_id, qr_id, mark, number, edition, day = values
        known = version == VERSION and isinstance(edition, int)
        texts = all(isinstance(value, str) for value in (key_id, qr_id, mark, number, day))
        if not (known and texts):
            raise _unreadable()
        return QrClaim(
            key_id=key_id,
            qr_id=qr_id,
            kind=BY_MARK[mark].code,
            number=number,
            edition=edition,
            document_date=datetime.strptime(day, "%Y%m%d").date(),  # noqa: DTZ007 -- a date has no zone
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unreadable() from error


def _unreadable() -> QrUnreadable:
    return QrUnreadable(
        _("This is not a code of a document of this portal."),
        advice=_("Scan the code again, or look the licence up in the register by its number."),
    )


def _to_text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _to_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise _unreadable() from error
