"""Reads of messages."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from casework.notices.models import Notice
from foundation.accounts.models import Person


def notices_of(person: Person, at: datetime) -> QuerySet[Notice]:
    """A person's messages that are told by now, newest first."""
    return (
        Notice.objects.filter(person=person, in_cabinet_at__lte=at)
        .select_related("message__case")
        .order_by("-in_cabinet_at", "-pk")
    )


def unread_count(person: Person, at: datetime) -> int:
    """How many messages the person has not opened."""
    return Notice.objects.filter(person=person, read_at=None, in_cabinet_at__lte=at).count()


def deliveries_of(case_id: UUID, *kinds: str) -> QuerySet[Notice]:
    """To whom, when and how the messages of these kinds were delivered, the latest message first."""
    rows = Notice.objects.filter(message__case_id=case_id, message__kind__in=kinds)
    return rows.select_related("message", "person").order_by("-message__sent_at", "pk")


def came_to_the_cabinet(case_id: UUID, kind: str, *, since: datetime) -> bool:
    """Whether a message whose kind ends so, sent at that moment or later, lies in anybody's cabinet (APPC 73(1), 83)."""
    rows = Notice.objects.filter(message__case_id=case_id, message__kind__endswith=kind)
    return rows.filter(message__sent_at__gte=since).exists()


def notices_of_case(case_id: UUID) -> QuerySet[Notice]:
    """All messages of a case with their proof of delivery."""
    return (
        Notice.objects.filter(message__case_id=case_id)
        .select_related("message", "person")
        .order_by("in_cabinet_at")
    )
