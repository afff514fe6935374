"""An application with its data centres, evidence, findings, confirmations and fee."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from applications.statuses import BEFORE_SIGNATURE, Outcome, Status
from casework.cases.models import Case
from casework.documents.models import StoredFile

_S = Status


class PowerSource(models.TextChoices):
    """Way of buying electricity (Annex 1)."""

    SINGLE_PURCHASER = "single_purchaser", _("single purchaser, centralised trading")
    OFF_GRID_PRODUCER = (
        "off_grid_producer",
        _("producer whose generation is not connected to the unified power system"),
    )


class Application(models.Model):
    """One filled form. Transitions set fields and nothing else; `applications.services` is the only writer."""

    class Scope(models.TextChoices):
        LICENCE = "licence", _("licence with its annexes")
        ANNEX = "annex", _("annex to a licence in force")
        REISSUE = "reissue", _("re-issue of a licence and (or) its annexes")

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="application")
    form = models.CharField(max_length=2, default="1")
    status = FSMField(max_length=12, choices=Status.choices, default=Status.DRAFT, protected=True)
    scope = models.CharField(max_length=7, choices=Scope.choices, default=Scope.LICENCE)
    target_licence = models.CharField(max_length=20, blank=True)
    targets = models.JSONField(default=list, blank=True, help_text="re-issue: `licence`, numbers of annexes")
    address = models.JSONField(default=dict, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    owns_hardware = models.BooleanField(null=True)
    locale = models.CharField(max_length=2, default="ru", help_text="language of letters")
    wizard_step = models.CharField(max_length=20, blank=True)
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    filled_on = models.DateField(null=True)
    sheets = models.PositiveIntegerField(default=0)
    came_from = models.CharField(max_length=12, blank=True, help_text="where a decision sent back returns to")
    prepared_outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    reviewed_automatically = models.BooleanField(
        default=False, help_text="Rules 7 lapsed: moved to review by itself"
    )
    fallen = models.CharField(
        max_length=40, blank=True, help_text="the condition that fell at the signature: sent back by itself"
    )
    no_court_act_note = models.TextField(blank=True)
    reopened_at = models.DateTimeField(null=True, help_text="findings and hearings before it no longer count")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="signing", prepared_outcome__in=Outcome.values) | ~Q(status="signing"),
                name="applications_signing_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(signatory__isnull=False),
                name="applications_filed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @transition(field=status, source=_S.DRAFT, target=_S.SUBMITTED)
    def submit(self, *, signatory_id: uuid.UUID, filled_on: Any, sheets: int) -> None:
        self.signatory_id, self.filled_on, self.sheets = signatory_id, filled_on, sheets

    @transition(field=status, source=_S.SUBMITTED, target=_S.COMPLETENESS)
    def register(self) -> None:
        """Rules 5, 6."""

    @transition(field=status, source=_S.COMPLETENESS, target=_S.REVIEW)
    def accept(self, *, automatically: bool = False) -> None:
        self.reviewed_automatically = automatically

    @transition(field=status, source=_S.COMPLETENESS, target=_S.RETURNED)
    def return_(self) -> None:
        """Rules 7."""

    @transition(field=status, source=[_S.REVIEW, _S.HEARING, _S.HEARD], target=_S.HEARING)
    def notify_hearing(self) -> None:
        """Rules 10."""

    @transition(field=status, source=_S.HEARING, target=_S.HEARD)
    def record_hearing(self) -> None:
        """APPC 73(3)."""

    @transition(field=status, source=[_S.REVIEW, _S.HEARD], target=_S.SIGNING)
    def prepare_issue(self, *, no_court_act_note: str) -> None:
        self.came_from, self.prepared_outcome = self.status, Outcome.ISSUE
        self.no_court_act_note = no_court_act_note

    @transition(field=status, source=[_S.REVIEW, _S.HEARD], target=_S.SIGNING)
    def prepare_refusal(self) -> None:
        self.came_from, self.prepared_outcome = self.status, Outcome.REFUSE

    @transition(field=status, source=[_S.COMPLETENESS, _S.REVIEW, _S.HEARING, _S.HEARD], target=_S.SIGNING)
    def prepare_discontinuance(self) -> None:
        self.came_from, self.prepared_outcome = self.status, Outcome.DISCONTINUE

    @transition(field=status, source=_S.SIGNING, target=_S.COMPLETENESS)
    def send_back_to_completeness(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.REVIEW)
    def send_back_to_review(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.HEARING)
    def send_back_to_hearing(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.HEARD)
    def send_back_to_heard(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.ISSUED)
    def issue(self) -> None:
        """Rules 9."""

    @transition(field=status, source=_S.SIGNING, target=_S.REFUSED)
    def refuse(self) -> None:
        """Rules 10."""

    @transition(field=status, source=_S.SIGNING, target=_S.DISCONTINUED)
    def discontinue(self) -> None:
        """APPC 70(1)."""

    @transition(field=status, source=list(BEFORE_SIGNATURE), target=_S.WITHDRAWN)
    def withdraw(self) -> None:
        """APPC 64(9)."""

    @transition(field=status, source=[_S.REFUSED, _S.RETURNED, _S.DISCONTINUED], target=_S.REVIEW)
    def reopen(self, *, at: datetime) -> None:
        """APPC 84, 100 (Complaints, Reopening)."""
        self.reopened_at, self.came_from, self.prepared_outcome = at, "", ""
        self.no_court_act_note = ""

    @transition(field=status, source=_S.REFUSED, target=_S.ISSUED)
    def issue_on_complaint(self) -> None:
        """Rules 20, APPC 97(2): a favourable act in place of the refusal; nothing is reopened."""


class StatedGround(models.Model):
    """A ground of re-issue as stated on Form 9 or 10: which, since what day, and what it changes (PL 33, 34)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="grounds")
    code = models.CharField(max_length=4, help_text="of the rulebook: 9.1 … 10.4")
    kind = models.CharField(max_length=20)
    changed_on = models.DateField(null=True)
    details = models.JSONField(
        default=dict, help_text="new name, act, kind of reorganisation, merged parties"
    )

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "code"], name="applications_ground_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.application_id}"


