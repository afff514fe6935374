"""A file somebody handed in: what it is, whether it was looked through, and where its bytes lie."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.documents.media_types import MediaType


class StoredFile(models.Model):
    """One uploaded file of a case; its bytes lie in private storage under a random key."""

    class ScanState(models.TextChoices):
        WAITING = "waiting", _("not checked for viruses yet")
        CLEAN = "clean", _("checked, clean")
        INFECTED = "infected", _("harmful, closed")
        FAILED = "failed", _("could not be checked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255, help_text="for display, made safe; never part of a path")
    size = models.PositiveBigIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(default=1, help_text="sheets of the form count pages (Annex 1)")
    media_type = models.CharField(max_length=40, choices=MediaType.choices, help_text="by content")
    scan_state = models.CharField(max_length=8, choices=ScanState.choices, default=ScanState.WAITING)
    scanned_at = models.DateTimeField(
        null=True, help_text="machine time of the last attempt that had an answer"
    )
    scan_note = models.CharField(max_length=200, blank=True, help_text="the scanner's signature or its error")
    storage_key = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(help_text="legal time")
    deleted_at = models.DateTimeField(null=True, help_text="legal time; drafts only, the bytes are gone")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(size__gt=0), name="documents_file_not_empty"),
            models.CheckConstraint(
                condition=Q(scan_state="waiting") | Q(scanned_at__isnull=False),
                name="documents_file_scan_dated",
            ),
            models.CheckConstraint(
                condition=~Q(scan_state__in=["infected", "failed"]) | ~Q(scan_note=""),
                name="documents_file_scan_reasoned",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["created_at"],
                condition=Q(scan_state__in=["waiting", "failed"], deleted_at=None),
                name="documents_file_to_scan",
            ),
            models.Index(fields=["sha256"], name="documents_file_same"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether the bytes may be handed to anybody at all."""
        return self.scan_state == self.ScanState.CLEAN and self.deleted_at is None

    @property
    def counts(self) -> bool:
        """Whether it counts as handed in: a file found bad does not, one not looked through yet does."""
        return self.scan_state != self.ScanState.INFECTED and self.deleted_at is None
