"""Licence and annex. `status` is what the last recorded act made of it; the state on a day is in the periods."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from foundation.accounts.models import Body, Party
from licenses.statuses import LicenceStatus, SubKind


class Lifecycle(models.Model):
    """The machine that licence and annex share; the methods set nothing, the services write (process.md)."""

    status = FSMField(
        _("state"), max_length=10, choices=LicenceStatus.choices, default=LicenceStatus.ACTIVE, protected=True
    )

    class Meta:
        abstract = True

    @transition(field=status, source=LicenceStatus.ACTIVE, target=LicenceStatus.SUSPENDED)
    def suspend(self) -> None:
        """DA 9(4)."""

    @transition(field=status, source=LicenceStatus.SUSPENDED, target=LicenceStatus.ACTIVE)
    def resume(self) -> None:
        """DA 9(6), PL 45(3), 45(7)."""

    @transition(
        field=status,
        source=[LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED],
        target=LicenceStatus.TERMINATED,
    )
    def terminate(self) -> None:
        """PL 35(1)(4)-(8)."""

    @transition(
        field=status,
        source=[LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED],
        target=LicenceStatus.REVOKED,
    )
    def revoke(self) -> None:
        """DA 9(7): by a court."""

    @transition(
        field=status,
        source=[LicenceStatus.SUSPENDED, LicenceStatus.TERMINATED],
        target=LicenceStatus.ACTIVE,
    )
    def reinstate(self) -> None:
        """APPC 84, 100: the order that suspended or terminated it lost its force."""

    @transition(field=status, source=LicenceStatus.TERMINATED, target=LicenceStatus.SUSPENDED)
    def reinstate_suspended(self) -> None:
        """APPC 84, 100: the order that terminated it lost its force; it was suspended before."""

    @transition(
        field=status,
        source=[LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED],
        target=LicenceStatus.EXPIRED,
    )
    def expire(self) -> None:
        """PL 35(1)(1)."""


class Licence(Lifecycle):
    """One licence of the register; number, first issue and expiry never change, texts are in its editions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=15, unique=True)
    sub_kind = models.CharField(_("sub-kind"), max_length=2, choices=SubKind.choices)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="licences")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="licences")
    case_id = models.UUIDField(null=True, help_text="the case that ended in this licence")
    first_issued_on = models.DateField(_("first issued on"))
    issued_on = models.DateField(_("issued on"), help_text="of the current edition")
    expires_on = models.DateField(_("in force until"), help_text="inclusive")
    public_from = models.DateTimeField(help_text="Rules 5: signed after hours, shown from 09:00 of its day")
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    regions = ArrayField(
        models.CharField(max_length=2), default=list, help_text="KATO regions of its centres"
    )
    search_text = models.TextField(help_text="folded names, see rules.names")
    sort_key = models.TextField(help_text="order of the Kazakh alphabet, see rules.names")
    first_pool_name = models.CharField(
        max_length=300, blank=True, db_default="", help_text="the mining pool stated with the application"
    )
    first_pool_bin = models.CharField(max_length=12, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("licence")
        verbose_name_plural = _("licences")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__regex=r"^KZ[0-9]{2}[A-Z]{3}[0-9]{8}$"), name="licenses_number_shape"
            ),
            models.CheckConstraint(condition=Q(sub_kind__in=SubKind.values), name="licenses_sub_kind"),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("first_issued_on")) & Q(issued_on__gte=F("first_issued_on")),
                name="licenses_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(status__in=LicenceStatus.values), name="licenses_status"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["sort_key", "id"], name="licenses_order"),
            models.Index(fields=["public_from"], name="licenses_public_from"),
            models.Index(
                fields=["expires_on"],
                condition=Q(status__in=[LicenceStatus.ACTIVE, LicenceStatus.SUSPENDED]),
                name="licenses_running_out",
            ),
            GinIndex(fields=["search_text"], opclasses=["gin_trgm_ops"], name="licenses_search"),
            GinIndex(fields=["regions"], name="licenses_regions"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stream(self) -> str:
        """The journal's stream of this licence."""
        return f"licence:{self.pk}"


class Annex(Lifecycle):
    """One data centre of a licence (Forms 6, 7), numbered 001, 002 … per licence; part of it (PL 24)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="annexes")
    number = models.CharField(_("number"), max_length=3)
    case_id = models.UUIDField(null=True, help_text="the case that ended in this annex")
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("in force until"), help_text="of its licence")
    public_from = models.DateTimeField(help_text="Rules 5: signed after hours, shown from 09:00 of its day")
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    replaced_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta:
        verbose_name = _("annex")
        verbose_name_plural = _("annexes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["licence", "number"], name="licenses_annex_number"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[0-9]{3}$"), name="licenses_annex_number_shape"
            ),
            models.CheckConstraint(
                condition=Q(status__in=LicenceStatus.values), name="licenses_annex_status"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("issued_on")), name="licenses_annex_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number
