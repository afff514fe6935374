"""The closed list of answers of a signature check (contract A.2): text, HTTP status, worth trying again."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Code(StrEnum):
    OK = "OK"
    MALFORMED = "MALFORMED"
    TOO_LARGE = "TOO_LARGE"
    NO_SIGNER = "NO_SIGNER"
    TOO_MANY_SIGNERS = "TOO_MANY_SIGNERS"
    NO_SIGNER_CERT = "NO_SIGNER_CERT"
    NO_SIGNED_ATTRS = "NO_SIGNED_ATTRS"
    NO_CONTENT = "NO_CONTENT"
    CONTENT_MISMATCH = "CONTENT_MISMATCH"
    DIGEST_MISMATCH = "DIGEST_MISMATCH"
    SIGNATURE_INVALID = "SIGNATURE_INVALID"
    ALGORITHM_NOT_ALLOWED = "ALGORITHM_NOT_ALLOWED"
    CERT_EXPIRED = "CERT_EXPIRED"
    CERT_NOT_YET_VALID = "CERT_NOT_YET_VALID"
    CERT_REVOKED = "CERT_REVOKED"
    CHAIN_UNTRUSTED = "CHAIN_UNTRUSTED"
    CHAIN_TOO_LONG = "CHAIN_TOO_LONG"
    REVOCATION_UNKNOWN = "REVOCATION_UNKNOWN"
    WRONG_KEY_USAGE = "WRONG_KEY_USAGE"
    PROFILE_MISMATCH = "PROFILE_MISMATCH"
    NO_IIN = "NO_IIN"
    SIGNER_MISMATCH = "SIGNER_MISMATCH"
    CHALLENGE_EXPIRED = "CHALLENGE_EXPIRED"
    CHALLENGE_USED = "CHALLENGE_USED"
    BACKEND_UNAVAILABLE = "BACKEND_UNAVAILABLE"
    BACKEND_BAD_RESPONSE = "BACKEND_BAD_RESPONSE"
    BACKEND_DISAGREES = "BACKEND_DISAGREES"


@dataclass(frozen=True, slots=True)
class _Meaning:
    http_status: int
    retryable: bool
    message: Promise


def _no(http_status: int, message: Promise) -> _Meaning:
    return _Meaning(http_status, retryable=False, message=message)


def _again(http_status: int, message: Promise) -> _Meaning:
    return _Meaning(http_status, retryable=True, message=message)


_MEANINGS: dict[Code, _Meaning] = {
    Code.OK: _no(200, _("The signature is valid.")),
    Code.MALFORMED: _no(422, _("The signature cannot be read. Sign again with NCALayer.")),
    Code.TOO_LARGE: _no(
        413, _("The signature is larger than allowed. Sign without attaching the document to it.")
    ),
    Code.NO_SIGNER: _no(422, _("The signature names no signer. Sign again with NCALayer.")),
    Code.TOO_MANY_SIGNERS: _no(422, _("Exactly one signature is expected here. Sign once, with one key.")),
    Code.NO_SIGNER_CERT: _no(
        422, _("The signature does not contain the signer's certificate. Sign again with NCALayer.")
    ),
    Code.NO_SIGNED_ATTRS: _no(
        422,
        _("The signature lacks its signed attributes. Sign again with NCALayer."),
    ),
    Code.NO_CONTENT: _no(
        422, _("There is nothing to check the signature against. Open the page again and sign.")
    ),
    Code.CONTENT_MISMATCH: _no(
        422, _("Another document is attached to the signature. Sign the document that the portal shows.")
    ),
    Code.DIGEST_MISMATCH: _no(
        422, _("The signature was made over another document. Sign the document that the portal shows.")
    ),
    Code.SIGNATURE_INVALID: _no(422, _("The signature is not genuine or was damaged. Sign again.")),
    Code.ALGORITHM_NOT_ALLOWED: _no(
        422,
        _("The key or the algorithm is not accepted. Sign with a current key of the NCA RK."),
    ),
    Code.CERT_EXPIRED: _no(422, _("The certificate has expired. Sign with a valid key.")),
    Code.CERT_NOT_YET_VALID: _no(422, _("The certificate is not valid yet. Sign with a valid key.")),
    Code.CERT_REVOKED: _no(422, _("The certificate was revoked. Get a new key and sign with it.")),
    Code.CHAIN_UNTRUSTED: _no(
        422,
        _("The certificate was issued by an untrusted authority. Sign with a key of the NCA RK."),
    ),
    Code.CHAIN_TOO_LONG: _no(
        422, _("The chain of certificates is longer than allowed. Sign with a key of the NCA RK.")
    ),
    Code.REVOCATION_UNKNOWN: _again(
        503,
        _("Revocation of the certificate cannot be checked now. Nothing is lost: try again shortly."),
    ),
    Code.WRONG_KEY_USAGE: _no(
        422,
        _("Wrong key: sign documents with the signing key, sign in with the sign-in (AUTH) key."),
    ),
    Code.PROFILE_MISMATCH: _no(
        422, _("The certificate contradicts the profile of the NCA RK: its role and its BIN do not agree.")
    ),
    Code.NO_IIN: _no(422, _("The certificate holds no IIN. Sign with a personal key of the NCA RK.")),
    Code.SIGNER_MISMATCH: _no(
        403,
        _("The certificate is of another person, organisation or role. Choose the right key."),
    ),
    Code.CHALLENGE_EXPIRED: _no(
        409, _("The time for signing is over. Open the document again and sign it anew.")
    ),
    Code.CHALLENGE_USED: _no(409, _("This request was already signed. Open the document again.")),
    Code.BACKEND_UNAVAILABLE: _again(
        503, _("The signature check does not answer. Nothing is lost: try again shortly.")
    ),
    Code.BACKEND_BAD_RESPONSE: _again(
        503, _("The signature check answered unclearly. Nothing is lost: try again shortly.")
    ),
    Code.BACKEND_DISAGREES: _no(
        503,
        _("Two checks of the signature disagree; it was not accepted. Tell the help desk."),
    ),
}


def message_for(code: str) -> Promise:
    """What the person reads: what happened and what to do, in their language."""
    return _MEANINGS[Code(code)].message


def http_status_for(code: str) -> int:
    return _MEANINGS[Code(code)].http_status


def is_retryable(code: str) -> bool:
    return _MEANINGS[Code(code)].retryable
