"""Dated exceptions of the calendar, its revisions, the terms of cases, and the watch's heartbeat."""

import uuid
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.deadlines.rules import Track, Unit
from casework.deadlines.statuses import CLOSED_WHEN_MISSED, ENDED, ExceptionChoice, LadderChoice, TermState
from casework.notices.models import Notice

UNMET_PASSED = Q(state__in=[TermState.BREACHED, TermState.MISSED], met_at=None)
# running, or passed and not yet made good
UNSETTLED = Q(state=TermState.OPEN) | (UNMET_PASSED & ~Q(code__in=CLOSED_WHEN_MISSED))


class CalendarRevision(models.Model):
    """One state of the calendar; revision 1 is what came with the portal."""

    number = models.PositiveIntegerField(primary_key=True)
    in_force_at = models.DateTimeField(help_text="legal time")
    key = models.UUIDField(default=uuid.uuid4, editable=False, help_text="names its content in caches")

    class Meta:
        verbose_name = _("calendar revision")
        verbose_name_plural = _("calendar revisions")

    def __str__(self) -> str:
        return str(self.number)


class CalendarException(models.Model):
    """What an act says of one date; in force from the revision in which a second person confirmed it."""

    day = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=12, choices=ExceptionChoice.choices)
    act_ru = models.CharField(_("act (Russian)"), max_length=300)
    act_kk = models.CharField(_("act (Kazakh)"), max_length=300)
    shipped = models.BooleanField(_("came with the portal"), default=False, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered"), editable=False, help_text="legal time")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False, help_text="legal time")
    revision = models.ForeignKey(
        CalendarRevision, on_delete=models.PROTECT, null=True, editable=False, related_name="exceptions"
    )
    replaced_in = models.ForeignKey(
        CalendarRevision, on_delete=models.PROTECT, null=True, editable=False, related_name="replaced"
    )

    class Meta:
        verbose_name = _("calendar exception")
        verbose_name_plural = _("calendar exceptions")
        ordering: ClassVar = ["-day"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shipped=True) | Q(entered_by__isnull=False), name="deadlines_exception_entered"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="deadlines_exception_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(revision=None, confirmed_by=None, confirmed_at=None)
                | Q(revision__isnull=False, shipped=True)
                | Q(revision__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="deadlines_exception_confirmed_whole",
            ),
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(revision__isnull=False, replaced_in=None),
                name="deadlines_one_exception_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.get_kind_display()}"

    @property
    def confirmed(self) -> bool:
        return self.revision_id is not None


class Term(models.Model):
    """One term of one case: start, rule, calendar revision, and when it is due; the days are derived."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="terms")
    code = models.CharField(max_length=30)
    track = models.CharField(
        max_length=8, blank=True, choices=[(way.value, way.value) for way in Track if way]
    )
    start = models.DateField(help_text="day of the event; day 1 is the working day after")
    n = models.SmallIntegerField()
    unit = models.CharField(max_length=13, choices=[(unit.value, unit.value) for unit in Unit])
    not_after = models.DateField(null=True, help_text="the end of the term it never passes")
    calendar_revision = models.PositiveIntegerField(help_text="0: the calendar that came with the portal")
    opened_revision = models.PositiveIntegerField(
        db_default=1, help_text="the calendar of the day it was opened: the first date follows from it"
    )
    due_on = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=TermState.choices, default=TermState.OPEN)
    opened_at = models.DateTimeField(help_text="legal time")
    met_at = models.DateTimeField(null=True, help_text="legal time; beside a breach: done late")
    passed_at = models.DateTimeField(null=True, help_text="its due moment, once it passed unmet")
    voided_at = models.DateTimeField(null=True)
    next_step_at = models.DateTimeField(
        null=True, help_text="legal time of the next warning before its end; none: no more"
    )
    fault = models.CharField(max_length=300, blank=True, help_text="why the watch put it aside")
    executor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="copy of the case's, kept by the database",
    )
    form = models.CharField(max_length=20, blank=True, editable=False, help_text="copy of the case's")
    case_open = models.BooleanField(default=True, editable=False, help_text="copy of the case's is_open")

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="term_copies_case",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=(
                    "SELECT c.executor_id, c.form, c.is_open INTO NEW.executor_id, NEW.form, NEW.case_open"
                    " FROM cases_case c WHERE c.id = NEW.case_id; RETURN NEW;"
                ),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "code"],
                condition=Q(state__in=[TermState.OPEN, TermState.DUE]),
                name="deadlines_one_open_term",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TermState.OPEN], met_at=None, passed_at=None, voided_at=None)
                | Q(state=TermState.MET, met_at__isnull=False, voided_at=None)
                | Q(state=TermState.VOID, voided_at__isnull=False, met_at=None)
                | Q(
                    state__in=[TermState.BREACHED, TermState.MISSED, TermState.ELAPSED, TermState.DUE],
                    passed_at=F("due_at"),
                    voided_at=None,
                ),
                name="deadlines_term_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state=TermState.OPEN, fault=""),
                name="deadlines_term_open",
            ),
            models.Index(
                fields=["next_step_at", "id"],
                condition=Q(state=TermState.OPEN, fault="", next_step_at__isnull=False),
                name="deadlines_term_step",
            ),
            models.Index(fields=["due_at"], condition=UNMET_PASSED, name="deadlines_term_unmet"),
            models.Index(fields=["case", "code"], name="deadlines_term_case"),
            # the dashboard's: read without touching the table, also at a million rows
            models.Index(
                fields=["case", "due_at"],
                include=["code", "state", "met_at"],
                condition=UNSETTLED,
                name="deadlines_term_unsettled",
            ),
            models.Index(
                fields=["code", "executor", "form", "due_at"],
                condition=UNSETTLED & Q(case_open=True),
                name="deadlines_term_owed",
            ),
            models.Index(
                Coalesce("passed_at", "met_at"),
                include=["passed_at", "met_at", "code", "state"],
                condition=Q(state__in=ENDED),
                name="deadlines_term_ended",
            ),
            models.Index(
                fields=["met_at"],
                include=["code", "start", "state"],
                condition=Q(met_at__isnull=False),
                name="deadlines_term_met",
            ),
            models.Index(fields=["id"], condition=~Q(fault=""), name="deadlines_term_faulty"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_on} {self.state}"


class CaseOfTerms(Case):
    """The case as its terms copy it: who has it, which form, whether it is open. The dashboard counts without a join."""

    class Meta:
        proxy = True
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="case_to_terms",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("executor", "form", "is_open"),
                func=(
                    "UPDATE deadlines_term SET executor_id = NEW.executor_id, form = NEW.form,"
                    " case_open = NEW.is_open WHERE case_id = NEW.id; RETURN NULL;"
                ),
            ),
        ]


class LadderStep(models.Model):
    """One step of the ladder of a term: taken once, also if nobody was there to be told."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=16, choices=LadderChoice.choices)
    due_at = models.DateTimeField(help_text="the moment of the step, legal time")
    taken_at = models.DateTimeField(help_text="when the watch came to it, legal time")
    overtaken = models.BooleanField(
        default=False, help_text="a later step was due as well: that one was told instead"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "step"], name="deadlines_each_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} {self.step}"


class Telling(models.Model):
    """Whom a step is told to; without a notice it is owed still. The notice proves delivery and reading."""

    step = models.ForeignKey(LadderStep, on_delete=models.CASCADE, related_name="tellings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step", "person"], name="deadlines_each_person_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "id"], condition=Q(notice=None), name="deadlines_telling_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} to {self.person_id}"


