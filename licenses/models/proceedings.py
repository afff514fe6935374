"""A proceeding on a licence or on some of its annexes. Transitions set fields and nothing else."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from casework.cases.models import Case
from licenses.models.licence import Annex, Licence
from licenses.proceedings.statuses import FILED, WORKED_ON, Kind, Outcome, Status

_S = Status
_WORK = [_S.OPENED, _S.REGISTERED, _S.HEARING, _S.HEARD]


class Proceeding(models.Model):
    """Everything but issue and re-issue that happens to a licence (Rules 18-1); `licenses.proceedings.services` writes."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, primary_key=True, related_name="proceeding")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    status = FSMField(max_length=10, choices=Status.choices, default=Status.DRAFT, protected=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="proceedings")
    annexes = models.ManyToManyField(
        Annex, blank=True, related_name="proceedings", help_text="none: the licence itself"
    )
    by_licensee = models.BooleanField(
        help_text="a request of the licensee, not of the authority's own motion"
    )
    content = models.JSONField(default=dict, help_text="what is asked for, or what it was opened with")
    runs_from = models.DateField(null=True, help_text="going to court: the day the ten days run from")
    signatory = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    came_from = models.CharField(max_length=10, blank=True, help_text="where a decision sent back returns to")
    prepared_outcome = models.CharField(max_length=6, choices=Outcome.choices, blank=True)
    ended_why = models.TextField(blank=True, help_text="why it was dropped or became void")

    class Meta:
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="licenses_proceeding_kind"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="licenses_proceeding_status"),
            models.CheckConstraint(
                condition=~Q(status="signing") | Q(prepared_outcome__in=Outcome.values),
                name="licenses_proceeding_outcome",
            ),
            models.CheckConstraint(
                condition=Q(by_licensee=True) | ~Q(status__in=["draft", "submitted", "withdrawn"]),
                name="licenses_proceeding_own_not_filed",
            ),
            models.CheckConstraint(
                condition=~Q(kind="go_to_court") | Q(runs_from__isnull=False),
                name="licenses_proceeding_court_dated",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["licence", "kind"], name="licenses_proceeding_of")]

    def __str__(self) -> str:
        return str(self.case)

    @transition(field=status, source=_S.DRAFT, target=_S.OPENED)
    def open(self) -> None:
        """Of the authority's own motion: it never was a draft of anybody."""

    @transition(field=status, source=_S.DRAFT, target=_S.SUBMITTED)
    def submit(self) -> None:
        """Receipt (Rules 5)."""

    @transition(field=status, source=_S.SUBMITTED, target=_S.REGISTERED)
    def register(self) -> None:
        """Rules 5, 6; APPC 64(3)."""

    @transition(field=status, source=_S.REGISTERED, target=_S.DONE)
    def take(self) -> None:
        """Rules 16: received and in the file; nobody decides on it."""

    @transition(field=status, source=_WORK, target=_S.HEARING)
    def notify_hearing(self) -> None:
        """APPC 73(1)."""

    @transition(field=status, source=_S.HEARING, target=_S.HEARD)
    def record_hearing(self) -> None:
        """APPC 73(3)."""

    @transition(field=status, source=_WORK, target=_S.SIGNING)
    def prepare(self, outcome: str) -> None:
        self.came_from, self.prepared_outcome = self.status, outcome

    @transition(field=status, source=_S.SIGNING, target=_S.OPENED)
    def send_back_to_opened(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.REGISTERED)
    def send_back_to_registered(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.HEARD)
    def send_back_to_heard(self) -> None:
        self.prepared_outcome = ""

    @transition(field=status, source=_S.SIGNING, target=_S.DONE)
    def finish(self) -> None:
        """The order, record or claim is signed."""

    @transition(field=status, source=_S.SIGNING, target=_S.REFUSED)
    def refuse(self) -> None:
        """What was asked for is refused with reasons."""

    @transition(field=status, source=list(FILED), target=_S.WITHDRAWN)
    def withdraw(self) -> None:
        """APPC 64(9)."""

    @transition(field=status, source=[_S.OPENED, _S.HEARING, _S.HEARD], target=_S.DROPPED)
    def drop(self, why: str) -> None:
        self.ended_why = why

    @transition(field=status, source=[_S.DRAFT, _S.SUBMITTED, *WORKED_ON], target=_S.VOID)
    def make_void(self, why: str) -> None:
        self.ended_why = why
