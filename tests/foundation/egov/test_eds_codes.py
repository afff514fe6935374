"""Contract A.2: the closed list of codes, their HTTP statuses, and words for people in three languages."""

import pytest
from django.utils import translation

from foundation.egov.eds import Code, http_status_for, is_retryable, message_for

TABLE = {
    200: {"OK"},
    403: {"SIGNER_MISMATCH"},
    409: {"CHALLENGE_EXPIRED", "CHALLENGE_USED"},
    413: {"TOO_LARGE"},
    422: {
        "MALFORMED",
        "NO_SIGNER",
        "TOO_MANY_SIGNERS",
        "NO_SIGNER_CERT",
        "NO_SIGNED_ATTRS",
        "NO_CONTENT",
        "CONTENT_MISMATCH",
        "DIGEST_MISMATCH",
        "SIGNATURE_INVALID",
        "ALGORITHM_NOT_ALLOWED",
        "CERT_EXPIRED",
        "CERT_NOT_YET_VALID",
        "CERT_REVOKED",
        "CHAIN_UNTRUSTED",
        "CHAIN_TOO_LONG",
        "WRONG_KEY_USAGE",
        "PROFILE_MISMATCH",
        "NO_IIN",
    },
    503: {"REVOCATION_UNKNOWN", "BACKEND_UNAVAILABLE", "BACKEND_BAD_RESPONSE", "BACKEND_DISAGREES"},
}


def test_the_list_is_closed() -> None:
    assert set().union(*TABLE.values()) == {str(code) for code in Code}


def test_http_statuses() -> None:
    assert {
        status: {str(code) for code in Code if http_status_for(code) == status} for status in TABLE
    } == TABLE


def test_worth_trying_again() -> None:
    assert {str(code) for code in Code if is_retryable(code)} == {
        "REVOCATION_UNKNOWN",
        "BACKEND_UNAVAILABLE",
        "BACKEND_BAD_RESPONSE",
    }


def test_unknown_code_is_a_programmers_error() -> None:
    with pytest.raises(ValueError, match="BOGUS"):
        message_for("BOGUS")


@pytest.mark.parametrize("code", list(Code))
def test_words_in_every_language(code: Code) -> None:
    texts = set()
    for language in ("en", "ru", "kk"):
        with translation.override(language):
            texts.add(str(message_for(code)))
    assert len(texts) == 3
