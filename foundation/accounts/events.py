"""Facts of accounts, each on the stream of the person it is about."""

from datetime import datetime
from typing import Any
from uuid import UUID

from foundation.journal.models import Fact
from foundation.journal.services import record

SIGNED_IN = "account.signed_in"
REGISTERED = "account.registered"
UPDATED = "account.updated"
PASSWORD_LINK_ASKED = "account.password_link_asked"  # noqa: S105 -- the name of a fact
EMAIL_CHANGED = "account.email_changed"
EMAIL_CONFIRMED = "account.email_confirmed"
REPRESENTATION_OPENED = "representation.opened"
POWER_GRANTED = "power.granted"
POWER_REVOKED = "power.revoked"
TOTP_ENABLED = "totp.enabled"
TOTP_RESET = "totp.reset"
ROLE_GRANTED = "role.granted"
ROLE_ENDED = "role.ended"


def stream_of(person_id: UUID) -> str:
    """The journal stream of a person's account."""
    return f"account:{person_id}"


def tell(
    kind: str,
    *,
    about: UUID,
    at: datetime,
    by: UUID | None = None,
    subject: UUID | None = None,
    payload: dict[str, Any] | None = None,
) -> Fact:
    """One fact about a person's account; ids, codes, dates and hashes only."""
    return record(
        kind=kind,
        stream=stream_of(about),
        at=at,
        actor_id=by or about,
        subject_id=subject or about,
        payload=payload,
    )
