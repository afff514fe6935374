"""How the audit names whom a question was about: a keyed hash to find it again, a mask to show (integrations.md 4.1)."""

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "foundation.egov.lookup"
_SHOWN = 6


def subject_hash(number: str) -> str:
    """The keyed hash under which look-ups about a number are kept now."""
    return salted_hmac(_SALT, number, algorithm="sha256").hexdigest()


def subject_hashes(number: str) -> list[str]:
    """Under the key of today and under those before it."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, number, secret=key, algorithm="sha256").hexdigest() for key in keys]


def masked(number: str) -> str:
    """`900101******`."""
    return number[:_SHOWN] + "*" * (len(number) - _SHOWN)
