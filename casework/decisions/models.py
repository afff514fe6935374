"""Official acts, sign requests, signature evidence and hearings of any case."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.documents.models import StoredFile
from foundation.accounts.models import Body
from foundation.journal.models import append_only
from foundation.kernel.clock import almaty

# decisions that whoever prepared them signs too: the answer of the reviewer (process.md, People)
SIGNED_BY_PREPARER = ("complaint_answer",)


class Act(models.Model):
    """One document of legal force with its life: prepared, opened for signature, signed; or void.

    `content` holds what people wrote and chose for it; the documents are made of it and of the case.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", _("prepared")
        OPENED = "opened", _("opened for signature")
        SIGNED = "signed", _("signed")
        VOID = "void", _("void")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    four_eyes = models.BooleanField(help_text="whoever prepared it cannot sign it (process.md, People)")
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    act_date = models.DateField(null=True, help_text="the day the act bears (Rules 5)")
    number = models.CharField(max_length=30, blank=True)
    content = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(four_eyes=False) | Q(signed_by=None) | ~Q(signed_by=F("prepared_by")),
                name="decisions_signer_is_not_preparer",
            ),
            models.CheckConstraint(
                condition=Q(four_eyes=False) | Q(opened_by=None) | ~Q(opened_by=F("prepared_by")),
                name="decisions_opener_is_not_preparer",
            ),
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(signed_by__isnull=False, signed_at__isnull=False, act_date__isnull=False),
                name="decisions_signed_whole",
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(four_eyes=True, state__in=["prepared", "opened"]),
                name="decisions_one_open_decision",
            ),
        ]
        # what is signed stays as it was signed: the grounds of a notice decide what may be refused (Rules 10)
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="act_signed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="signed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}".strip()


class Cancellation(models.Model):
    """A signed act that lost its force: on a complaint, by a court act, or by the authority itself (APPC 84, 100).

    The act and its documents stay as they are; this row says since when and by what they do not work.
    """

    class Basis(models.TextChoices):
        COMPLAINT = "complaint", _("on a complaint")
        COURT_ACT = "court_act", _("by a court act")
        OWN = "own", _("by the authority itself")

    act = models.OneToOneField(Act, on_delete=models.PROTECT, related_name="cancellation")
    basis = models.CharField(max_length=10, choices=Basis.choices)
    number = models.CharField(max_length=60, help_text="of the complaint, the court act or the own act")
    dated = models.DateField(help_text="its date")
    by = models.CharField(max_length=300, help_text="the body or court that decided")
    by_act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="cancels")
    since = models.DateField(help_text="the day the act lost its force")
    recorded_at = models.DateTimeField(help_text="legal time")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by_act=None) | ~Q(by_act=F("act")), name="decisions_act_cancelled_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act_id} cancelled by {self.number}"


class SignRequest(models.Model):
    """The exact bytes one person is asked to sign for one action, once, for a short time."""

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for the signature")
        USED = "used", _("signed")
        DEAD = "dead", _("no longer valid")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sign_requests")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="sign_requests")
    action = models.CharField(max_length=30)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    manifest = models.BinaryField()
    manifest_sha256 = models.CharField(max_length=64)
    expect_iin = models.CharField(max_length=12)
    expect_bin = models.CharField(max_length=12, blank=True)
    expect_roles = models.JSONField(default=list)
    case_version = models.PositiveIntegerField(help_text="the version whose content is signed")
    created_at = models.DateTimeField(help_text="legal time")
    expires_at = models.DateTimeField(help_text="legal time")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    used_at = models.DateTimeField(null=True)
    cms_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "action", "person"],
                condition=Q(state="pending"),
                name="decisions_one_pending_request",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} by {self.person_id}: {self.state}"


class SignatureEvidence(models.Model):
    """Everything needed to show later why a signature was accepted; append-only and linked per case."""

    request = models.OneToOneField(SignRequest, on_delete=models.PROTECT, related_name="evidence")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signatures")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    manifest = models.BinaryField()
    cms = models.BinaryField(help_text="DER")
    chain = models.JSONField(default=list, help_text="base64 DER, the signer's certificate first")
    crls = models.JSONField(default=list, help_text="base64 DER of the revocation lists that were used")
    report = models.JSONField(help_text="the verifier's answer: codes, roles, serial, chain and CRL hashes")
    received_at = models.DateTimeField(help_text="legal time")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ip = models.GenericIPAddressField(null=True)
    prev_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        triggers: ClassVar = append_only("signatureevidence")

    def __str__(self) -> str:
        return f"signature {self.sha256[:12]}"


