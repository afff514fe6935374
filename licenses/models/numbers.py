"""Numbers given out: a number stands in the bytes the head signs, so it is reserved before and never used twice."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licenses.statuses import NumberState


class LicenceNumber(models.Model):
    """One number of the series; a released one serves the next case."""

    number = models.CharField(max_length=15, primary_key=True)
    serial = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=8, choices=NumberState.choices, default=NumberState.RESERVED)
    case_id = models.UUIDField(null=True)
    reserved_at = models.DateTimeField(help_text="legal time")

    class Meta:
        verbose_name = _("licence number")
        verbose_name_plural = _("licence numbers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case_id"], condition=~Q(state=NumberState.RELEASED), name="licenses_number_per_case"
            ),
            models.CheckConstraint(
                condition=Q(state=NumberState.RELEASED, case_id=None)
                | ~Q(state=NumberState.RELEASED) & Q(case_id__isnull=False),
                name="licenses_number_of_a_case",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["serial"], condition=Q(state=NumberState.RELEASED), name="licenses_number_released"
            ),
        ]

    def __str__(self) -> str:
        return self.number
