"""What Forms 4-7 say, edition by edition; their PDFs are the documents of the same act (casework.documents)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licenses.models.licence import Annex, Licence
from licenses.statuses import EditionState, PowerSource


class Edition(models.Model):
    """What every edition carries; once written only `state` changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.PositiveSmallIntegerField()
    issued_on = models.DateField()
    public_from = models.DateTimeField()
    act_id = models.UUIDField(null=True, db_index=True, help_text="the act that made it and its documents")
    state = models.CharField(max_length=10, choices=EditionState.choices, default=EditionState.CURRENT)
    special_conditions_kk = models.TextField(blank=True)
    special_conditions_ru = models.TextField(blank=True)
    provider_kk = models.CharField(max_length=300)
    provider_ru = models.CharField(max_length=300)
    head_name = models.CharField(max_length=300)
    head_post_kk = models.CharField(max_length=300, blank=True)
    head_post_ru = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(help_text="machine time")

    class Meta:
        abstract = True


class LicenceEdition(Edition):
    """The licence as issued, re-issued or corrected (Forms 4, 5)."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="editions")
    holder_kk = models.CharField(max_length=500)
    holder_ru = models.CharField(max_length=500)
    holder_number = models.CharField(
        max_length=12, help_text="IIN or BIN; masked for the public where an IIN"
    )
    location_kk = models.TextField()
    location_ru = models.TextField()
    activity_kk = models.TextField()
    activity_ru = models.TextField()
    note_kk = models.TextField(blank=True)
    note_ru = models.TextField(blank=True)
    place_kk = models.CharField(max_length=200, blank=True)
    place_ru = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("edition of a licence")
        verbose_name_plural = _("editions of licences")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["licence", "edition"], name="licenses_edition_once"),
            models.UniqueConstraint(
                fields=["licence"],
                condition=Q(state=EditionState.CURRENT),
                name="licenses_one_current_edition",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["public_from"], name="licenses_edition_public")]

    def __str__(self) -> str:
        return f"{self.licence_id} ed. {self.edition}"


class AnnexEdition(Edition):
    """The annex as issued, re-issued or corrected (Forms 6, 7)."""

    annex = models.ForeignKey(Annex, on_delete=models.PROTECT, related_name="editions")
    address_kk = models.TextField()
    address_ru = models.TextField()
    region_code = models.CharField(max_length=2, help_text="first two digits of KATO")
    power_source = models.CharField(max_length=20, choices=PowerSource.choices, blank=True)
    host_name = models.CharField(max_length=500, blank=True, help_text="sub-kind II: whose centre it is")
    host_licence_number = models.CharField(max_length=15, blank=True, db_index=True)

    class Meta:
        verbose_name = _("edition of an annex")
        verbose_name_plural = _("editions of annexes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["annex", "edition"], name="licenses_annex_edition_once"),
            models.UniqueConstraint(
                fields=["annex"],
                condition=Q(state=EditionState.CURRENT),
                name="licenses_one_current_annex_edition",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["public_from"], name="licenses_annex_edition_pub")]

    def __str__(self) -> str:
        return f"{self.annex_id} ed. {self.edition}"
