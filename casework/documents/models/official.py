"""Documents that go out: what was signed, byte for byte, and what was sealed over it."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from foundation.journal.models import append_only


class DocumentBytes(models.Model):
    """The bytes of one PDF, apart from its row so that lists stay light; never changed, never deleted."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers: ClassVar = append_only("document_bytes")

    def __str__(self) -> str:
        return self.sha256


# What a row once says stays said: a correction is a new edition, a new document.
_KEEPS_ITS_WORD = """
IF NEW.final_id IS DISTINCT FROM OLD.final_id OR NEW.qr_id IS DISTINCT FROM OLD.qr_id
   OR NEW.number IS DISTINCT FROM OLD.number OR NEW.edition IS DISTINCT FROM OLD.edition
   OR NEW.document_date IS DISTINCT FROM OLD.document_date OR NEW.case_id IS DISTINCT FROM OLD.case_id
   OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.language IS DISTINCT FROM OLD.language
   OR NEW.act_id IS DISTINCT FROM OLD.act_id OR NEW.subject IS DISTINCT FROM OLD.subject THEN
    RAISE EXCEPTION 'A stored document does not change: make a new edition.';
END IF;
IF OLD.sealed_id IS NOT NULL AND NEW.sealed_id IS DISTINCT FROM OLD.sealed_id THEN
    RAISE EXCEPTION 'A document is sealed once.';
END IF;
IF OLD.state IN ('published', 'void') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'A document that is % stays so.', OLD.state;
END IF;
RETURN NEW;
"""


class OfficialDocument(models.Model):
    """One document in one language: prepared with its act, signed with it, sealed and published, or void."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared for signature")
        SIGNED = "signed", _("signed, being prepared")
        PUBLISHED = "published", _("published")
        VOID = "void", _("void")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="official_documents")
    act_id = models.UUIDField(null=True, db_index=True, help_text="the act whose manifest names it")
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=20, blank=True, help_text="number of the annex, or empty")
    number = models.CharField(max_length=60)
    edition = models.PositiveSmallIntegerField(default=1)
    document_date = models.DateField()
    qr_id = models.CharField(max_length=22, unique=True)
    final = models.OneToOneField(DocumentBytes, on_delete=models.PROTECT, related_name="document")
    sealed = models.OneToOneField(
        DocumentBytes, on_delete=models.PROTECT, null=True, related_name="sealed_document"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.PREPARED)
    created_at = models.DateTimeField(help_text="legal time")
    signed_at = models.DateTimeField(null=True, help_text="legal time")
    published_at = models.DateTimeField(null=True, help_text="legal moment from which it is shown")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "void"])
                | Q(signed_at__isnull=False, published_at__isnull=False),
                name="documents_signed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(sealed__isnull=False), name="documents_published_sealed"
            ),
            models.CheckConstraint(condition=Q(language__in=["kk", "ru"]), name="documents_language"),
            models.UniqueConstraint(
                fields=["case", "kind", "subject", "number", "edition", "language"],
                condition=~Q(state="void"),
                name="documents_one_living_edition",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "published_at"], name="documents_case_published")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="official_document_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="official_document_keeps_its_word",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_KEEPS_ITS_WORD,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.language} ({self.state})"

    @property
    def sha256(self) -> str:
        """Of the bytes that are signed."""
        return self.final_id

    @property
    def file_name(self) -> str:
        """A name for downloads: kind, number, annex, edition, language."""
        parts = [self.kind, self.number.replace("/", "-"), self.subject]
        if self.edition > 1:
            parts.append(f"ed{self.edition}")
        return "_".join(part for part in (*parts, self.language) if part)


class ActEvidence(models.Model):
    """A signature over the documents of an act: the manifest and the CMS, exactly as they came; append-only."""

    act_id = models.UUIDField()
    position = models.PositiveSmallIntegerField(help_text="1 for the first signer; a protocol has two")
    manifest = models.BinaryField()
    cms = models.BinaryField()
    manifest_sha256 = models.CharField(max_length=64, db_index=True)
    cms_sha256 = models.CharField(max_length=64, db_index=True)
    by_seal = models.BooleanField(default=False, help_text="signed by the authority's seal, not by a person")
    signed_at = models.DateTimeField(help_text="legal time")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["act_id", "position"], name="documents_evidence_position"),
            models.UniqueConstraint(fields=["act_id", "cms_sha256"], name="documents_evidence_once"),
        ]
        triggers: ClassVar = append_only("act_evidence")

    def __str__(self) -> str:
        return f"act {self.act_id}, signature {self.position}"
