"""ЭЦП: the signature check of the portal (integrations.md, part A). Bytes and a moment in, an answer out."""

from foundation.egov.eds.backends import get_verifier
from foundation.egov.eds.browser import browser_request, signing_methods
from foundation.egov.eds.codes import Code, http_status_for, is_retryable, message_for
from foundation.egov.eds.interface import (
    CrlEvidence,
    CrlProvider,
    Expect,
    LoadedCrl,
    Purpose,
    SignatureVerifier,
    SignerInfo,
    VerificationResult,
)

__all__ = [
    "Code",
    "CrlEvidence",
    "CrlProvider",
    "Expect",
    "LoadedCrl",
    "Purpose",
    "SignatureVerifier",
    "SignerInfo",
    "VerificationResult",
    "browser_request",
    "get_verifier",
    "http_status_for",
    "is_retryable",
    "message_for",
    "signing_methods",
]
