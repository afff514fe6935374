"""The order as dated rows. A published row is never edited: a successor begins, it ends the day before."""

from dataclasses import fields
from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from foundation.rulebook.rules import rows as kinds
from foundation.rulebook.rules.rows import Row

_ONLY_ENDED = """
    IF OLD.published_at IS NOT NULL AND (
        (to_jsonb(NEW) - 'valid_to') IS DISTINCT FROM (to_jsonb(OLD) - 'valid_to')
        OR (OLD.valid_to IS NOT NULL AND NEW.valid_to IS DISTINCT FROM OLD.valid_to)
    ) THEN
        RAISE EXCEPTION 'A published rule is succeeded, not edited.';
    END IF;
    RETURN NEW;
"""
_NEVER_DELETED = """
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'A published rule is succeeded, not deleted.';
    END IF;
    RETURN OLD;
"""


class DatedRule(models.Model):
    """What every row has: code, days in force, paragraph, words, and who let it in."""

    class Translation(models.TextChoices):
        OFFICIAL = "official", _("official")
        OURS = "ours", _("ours, to be confirmed")

    kind: ClassVar[type[Row]]
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    code = models.CharField(_("code"), max_length=60)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("last day in force"), null=True, blank=True)
    citation = models.CharField(_("paragraph"), max_length=120)
    text_kk = models.TextField(_("Kazakh text"), blank=True)
    text_ru = models.TextField(_("Russian text"), blank=True)
    text_en = models.TextField(_("English text"), blank=True)
    translation = models.CharField(
        _("Kazakh wording"), max_length=8, choices=Translation.choices, default=Translation.OURS
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    proposed_by = models.UUIDField(_("entered by"), null=True, editable=False)
    confirmed_by = models.UUIDField(_("confirmed by"), null=True, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["code", "valid_from"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(class)s_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(confirmed_by=F("proposed_by")),
                name="%(class)s_four_eyes",
            ),
            ExclusionConstraint(
                name="%(class)s_one_in_force",
                expressions=[
                    (F("code"), "="),
                    (Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"), "&&"),
                ],
                condition=Q(published_at__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="only_ended", when=pgtrigger.Before, operation=pgtrigger.Update, func=_ONLY_ENDED
            ),
            pgtrigger.Trigger(
                name="never_deleted", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_NEVER_DELETED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.valid_from} – {self.valid_to or '…'})"

    def as_row(self) -> Row:
        """The same as a plain value of the pure rules."""
        values: dict[str, Any] = {item.name: getattr(self, item.name) for item in fields(self.kind)}
        for name, value in values.items():
            if isinstance(value, list):
                values[name] = tuple(value)
        return self.kind(**values)


class RulePack(DatedRule):
    kind = kinds.RulePack

    decides = models.BooleanField(_("the text is known"), default=True)

    class Meta(DatedRule.Meta):
        verbose_name = _("edition of the Rules")
        verbose_name_plural = _("editions of the Rules")


class EvidenceRequirement(DatedRule):
    kind = kinds.EvidenceRequirement

    sub_kind = models.CharField(_("sub-kind"), max_length=2)
    number = models.PositiveSmallIntegerField(_("number"))
    condition = models.CharField(_("condition"), max_length=40)
    condition_day = models.DateField(_("day of the condition"), null=True, blank=True)
    per = models.CharField(_("for each"), max_length=20, default="data_centre")
    title_kk = models.CharField(_("Kazakh title"), max_length=200)
    title_ru = models.CharField(_("Russian title"), max_length=200)
    title_en = models.CharField(_("English title"), max_length=200, blank=True)
    particulars = models.JSONField(_("particulars"), default=list)

    class Meta(DatedRule.Meta):
        verbose_name = _("evidence requirement")
        verbose_name_plural = _("evidence requirements (Annex 11)")


class RefusalGround(DatedRule):
    kind = kinds.RefusalGround

    procedure = models.CharField(_("procedure"), max_length=10)
    number = models.PositiveSmallIntegerField(_("number"))
    annex_only = models.BooleanField(_("also for an annex alone"), default=True)
    names_evidence = models.BooleanField(_("names Annex 11 entries"), default=False)
    in_closed_list = models.BooleanField(_("in the closed list of the law"), default=True)
    reorganisation = models.CharField(_("only for the reorganisation"), max_length=20, blank=True)

    class Meta(DatedRule.Meta):
        verbose_name = _("ground of refusal")
        verbose_name_plural = _("grounds of refusal")


class ReissueGround(DatedRule):
    kind = kinds.ReissueGround

    form = models.PositiveSmallIntegerField(_("form"))
    number = models.PositiveSmallIntegerField(_("number"))
    ground_kind = models.CharField(_("kind"), max_length=20)
    copy_required = models.BooleanField(_("a copy is needed"), default=False)

    class Meta(DatedRule.Meta):
        verbose_name = _("ground of re-issue")
        verbose_name_plural = _("grounds of re-issue")


class FeeRate(DatedRule):
    kind = kinds.FeeRate

    service = models.CharField(_("service"), max_length=12)
    sub_kind = models.CharField(_("sub-kind"), max_length=2)
    multiple = models.DecimalField(_("indices"), max_digits=10, decimal_places=2, null=True, blank=True)
    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta(DatedRule.Meta):
        verbose_name = _("rate of the fee")
        verbose_name_plural = _("rates of the fee")


class MonthlyIndex(DatedRule):
    kind = kinds.MonthlyIndex

    tenge = models.DecimalField(_("tenge"), max_digits=12, decimal_places=2)

    class Meta(DatedRule.Meta):
        verbose_name = _("monthly calculation index")
        verbose_name_plural = _("monthly calculation indices (MRP)")


class Confirmation(DatedRule):
    kind = kinds.Confirmation

    form = models.PositiveSmallIntegerField(_("form"))
    number = models.PositiveSmallIntegerField(_("number"))

    class Meta(DatedRule.Meta):
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations of the forms")


class FixedText(DatedRule):
    kind = kinds.FixedText

    class Meta(DatedRule.Meta):
        verbose_name = _("fixed text")
        verbose_name_plural = _("fixed texts")


class AuthorityName(DatedRule):
    kind = kinds.AuthorityName

    bin = models.CharField(_("BIN"), max_length=12, blank=True)
    short_kk = models.CharField(_("short Kazakh name"), max_length=200, blank=True)
    short_ru = models.CharField(_("short Russian name"), max_length=200, blank=True)
    address_kk = models.CharField(_("Kazakh address"), max_length=300, blank=True)
    address_ru = models.CharField(_("Russian address"), max_length=300, blank=True)

    class Meta(DatedRule.Meta):
        verbose_name = _("name of a body")
        verbose_name_plural = _("names of bodies")


class TermRow(DatedRule):
    kind = kinds.TermRow

    term = models.CharField(_("term"), max_length=30, blank=True)
    track = models.CharField(_("way"), max_length=8, blank=True)
    start = models.CharField(_("runs from"), max_length=30, blank=True)
    n = models.SmallIntegerField(_("length"))
    unit = models.CharField(_("unit"), max_length=16)
    cap = models.CharField(_("never passes"), max_length=30, blank=True)
    who = models.CharField(_("whose"), max_length=12, blank=True)
    ends = models.CharField(_("hour of its end"), max_length=10, default="office")
    passing = models.CharField(_("passing unmet is"), max_length=10, default="breach")
    met_by = models.JSONField(_("met by"), default=list, blank=True)
    void_by = models.JSONField(_("void by"), default=list, blank=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    tells = models.JSONField(_("told when it passed"), default=list, blank=True)
    consequence_kk = models.TextField(_("Kazakh words on what follows"), blank=True)
    consequence_ru = models.TextField(_("Russian words on what follows"), blank=True)

    class Meta(DatedRule.Meta):
        verbose_name = _("term")
        verbose_name_plural = _("table of terms")


class PolicySwitch(DatedRule):
    kind = kinds.PolicySwitch

    on = models.BooleanField(_("on"), default=False)

    class Meta(DatedRule.Meta):
        verbose_name = _("policy switch")
        verbose_name_plural = _("policy switches")


class PassportRow(DatedRule):
    kind = kinds.PassportRow

    number = models.PositiveSmallIntegerField(_("number"))
    name_kk = models.CharField(_("Kazakh name"), max_length=300)
    name_ru = models.CharField(_("Russian name"), max_length=300)

    class Meta(DatedRule.Meta):
        verbose_name = _("row of the passport")
        verbose_name_plural = _("passport of the service (Annex 3)")


class AccreditedPool(DatedRule):
    kind = kinds.AccreditedPool

    bin = models.CharField(_("BIN"), max_length=12)

    class Meta(DatedRule.Meta):
        verbose_name = _("accredited mining pool")
        verbose_name_plural = _("accredited mining pools")


class Revision(models.Model):
    """One row that changes with every publication; processes compare the token with what they hold."""

    number = models.PositiveIntegerField()
    token = models.UUIDField()

    def __str__(self) -> str:
        return f"revision {self.number}"


# field of `rules.Rows` → table
TABLES: dict[str, type[DatedRule]] = {
    "packs": RulePack,
    "evidence": EvidenceRequirement,
    "grounds": RefusalGround,
    "reissue_grounds": ReissueGround,
    "fee_rates": FeeRate,
    "indices": MonthlyIndex,
    "confirmations": Confirmation,
    "texts": FixedText,
    "authorities": AuthorityName,
    "terms": TermRow,
    "switches": PolicySwitch,
    "passport": PassportRow,
    "pools": AccreditedPool,
}
