"""The question to the deadline calculator."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.deadlines.rules import ALMATY

LOCAL = "%Y-%m-%dT%H:%M"


class CalculatorForm(forms.Form):
    """When the application was received, by the wall clock of Almaty, and which form it is."""

    received = forms.CharField(
        label=gettext_lazy("Received, Almaty time"),
        max_length=40,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "min": "2020-01-01T00:00", "max": "2039-12-31T23:59"}
        ),
        help_text=gettext_lazy("The moment the portal took the application in."),
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Application"),
        choices=[
            ("1", gettext_lazy("Form 1: licence or annex, sub-kind I")),
            ("2", gettext_lazy("Form 2: licence or annex, sub-kind II")),
            ("9", gettext_lazy("Form 9: re-issue, sub-kind I")),
            ("10", gettext_lazy("Form 10: re-issue, sub-kind II")),
        ],
    )
    long = forms.BooleanField(
        label=gettext_lazy("Re-issue after a spin-off or split, or decided as a new annex"),
        required=False,
        help_text=gettext_lazy(
            "Forms 9 and 10: 2 and 15 working days instead of 1 and 2 (Law on permits and notifications, art. 34)."
        ),
    )

    def clean_received(self) -> datetime:
        """ISO 8601, with or without seconds and offset; without one it is Almaty."""
        try:
            moment = datetime.fromisoformat(str(self.cleaned_data["received"]).strip())
            return moment.astimezone(ALMATY) if moment.tzinfo else moment.replace(tzinfo=ALMATY)
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("Write the time as 2026-03-06T12:00.")) from error
