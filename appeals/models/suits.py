"""A suit before a court; its response, position and court act hang on its case as everywhere."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from appeals.statuses import Target
from appeals.suits.statuses import CourtOutcome, Prepared, Status
from casework.cases.models import Case
from casework.decisions.models import Act
from casework.documents.models import StoredFile

_S = Status


class Suit(models.Model):
    """One suit (Rules 23). Transitions set fields and nothing else; `appeals.suits.services` is the only writer.

    A suit by itself stays nothing and reopens nothing: the act stands until a court act on it is in force.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="suit")
    status = FSMField(max_length=20, choices=Status.choices, default=Status.RECORDED, protected=True)
    target = models.CharField(max_length=10, choices=Target.choices)
    about = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="suits")
    act = models.ForeignKey(
        Act, on_delete=models.PROTECT, null=True, related_name="suits", help_text="what is contested"
    )
    court = models.CharField(max_length=300)
    number = models.CharField(max_length=60)
    received_on = models.DateField(help_text="by the authority")
    demands = models.TextField()
    complained_first = models.BooleanField(help_text="after a complaint; otherwise a position is sent along")
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    came_from = models.CharField(max_length=20, blank=True)
    prepared = models.CharField(max_length=10, choices=Prepared.choices, blank=True)
    position = models.OneToOneField(
        Act, on_delete=models.PROTECT, null=True, related_name="position_on_suit", help_text="signed"
    )
    response = models.OneToOneField(
        Act, on_delete=models.PROTECT, null=True, related_name="answers_suit", help_text="signed"
    )
    outcome = models.CharField(max_length=20, choices=CourtOutcome.choices, blank=True)
    in_force_on = models.DateField(null=True, help_text="of the court act")

    class Meta:
        verbose_name = _("suit")
        verbose_name_plural = _("suits")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["about", "court", "number"], name="appeals_suit_once"),
            models.CheckConstraint(
                condition=Q(status="signing", prepared__in=Prepared.values) | ~Q(status="signing"),
                name="appeals_suit_signing_has_something",
            ),
            models.CheckConstraint(
                condition=~Q(target="decision") | Q(act__isnull=False),
                name="appeals_suit_decision_names_its_act",
            ),
            models.CheckConstraint(
                condition=~Q(status="decided")
                | Q(outcome__in=CourtOutcome.values, in_force_on__isnull=False),
                name="appeals_suit_decided_whole",
            ),
            models.CheckConstraint(condition=~Q(about=F("case")), name="appeals_suit_not_about_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.court}, № {self.number}"

    @transition(field=status, source=_S.RECORDED, target=_S.SIGNING)
    def prepare_response(self) -> None:
        """Rules 23."""
        self.came_from, self.prepared = self.status, Prepared.RESPONSE

    @transition(field=status, source=[_S.RECORDED, _S.ANSWERED], target=_S.SIGNING)
    def record_court_act(self) -> None:
        """APPC 84, 100."""
        self.came_from, self.prepared = self.status, Prepared.COURT_ACT

    @transition(field=status, source=_S.SIGNING, target=_S.RECORDED)
    def send_back_to_recorded(self) -> None:
        self.prepared = ""

    @transition(field=status, source=_S.SIGNING, target=_S.ANSWERED)
    def send_back_to_answered(self) -> None:
        self.prepared = ""

    @transition(field=status, source=_S.SIGNING, target=_S.ANSWERED)
    def answer(self, *, response: Act) -> None:
        """Rules 23: the response is signed."""
        self.prepared, self.response = "", response

    @transition(field=status, source=_S.SIGNING, target=_S.DECIDED)
    def decide(self, *, outcome: str, in_force_on: Any) -> None:
        """The court act is in force."""
        self.prepared, self.outcome, self.in_force_on = "", outcome, in_force_on
