"""Messages to people: one row a message, one delivery a person and channel, with proof of delivery."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case


class Message(models.Model):
    """What is told: subject and text in both languages of the state, and why by which paragraph."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        null=True,
        related_name="messages",
        help_text="none: a digest of many cases",
    )
    kind = models.CharField(max_length=60)
    dedupe_key = models.CharField(
        max_length=120, unique=True, help_text="the same message is never sent twice"
    )
    subject_kk = models.CharField(max_length=300)
    subject_ru = models.CharField(max_length=300)
    text_kk = models.TextField()
    text_ru = models.TextField()
    sent_at = models.DateTimeField(help_text="legal time")

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"

    def subject(self, language: str) -> str:
        return self.subject_kk if language == "kk" else self.subject_ru

    def text(self, language: str) -> str:
        return self.text_kk if language == "kk" else self.text_ru


class Notice(models.Model):
    """One message for one person: seen in the cabinet, sent by mail; each moment is kept as proof.

    Without a person it is the mail to the official contact address of an application (Annex 1, confirmation 1).
    """

    class Mail(models.TextChoices):
        NONE = "none", _("no mail address")
        WAITING = "waiting", _("waiting to be sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("could not be sent")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="notices"
    )
    in_cabinet_at = models.DateTimeField(help_text="legal time of delivery to the cabinet")
    read_at = models.DateTimeField(null=True)
    mail_state = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)
    mail_to = models.EmailField(blank=True)
    mailed_at = models.DateTimeField(null=True, help_text="machine time of acceptance by the mail server")
    mail_error = models.CharField(max_length=300, blank=True)
    mail_tries = models.PositiveSmallIntegerField(
        default=0, help_text="how often the server put it off (4xx)"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "person"], name="notices_once_a_person"),
            models.CheckConstraint(
                condition=~Q(mail_state="sent") | Q(mailed_at__isnull=False), name="notices_sent_is_dated"
            ),
            models.UniqueConstraint(
                fields=["message", "mail_to"], condition=Q(person=None), name="notices_once_an_address"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(mail_to=""), name="notices_to_whom"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-in_cabinet_at"], name="notices_person"),
            models.Index(fields=["id"], condition=Q(mail_state="waiting"), name="notices_to_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} to {self.person_id or self.mail_to}"

    @property
    def addressee(self) -> str:
        """To whom, as pages show it."""
        return self.person.full_name if self.person is not None else str(_("official contact address"))
