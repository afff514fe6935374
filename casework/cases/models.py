"""The case file: what every application, proceeding, complaint and suit hangs on."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Body, Party


class Case(models.Model):
    """One file with its numbers, party, executor and version; the row every act locks first."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("application")
        PROCEEDING = "proceeding", _("proceeding")
        COMPLAINT = "complaint", _("complaint")
        SUIT = "suit", _("suit")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    form = models.CharField(max_length=20, help_text="1, 2, 9, 10 of an application; kind of a proceeding")
    sub_kind = models.CharField(max_length=2, blank=True, help_text="I or II")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="cases")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="cases")
    draft_no = models.CharField(max_length=20, unique=True)
    incoming_no = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001 -- NULL: none yet, and unique
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(help_text="legal time")
    received_at = models.DateTimeField(null=True, help_text="legal moment of receipt (submit)")
    registered_at = models.DateTimeField(null=True, help_text="legal moment of registration")
    registered_on = models.DateField(null=True, help_text="day of registration: the rules of this day apply")
    executor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="executed_cases"
    )
    status_code = models.CharField(
        max_length=30, default="draft", help_text="copy of the owner's state, for queues"
    )
    is_open = models.BooleanField(default=True)
    next_due_at = models.DateTimeField(null=True, help_text="the nearest open term of the authority")
    next_due_code = models.CharField(max_length=30, blank=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(registered_on=None, incoming_no=None, registered_at=None)
                | Q(registered_on__isnull=False, incoming_no__isnull=False, registered_at__isnull=False),
                name="cases_registered_whole",
            ),
            models.CheckConstraint(
                condition=Q(received_at=None)
                | Q(registered_at=None)
                | Q(registered_at__gte=F("received_at")),
                name="cases_registered_after_receipt",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("next_due_at").asc(nulls_last=True),
                F("id"),
                condition=Q(is_open=True) & ~Q(received_at=None),
                name="cases_queue",
            ),
            models.Index(
                "executor",
                F("next_due_at").asc(nulls_last=True),
                condition=Q(is_open=True) & ~Q(received_at=None),
                name="cases_queue_executor",
            ),
            models.Index(fields=["party", "-created_at"], name="cases_party"),
            # the dashboard's: who has which open case, how old they are, what a month brought
            models.Index(
                fields=["id"], include=["executor", "form"], condition=Q(is_open=True), name="cases_open"
            ),
            models.Index(
                fields=["registered_on"],
                condition=Q(is_open=True, registered_on__isnull=False),
                name="cases_open_registered",
            ),
            models.Index(fields=["registered_on"], name="cases_registered"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="cases_closed"),
        ]

    def __str__(self) -> str:
        return self.incoming_no or self.draft_no

    @property
    def stream(self) -> str:
        """The journal's stream of this case."""
        return f"case:{self.pk}"


class Assignment(models.Model):
    """Who was made executor, when, by whom and why; the last row is in force."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assignments")
    executor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.case_id} → {self.executor_id}"


class Recusal(models.Model):
    """A recusal on a ground of APPC 67, asked by the applicant or the officer, decided by a head within 3 working days."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recusals")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20)
    reason = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    granted = models.BooleanField(null=True)
    decision_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("officer")),
                name="cases_recusal_not_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} in {self.case_id}"


class Bar(models.Model):
    """An officer who may not work on a case any more: prepared or signed the act that was cancelled in it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="bars")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    since = models.DateTimeField(help_text="legal time")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "officer"], name="cases_barred_once"),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} out of {self.case_id}"


class WorkingNote(models.Model):
    """A private working note of the officers; no part of the administrative case, not shown to the applicant."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="working_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.case_id} by {self.author_id}"


class Absence(models.Model):
    """An officer away, and who stands in, by a dated order."""

    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    first_day = models.DateField(_("from"))
    last_day = models.DateField(_("until"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="substitutions",
    )
    order = models.CharField(_("by order"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField(null=True, blank=True, help_text="legal time")

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="cases_absence_in_order"),
            models.CheckConstraint(
                condition=Q(substitute=None) | ~Q(substitute=F("officer")), name="cases_absence_not_oneself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.first_day}…{self.last_day}"


class AutomaticAssignment(models.Model):
    """The standing order by which registered applications are assigned by load and absence; off unless one is in force."""

    order = models.CharField(_("by order"), max_length=200)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(help_text="legal time")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, help_text="legal time")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ended_by"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="cases_one_order_in_force",
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="cases_order_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.order
