"""A complaint with its files; the case file, terms, acts and hearings hang on its case as everywhere."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from appeals.statuses import (
    BEFORE_DECISION,
    OUTCOMES,
    Addressee,
    LeaveReason,
    Prepared,
    Status,
    Target,
)
from casework.cases.models import Case
from casework.decisions.models import Act
from casework.documents.models import StoredFile

_S = Status


class Complaint(models.Model):
    """One complaint (APPC 93). Transitions set fields and nothing else; `appeals.services` is the only writer."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="complaint")
    status = FSMField(max_length=20, choices=Status.choices, default=Status.DRAFT, protected=True)
    target = models.CharField(max_length=10, choices=Target.choices)
    about = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="complaints")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="complaints")
    delivered_on = models.DateField(
        null=True, help_text="the day the act was delivered: APPC 92 runs from it"
    )
    file_until = models.DateField(null=True, help_text="the last day to complain")
    late = models.BooleanField(default=False)
    late_reason = models.TextField(blank=True)
    addressee = models.CharField(max_length=10, choices=Addressee.choices, blank=True)
    complained_of = models.CharField(max_length=300, blank=True, help_text="the body or officer")
    postal_address = models.CharField(max_length=500, blank=True)
    actual_address = models.CharField(max_length=500, blank=True)
    circumstances = models.TextField(blank=True)
    demands = models.TextField(blank=True)
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stays = models.BooleanField(
        null=True, help_text="whether it stays the act (APPC 96); None: nothing to stay"
    )
    arrived_on = models.DateField(
        null=True, help_text="at the body that considers it; its term runs from then"
    )
    extended_until = models.DateField(null=True)
    extension_reason = models.TextField(blank=True)
    came_from = models.CharField(max_length=20, blank=True)
    prepared = models.CharField(max_length=10, choices=Prepared.choices, blank=True)
    outcome = models.CharField(max_length=20, choices=[(s.value, s.label) for s in OUTCOMES], blank=True)
    left_for = models.CharField(max_length=15, choices=LeaveReason.choices, blank=True)
    decided_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="signing", prepared__in=Prepared.values) | ~Q(status="signing"),
                name="appeals_signing_has_something",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(signatory__isnull=False, addressee__in=Addressee.values),
                name="appeals_filed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(target="decision") | Q(act__isnull=False), name="appeals_decision_names_its_act"
            ),
            models.CheckConstraint(condition=~Q(about=F("case")), name="appeals_not_about_itself"),
        ]

    def __str__(self) -> str:
        return str(self.case)

    @transition(field=status, source=_S.DRAFT, target=_S.RECEIVED)
    def submit(self, *, signatory_id: Any) -> None:
        self.signatory_id = signatory_id

    @transition(field=status, source=_S.RECEIVED, target=_S.REGISTERED)
    def register(self) -> None:
        """Rules 19; APPC 64(3)."""

    @transition(field=status, source=[_S.REGISTERED, _S.FORWARDED], target=_S.CONSIDERED)
    def consider(self) -> None:
        """Rules 21, 22: a reviewer of the addressee body has it."""

    @transition(field=status, source=_S.REGISTERED, target=_S.SIGNING)
    def satisfy(self) -> None:
        self.came_from, self.prepared = self.status, Prepared.SATISFY

    @transition(field=status, source=_S.REGISTERED, target=_S.SIGNING)
    def forward(self) -> None:
        self.came_from, self.prepared = self.status, Prepared.FORWARD

    @transition(field=status, source=[_S.CONSIDERED, _S.HEARING, _S.HEARD], target=_S.HEARING)
    def notify_hearing(self) -> None:
        """APPC 98(3)."""

    @transition(field=status, source=_S.HEARING, target=_S.HEARD)
    def record_hearing(self) -> None:
        """APPC 73(3)."""

    @transition(field=status, source=[_S.CONSIDERED, _S.HEARD], target=_S.SIGNING)
    def prepare_decision(self, *, outcome: str) -> None:
        self.came_from, self.prepared, self.outcome = self.status, Prepared.DECIDE, outcome

    @transition(field=status, source=_S.SIGNING, target=_S.REGISTERED)
    def send_back_to_registered(self) -> None:
        self.prepared, self.outcome = "", ""

    @transition(field=status, source=_S.SIGNING, target=_S.CONSIDERED)
    def send_back_to_considered(self) -> None:
        self.prepared, self.outcome = "", ""

    @transition(field=status, source=_S.SIGNING, target=_S.HEARD)
    def send_back_to_heard(self) -> None:
        self.prepared, self.outcome = "", ""

    @transition(field=status, source=_S.SIGNING, target=_S.SATISFIED)
    def end_satisfied(self) -> None:
        """Rules 20: a favourable act that meets the demands in full."""

    @transition(field=status, source=_S.SIGNING, target=_S.FORWARDED)
    def end_forwarded(self) -> None:
        """Rules 20: the administrative case is at the body that considers the complaint."""

    def decide(self, outcome: str) -> None:
        """APPC 100: the outcome as it was prepared or recorded."""
        getattr(self, f"_decide_{outcome}")()
        self.outcome = outcome

    _DECIDED_FROM: ClassVar = [_S.SIGNING, _S.FORWARDED, _S.CONSIDERED, _S.HEARING, _S.HEARD]

    @transition(field=status, source=_DECIDED_FROM, target=_S.CANCELLED)
    def _decide_cancelled(self) -> None:
        """APPC 100."""

    @transition(field=status, source=_DECIDED_FROM, target=_S.CANCELLED_NEW_ACT)
    def _decide_cancelled_new_act(self) -> None:
        """APPC 100."""

    @transition(field=status, source=_DECIDED_FROM, target=_S.ACTION_ORDERED)
    def _decide_action_ordered(self) -> None:
        """APPC 100."""

    @transition(field=status, source=_DECIDED_FROM, target=_S.DISMISSED)
    def _decide_dismissed(self) -> None:
        """APPC 100."""

    @transition(field=status, source=_DECIDED_FROM, target=_S.REMANDED)
    def _decide_remanded(self) -> None:
        """APPC 100."""

    @transition(field=status, source=[_S.CONSIDERED, _S.HEARING, _S.HEARD], target=_S.LEFT)
    def leave(self, *, reason: str) -> None:
        self.left_for = reason

    @transition(field=status, source=list(BEFORE_DECISION), target=_S.WITHDRAWN)
    def withdraw(self) -> None:
        """APPC 64(9)."""


class ComplaintFile(models.Model):
    """A file that came with the complaint (APPC 93(2): list of attachments)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["added_at"]

    def __str__(self) -> str:
        return f"{self.title} of {self.complaint_id}"


class OutsideOutcome(models.Model):
    """What a body that does not work in the portal decided: its number, date and scan, recorded by the chancery."""

    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="outside")
    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} on {self.complaint_id}"
