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
NOT_MAILED = "notice.not_mailed"
MAIL_TRIES = 10  # of a server that puts a mail off; the delivery itself would give up after twenty
_PUT_OFF = 4  # the first digit of such an answer
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
    *,
    case: Case | None,
    kind: str,
    dedupe_key: str,
    people: Iterable[Person],
    words: Words,
    at: datetime,
    also_to: str = "",
) -> Message:
    """Put a message into the cabinets and owe the mails; a second call with the same key sends nothing.

    Without a case it is a digest: what several cases have in common, told once a person. `also_to`: the official
    contact address of the case, mailed beside the accounts' own and proved by a row of its own.
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
    rows = [
        Notice(
            message=message,
            person=person,
            in_cabinet_at=at,
            mail_to=person.email,
            mail_state=Notice.Mail.WAITING if person.email else Notice.Mail.NONE,
        )
        for person in told
    ]
    if also_to and also_to.casefold() not in {person.email.casefold() for person in told}:
        rows.append(
            Notice(message=message, in_cabinet_at=at, mail_to=also_to, mail_state=Notice.Mail.WAITING)
        )
    Notice.objects.bulk_create(rows)
    record(
        kind=SENT,
        stream=case.stream if case else DIGESTS,
        at=at,
        subject_id=case.pk if case else None,
        payload={"kind": kind, "message": str(message.pk), "people": [str(person.pk) for person in told]},
    )
    return message


def mail(message_id: str, *, at: datetime) -> int:
    """Send the mails of a message that still wait; raises OSError where one has to be tried again.

    An address that is refused for good stops nobody else, nor does one that is put off (4xx); the executor hears of
    a mail that could not be sent.
    """
    waiting = Notice.objects.filter(message_id=message_id, mail_state=Notice.Mail.WAITING)
    first = waiting.order_by("in_cabinet_at").values_list("in_cabinet_at", flat=True).first()
    if first is not None and first > at:
        raise NotYet(first - at)
    sent, put_off = 0, None
    for notice in waiting.select_related("message__case__executor", "person"):
        try:
            _letter(notice).send()
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            if _keep_refusal(notice, error, at):
                put_off = error
            continue
        Notice.objects.filter(pk=notice.pk).update(mail_state=Notice.Mail.SENT, mailed_at=machine_now())
        sent += 1
    if put_off is not None:
        raise put_off
    return sent


def _letter(notice: Notice) -> EmailMessage:
    """In the person's language; to the official contact address in both."""
    message = notice.message
    languages = (notice.person.language,) if notice.person is not None else ("kk", "ru")
    subject = " / ".join(message.subject(language) for language in languages)
    body = "\n\n".join(message.text(language) for language in languages)
    return EmailMessage(
        subject=f"{message.case}: {subject}" if message.case else subject[:1].upper() + subject[1:],
        body=f"{body}\n\n{settings.PUBLIC_URL}/cabinet/\n",
        to=[notice.mail_to],
        headers={"Message-ID": f"<{notice.message_id}.{notice.pk}@licensing-portal>"},
    )


def _keep_refusal(notice: Notice, error: smtplib.SMTPException, at: datetime) -> bool:
    """Whether the server only put it off (4xx); for good, or put off too often, it is kept as failed."""
    tries = notice.mail_tries + 1
    later = all(code // 100 == _PUT_OFF for code in _codes(error)) and tries < MAIL_TRIES
    Notice.objects.filter(pk=notice.pk).update(
        mail_tries=tries,
        mail_error=str(error)[:300],
        mail_state=Notice.Mail.WAITING if later else Notice.Mail.FAILED,
    )
    if not later:
        _tell_executor(notice, at)
    return later


def _codes(error: smtplib.SMTPException) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _said in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _tell_executor(notice: Notice, at: datetime) -> None:
    """Whether a notice came decides whether a hearing was lawful (APPC 73(1)): the executor looks for another way."""
    case = notice.message.case
    if case is None or case.executor is None or case.executor == notice.person:
        return
    send(
        case=case,
        kind=NOT_MAILED,
        dedupe_key=f"not-mailed:{notice.pk}",
        people=[case.executor],
        words=Words(
            "хабарлама поштамен жетпеді",
            "сообщение по почте не доставлено",
            f"«{notice.message.subject_kk}» хабарламасы {notice.mail_to} мекенжайына жетпеді. Жеке кабинетте ол бар; хабардар "
            "еткенін іс бетінен тексеріңіз, қажет болса басқа байланыспен хабарлаңыз (ӘРПК 73-бабының 1-тармағы).",
            f"Сообщение «{notice.message.subject_ru}» не доставлено на {notice.mail_to}. В кабинете оно есть; проверьте "
            "уведомление на странице дела, при необходимости сообщите другим способом (пункт 1 статьи 73 АППК).",
        ),
        at=at,
    )


def mark_read(*, person: Person, notice_id: int, at: datetime) -> None:
    """The person opened the message in the cabinet; the first time counts."""
    Notice.objects.filter(pk=notice_id, person=person, read_at=None).update(read_at=at)
