"""The form of a calendar exception, and what was typed into one that was refused."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casework.deadlines.statuses import ExceptionChoice

_KEY = "deadlines.entry"


class ExceptionForm(forms.Form):
    """What an act says of one date."""

    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label=_("What the act makes of it"), choices=ExceptionChoice.choices)
    act_ru = forms.CharField(
        label=_("Act in Russian, with its date and number"),
        max_length=300,
        help_text=_("People read it beside the day."),
    )
    act_kk = forms.CharField(label=_("Act in Kazakh, with its date and number"), max_length=300)

    @classmethod
    def as_left(cls, request: HttpRequest) -> "ExceptionForm":
        """Empty, or as it was refused, with the faults beside the fields."""
        held = request.session.pop(_KEY, None)
        if held is None:
            return cls()
        form = cls(held["values"])
        form.is_valid()
        for name, faults in held["faults"].items():
            for fault in faults:
                if fault not in form.errors.get(name, ()):
                    form.add_error(name if name in form.fields else None, fault)
        return form


def keep_entry(request: HttpRequest, faults: dict[str, Any]) -> None:
    """Remember a refused entry until the page shows it again."""
    values = {name: request.POST.get(name, "") for name in ExceptionForm.base_fields}
    texts = {name: [str(fault) for fault in found] for name, found in faults.items()}
    request.session[_KEY] = {"values": values, "faults": texts}