class DataCentre(models.Model):
    """A data centre of the form: how it buys power and since when it is on the grid; of sub-kind II whose it is.

    `annex` is the annex whose place it takes (change of host, re-issue); `moves` whether it physically moves.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="data_centres")
    position = models.PositiveSmallIntegerField()
    address = models.JSONField(default=dict)
    power_source = models.CharField(max_length=20, choices=PowerSource.choices, blank=True)
    grid_connected = models.BooleanField(null=True, help_text="None: not said yet; single purchaser only")
    grid_connected_on = models.DateField(null=True, blank=True)
    host_name = models.CharField(max_length=300, blank=True)
    host_licence = models.CharField(max_length=15, blank=True)
    annex = models.CharField(max_length=3, blank=True)
    moves = models.BooleanField(null=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "position"],
                name="applications_centre_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} #{self.position}"


class Evidence(models.Model):
    """One file for one Annex 11 requirement, of one data centre where the requirement is per centre."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    requirement = models.CharField(max_length=10)
    data_centre = models.ForeignKey(DataCentre, on_delete=models.CASCADE, null=True, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    particulars = models.JSONField(default=dict)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="applications_evidence_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement} of {self.application_id}"


class Finding(models.Model):
    """An executor's finding on one piece of evidence; the latest one counts, earlier ones stay."""

    class Result(models.TextChoices):
        MEETS = "meets", _("meets the requirement")
        DOES_NOT_MEET = "does_not_meet", _("does not meet the requirement")
        NO_CHECK_NEEDED = "no_check_needed", _("needs no check")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="findings")
    result = models.CharField(max_length=16, choices=Result.choices)
    reason = models.TextField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.result}"


class GivenConfirmation(models.Model):
    """One of the four confirmations of the form, kept verbatim with time and person."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="confirmations")
    code = models.CharField(max_length=30)
    text_kk = models.TextField()
    text_ru = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "code"], name="applications_confirmation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.application_id}"


class Payment(models.Model):
    """A payment of the fee found through the gateway: reserved for one application, used once, or released."""

    class State(models.TextChoices):
        RESERVED = "reserved", _("reserved")
        USED = "used", _("used")
        RELEASED = "released", _("released")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=60)
    payer = models.CharField(max_length=12)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    due = models.DecimalField(max_digits=14, decimal_places=2)
    derivation = models.JSONField(default=dict, help_text="rate, MRP of the day of payment, citation")
    paid_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RESERVED)
    snapshot = models.BinaryField(help_text="the gateway's answer as it came")
    snapshot_sha256 = models.CharField(max_length=64)
    found_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"],
                condition=Q(state__in=["reserved", "used"]),
                name="applications_payment_serves_one",
            ),
            models.CheckConstraint(condition=Q(amount__gte=F("due")), name="applications_payment_covers_fee"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.state}"


class RegisterAnswer(models.Model):
    """What a state register answered about the party or its head, kept as it came (Annex 3/9)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="register_answers")
    subject = models.CharField(max_length=10, help_text="entity, person")
    outcome = models.CharField(max_length=30, help_text="found, not_found, or the gateway's error code")
    snapshot = models.BinaryField(default=b"")
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    facts = models.JSONField(
        default=dict, help_text="what the checks use: status, residency, leader equals signer"
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.subject} of {self.application_id}: {self.outcome}"