class BreachExplanation(models.Model):
    """Why a term was broken, in the words of the executor it is asked of; kept with the breach for good."""

    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name="explanation")
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(help_text="the due moment of the term")
    text = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(null=True, help_text="legal time")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(text="", given_by=None, given_at=None)
                | ~Q(text="") & Q(given_by__isnull=False, given_at__isnull=False),
                name="deadlines_explanation_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked_of"], condition=Q(given_at=None), name="deadlines_explanation_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.term_id} by {self.asked_of_id}"


class Outage(models.Model):
    """When the portal could not be used; shown beside the terms that ran then, once a second person confirmed it."""

    began_at = models.DateTimeField(_("began"), help_text="legal time")
    ended_at = models.DateTimeField(
        _("ended"), null=True, blank=True, help_text="legal time; none: it goes on"
    )
    what_ru = models.CharField(_("what did not work (Russian)"), max_length=300)
    what_kk = models.CharField(_("what did not work (Kazakh)"), max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded"), help_text="legal time")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, help_text="legal time")

    class Meta:
        verbose_name = _("outage of the portal")
        verbose_name_plural = _("outages of the portal")
        ordering: ClassVar = ["-began_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("began_at")), name="deadlines_outage_in_order"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, ended_at__isnull=False)
                & ~Q(confirmed_by=F("recorded_by")),
                name="deadlines_outage_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"

    def what(self, language: str) -> str:
        return self.what_kk if language == "kk" else self.what_ru


class MonthTally(models.Model):
    """A month that is over, counted once (`tallies`); dropped when the calendar is revised."""

    first_day = models.DateField(primary_key=True)
    calendar_revision = models.PositiveIntegerField()
    counted_at = models.DateTimeField(help_text="legal time")
    content = models.JSONField()

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"


class Heartbeat(models.Model):
    """When a watch last finished, by the machine's clock, and what it found."""

    name = models.CharField(max_length=30, primary_key=True)
    beat_at = models.DateTimeField(help_text="machine time")
    looked_at = models.DateTimeField(help_text="legal time")
    report = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M:%S}"
