"""Reads of messages."""

from uuid import UUID

from django.db.models import QuerySet

from casework.notices.models import Notice
from foundation.accounts.models import Person


def notices_of(person: Person) -> QuerySet[Notice]:
    """A person's messages, newest first."""
    return (
        Notice.objects.filter(person=person).select_related("message__case").order_by("-in_cabinet_at", "-pk")
    )


def unread_count(person: Person) -> int:
    """How many messages the person has not opened."""
    return Notice.objects.filter(person=person, read_at=None).count()


def notices_of_case(case_id: UUID) -> QuerySet[Notice]:
    """All messages of a case with their proof of delivery."""
    return (
        Notice.objects.filter(message__case_id=case_id)
        .select_related("message", "person")
        .order_by("in_cabinet_at")
    )