class Hearing(models.Model):
    """The hearing before an unfavourable act (APPC 73, Rules 10): notice, answer, outcome."""

    class Mode(models.TextChoices):
        WRITTEN = "written", _("in writing")
        ORAL = "oral", _("oral")
        VIDEO = "video", _("by video")

    class State(models.TextChoices):
        NOTIFIED = "notified", _("applicant notified")
        ANSWERED = "answered", _("applicant answered")
        WAIVED = "waived", _("applicant waived it")
        HELD = "held", _("held")
        RECORDED = "recorded", _("recorded")
        REPLACED = "replaced", _("replaced by a new notice")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    notice = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOTIFIED)
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.WRITTEN)
    notified_at = models.DateTimeField()
    notified_on = models.DateField(help_text="the day the notice bears; terms run from it")
    objections_until = models.DateTimeField()
    refusal_not_before = models.DateField(help_text="notice + 3 working days (APPC 73(1))")
    planned_at = models.DateTimeField(null=True)
    planned_until = models.DateTimeField(null=True)
    link = models.URLField(max_length=300, blank=True, help_text="of the video call")
    place = models.CharField(max_length=300, blank=True)
    late = models.BooleanField(
        default=False, help_text="sent after the last notice day with the head's consent"
    )
    oral_requested_at = models.DateTimeField(null=True)
    short_notice = models.BooleanField(
        default=False, help_text="the party agreed to be heard without the two office hours of lead"
    )
    changes = models.PositiveSmallIntegerField(
        default=0, help_text="how often its time or its term was set anew; SEQUENCE of its calendar events"
    )
    waived_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answer_final = models.BooleanField(default=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    attended = models.BooleanField(null=True)
    protocol = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["notified", "answered", "waived", "held"]),
                name="decisions_one_open_hearing",
            ),
        ]

    def __str__(self) -> str:
        return f"hearing of {self.case_id}: {self.state}"

    @property
    def objections_day(self) -> date:
        """The last day of the answer; it ends at 24:00, which is the next day already (Annex 3/8)."""
        return almaty(self.objections_until - timedelta(seconds=1)).date()

    def where(self, language: str) -> str:
        """The room, the place in words, or the link, as people read it."""
        slot = (
            self.slots.filter(kept=False, room__isnull=False).select_related("room").order_by("-pk").first()
        )
        if slot is not None and slot.room is not None and slot.room.name_ru == self.place:
            return slot.room.name_kk if language == "kk" else slot.room.name_ru
        return self.place or self.link


class HearingTime(models.Model):
    """Each time and place a hearing was set for, as the party was told of it (Rules 10); nothing is overwritten."""

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="times")
    number = models.PositiveSmallIntegerField()
    planned_at = models.DateTimeField()
    planned_until = models.DateTimeField()
    place_kk = models.CharField(max_length=300, blank=True)
    place_ru = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=300, blank=True)
    set_at = models.DateTimeField(help_text="legal time")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "number"], name="decisions_hearing_time_once"),
        ]
        triggers: ClassVar = append_only("hearingtime")

    def __str__(self) -> str:
        return f"{self.hearing_id}, time {self.number}"


class LateNoticeConsent(models.Model):
    """The head's recorded consent to a notice after its last day (process.md, notify of hearing)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="late_notice_consents")
    head = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    agreed_at = models.DateTimeField()
    used_by = models.OneToOneField(Hearing, on_delete=models.PROTECT, null=True, related_name="consent")

    def __str__(self) -> str:
        return f"late notice in {self.case_id}"


class HearingRoom(models.Model):
    """A room where hearings are held; reference data of a body."""

    code = models.SlugField(primary_key=True, max_length=30)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="hearing_rooms")
    name_kk = models.CharField(_("name and address (Kazakh)"), max_length=300)
    name_ru = models.CharField(_("name and address (Russian)"), max_length=300)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("hearing room")
        verbose_name_plural = _("hearing rooms")

    def __str__(self) -> str:
        return self.name_ru


class HearingSlot(models.Model):
    """The time of an officer, and of a room, that a hearing takes; the database refuses a second one over it.

    `kept`: nothing is set yet; the morning of notice + 3 stays free for an oral hearing asked for at the last moment.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="slots")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(HearingRoom, on_delete=models.PROTECT, null=True, related_name="slots")
    during = DateTimeRangeField()
    kept = models.BooleanField(default=False)
    released_at = models.DateTimeField(null=True, help_text="legal time; the time is free again")

    class Meta:
        constraints: ClassVar = [
            ExclusionConstraint(
                name="decisions_officer_hears_one",
                expressions=[("officer", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(released_at=None),
            ),
            ExclusionConstraint(
                name="decisions_room_holds_one",
                expressions=[("room", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(released_at=None),
            ),
            models.UniqueConstraint(
                fields=["hearing"], condition=Q(released_at=None), name="decisions_one_slot_a_hearing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.during} of {self.hearing_id}"


class HearingFile(models.Model):
    """A file that comes with the answer: handed in, then named by its SHA-256 in what the applicant signs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    answer = models.ForeignKey(
        Act,
        on_delete=models.PROTECT,
        null=True,
        related_name="files",
        help_text="the signed answer that names it",
    )
    removed_at = models.DateTimeField(null=True, help_text="taken out again before it was signed")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer=None) | Q(removed_at=None), name="decisions_signed_file_stays"
            ),
        ]

    def __str__(self) -> str:
        return str(self.file)
