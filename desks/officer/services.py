"""The address under which an officer's own calendar program reads the officer's terms: made, made anew, ended."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from desks.models import CalendarFeed
from foundation.accounts.models import Person
from foundation.journal.services import record

MADE, ENDED = "calendar_feed.made", "calendar_feed.ended"
_SECRET_BYTES = 32


def sha256_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def make_feed(*, person: Person, at: datetime) -> str:
    """A new secret, told this once; the address before it answers no more."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        CalendarFeed.objects.update_or_create(
            person=person, defaults={"secret_sha256": sha256_of(secret), "made_at": at}
        )
        _tell(MADE, person, at)
    return secret


def end_feed(*, person: Person, at: datetime) -> None:
    """The address answers no more; one that is gone is gone."""
    with transaction.atomic():
        gone, _rows = CalendarFeed.objects.filter(person=person).delete()
        if gone:
            _tell(ENDED, person, at)


def _tell(kind: str, person: Person, at: datetime) -> None:
    record(kind=kind, stream=f"account:{person.pk}", at=at, actor_id=person.pk, subject_id=person.pk)
