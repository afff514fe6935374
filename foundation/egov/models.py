"""Every question to a state register, the answers kept for a day, and the consents people were asked for (part B)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.journal.models import append_only


class Register(models.TextChoices):
    """Which register was asked."""

    PERSONS = "persons", _("register of persons")
    ENTITIES = "entities", _("register of legal entities")
    PAYMENTS = "payments", _("register of payments")
    CONSENTS = "consents", _("consent to personal data")


class Lookup(models.Model):
    """The audit of one look-up: who asked, about whom, why, and what came; never the answer itself."""

    register = models.CharField(max_length=10, choices=Register.choices)
    subject_hash = models.CharField(max_length=64, help_text="keyed hash of the IIN or BIN")
    subject_masked = models.CharField(max_length=12)
    asked_by = models.CharField(
        max_length=40, help_text="as told to the gateway: id of the person, or system"
    )
    application = models.CharField(max_length=60, help_text="number of the draft it was asked for")
    legal_basis = models.CharField(max_length=100)
    request_id = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=30, help_text="found, not_found, or the code of the failure")
    kept = models.BooleanField(default=False, help_text="answered by what the register said within 24 hours")
    at = models.DateTimeField(help_text="legal time")
    recorded_at = models.DateTimeField(help_text="machine time")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_hash", "-id"], name="egov_lookup_subject")]
        triggers: ClassVar = append_only("lookup")

    def __str__(self) -> str:
        return f"{self.register} {self.subject_masked}: {self.outcome}"


class KeptAnswer(models.Model):
    """What a register answered, for the same purpose within 24 hours; swept afterwards."""

    register = models.CharField(max_length=10, choices=Register.choices)
    subject_hash = models.CharField(max_length=64)
    application = models.CharField(max_length=60)
    legal_basis = models.CharField(max_length=100)
    request_id = models.CharField(max_length=64)
    content = models.BinaryField(help_text="the answer in canonical JSON")
    asked_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "subject_hash", "application", "legal_basis"],
                name="egov_one_kept_answer_per_purpose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} for {self.application}"


class AskedConsent(models.Model):
    """A person's consent that was asked for through the gateway; its token is fetched when used, never stored."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for the person's answer")
        GRANTED = "granted", _("given")
        REFUSED = "refused", _("refused")
        EXPIRED = "expired", _("expired")

    consent_id = models.CharField(max_length=64, unique=True)
    subject_hash = models.CharField(max_length=64)
    application = models.CharField(max_length=60)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PENDING)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_hash", "application", "-id"], name="egov_consent_subject")
        ]

    def __str__(self) -> str:
        return f"{self.consent_id}: {self.status}"
