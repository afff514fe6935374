"""Legal time: on which days what holds, and since when the register knew it (design.md)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from licenses.models.licence import Annex, Licence
from licenses.rules import Period
from licenses.statuses import Basis, LicenceStatus


class LegalPeriod(models.Model):
    """Days [lower, upper) of one state. A later entry about the same days replaces it, it is never deleted.

    `known_from`, `known_to` are legal moments (what the register showed when), `recorded_at` is the machine's.
    """

    status = models.CharField(max_length=10, choices=LicenceStatus.choices)
    period = DateRangeField()
    until = models.DateField(null=True, help_text="last day of a suspension; its end resumes nothing")
    stayed = models.BooleanField(default=False, help_text="APPC 96: a complaint stays the suspension")
    basis = models.CharField(max_length=30, choices=Basis.choices)
    act_id = models.UUIDField(null=True, help_text="the official act it rests on")
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        abstract = True

    def as_rule(self) -> Period:
        """The row as the pure rules read it."""
        return Period(
            status=self.status,
            first=self.period.lower,
            end=self.period.upper,
            basis=self.basis,
            known_from=self.known_from,
            known_to=self.known_to,
            until=self.until,
            stayed=self.stayed,
        )


class LicencePeriod(LegalPeriod):
    """A state of a licence."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="periods")

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="licenses_one_state_a_day",
                expressions=[("licence", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(known_to=None),
            ),
            models.CheckConstraint(condition=Q(period__isempty=False), name="licenses_period_not_empty"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["status", "licence"], condition=Q(known_to=None), name="licenses_period_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.status} {self.period}"


class AnnexPeriod(LegalPeriod):
    """A state of an annex of its own; what befalls the licence befalls it anyway."""

    annex = models.ForeignKey(Annex, on_delete=models.PROTECT, related_name="periods")

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="licenses_annex_one_state_a_day",
                expressions=[("annex", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(known_to=None),
            ),
            models.CheckConstraint(
                condition=Q(period__isempty=False), name="licenses_annex_period_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annex_id} {self.status} {self.period}"
