"""Sending: the cabinet at once, the mail after commit; each message once a person (process.md)."""

import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from casework.cases.models import Case
from casework.notices.models import Message, Notice
from foundation.accounts.models import Person
from foundation.journal.services import NotYet, record
from foundation.kernel.clock import machine_now

SENT = "notice.sent"  # message, people
DIGESTS = "digests"  # the stream of messages that belong to no single case


@dataclass(frozen=True, slots=True)
class Words:
    """A message in both languages."""

    subject_kk: str
    subject_ru: str
    text_kk: str
    text_ru: str


@transaction.atomic
def send(
    *, case: Case | None, kind: str, dedupe_key: str, people: Iterable[Person], words: Words, at: datetime
) -> Message:
    """Put a message into the cabinets and owe the mails; a second call with the same key sends nothing.

    Without a case it is a digest: what several cases have in common, told once a person.
    """
    message, made = Message.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "case": case,
            "kind": kind,
            "subject_kk": words.subject_kk,
            "subject_ru": words.subject_ru,
            "text_kk": words.text_kk,
            "text_ru": words.text_ru,
            "sent_at": at,
        },
    )
    if not made:
        return message
    told = list(people)
    Notice.objects.bulk_create(
        Notice(
            message=message,
            person=person,
            in_cabinet_at=at,
            mail_to=person.email,
            mail_state=Notice.Mail.WAITING if person.email else Notice.Mail.NONE,
        )
        for person in told
    )
    record(
        kind=SENT,
        stream=case.stream if case else DIGESTS,
        at=at,
        subject_id=case.pk if case else None,
        payload={"kind": kind, "message": str(message.pk), "people": [str(person.pk) for person in told]},
    )
    return message


def mail(message_id: str, *, at: datetime) -> int:
    """Send the mails of a message that still wait; raises OSError when the server is down, to be tried again."""
    waiting = Notice.objects.filter(message_id=message_id, mail_state=Notice.Mail.WAITING)
    first = waiting.order_by("in_cabinet_at").values_list("in_cabinet_at", flat=True).first()
    if first is not None and first > at:
        raise NotYet(first - at)
    sent = 0
    for notice in waiting.select_related("message__case", "person"):
        sent += _mail_one(notice)
    return sent


def _mail_one(notice: Notice) -> int:
    language = notice.person.language
    subject = notice.message.subject(language)
    message = EmailMessage(
        subject=f"{notice.message.case}: {subject}"
        if notice.message.case
        else subject[:1].upper() + subject[1:],
        body=f"{notice.message.text(language)}\n\n{settings.PUBLIC_URL}/cabinet/\n",
        to=[notice.mail_to],
        headers={"Message-ID": f"<{notice.message_id}.{notice.pk}@licensing-portal>"},
    )
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        Notice.objects.filter(pk=notice.pk).update(mail_state=Notice.Mail.FAILED, mail_error=str(error)[:300])
        return 0
    Notice.objects.filter(pk=notice.pk).update(mail_state=Notice.Mail.SENT, mailed_at=machine_now())
    return 1


def mark_read(*, person: Person, notice_id: int, at: datetime) -> None:
    """The person opened the message in the cabinet; the first time counts."""
    Notice.objects.filter(pk=notice_id, person=person, read_at=None).update(read_at=at)
