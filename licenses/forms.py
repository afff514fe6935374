"""Questions to the register: what may be asked, checked and read the same way by pages and API."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.kernel.clock import legal_now
from licenses.selectors import Query
from licenses.selectors.search import PAGE
from licenses.statuses import LicenceStatus, SubKind
from licenses.wording import REGIONS

_ANY: list[tuple[str, Any]] = [("", _("any"))]


class DayForm(forms.Form):
    """The day as of which the register is asked; today when left empty."""

    as_of = forms.DateField(
        label=_("As of"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("What the register says of a past day; empty means today."),
        error_messages={"invalid": _("A day is written as 2026-03-02.")},
    )

    def clean_as_of(self) -> date | None:
        """The future is not known to the register."""
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day > legal_now().date():
            raise forms.ValidationError(_("The register answers for today and for past days only."))
        return day


class RegisterForm(DayForm):
    """Search in the register."""

    q = forms.CharField(
        label=_("Number, BIN or name"),
        required=False,
        max_length=200,
        help_text=_(
            "The beginning of a licence number or of a BIN, a whole IIN, or words of a name; small slips are forgiven."
        ),
    )
    region = forms.ChoiceField(label=_("Region"), required=False, choices=[*_ANY, *REGIONS.items()])
    sub_kind = forms.ChoiceField(label=_("Sub-kind"), required=False, choices=[*_ANY, *SubKind.choices])
    status = forms.ChoiceField(label=_("State"), required=False, choices=[*_ANY, *LicenceStatus.choices])
    cursor = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    limit = forms.IntegerField(required=False, min_value=1, max_value=100, widget=forms.HiddenInput)

    def query(self) -> Query:
        """The question of a valid form."""
        data = self.cleaned_data
        return Query(
            text=data["q"],
            region=data["region"],
            sub_kind=data["sub_kind"],
            status=data["status"],
            day=data["as_of"],
            cursor=data["cursor"],
            limit=data["limit"] or PAGE,
        )


class CheckForm(forms.Form):
    """A number, or what a scanned QR code says."""

    number = forms.CharField(
        label=_("Number of the licence or annex"),
        required=False,
        max_length=60,
        help_text=_("As printed, for example KZ32DML00000001 or, for an annex, KZ32DML00000001/001."),
    )
    d = forms.CharField(
        label=_("Text of the QR code"),
        required=False,
        max_length=2000,
        help_text=_("A scanned code opens this page by itself; its text can also be pasted here."),
    )
