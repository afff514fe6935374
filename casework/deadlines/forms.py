"""The forms of the calendar's pages, and what was typed into one that was refused."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casework.deadlines.statuses import ExceptionChoice
from foundation.accounts.models import Person

_LOCAL = "%Y-%m-%dT%H:%M"


class LeftForm(forms.Form):
    """A form that a redirect brings back as it was refused, with the faults beside the fields."""

    kept_as: ClassVar[str]

    @classmethod
    def as_left(cls, request: HttpRequest) -> Self:
        """Empty, or as it was refused."""
        held = request.session.pop(cls.kept_as, None)
        if held is None:
            return cls()
        form = cls(held["values"])
        form.is_valid()
        for name, faults in held["faults"].items():
            for fault in faults:
                if fault not in form.errors.get(name, ()):
                    form.add_error(name if name in form.fields else None, fault)
        return form

    @classmethod
    def keep(cls, request: HttpRequest, faults: Mapping[str, Any]) -> None:
        """Remember a refused entry until the page shows it again."""
        values = {name: request.POST.get(name, "") for name in cls.base_fields}
        texts = {name: [str(fault) for fault in found] for name, found in faults.items()}
        request.session[cls.kept_as] = {"values": values, "faults": texts}


class ExceptionForm(LeftForm):
    """What an act says of one date."""

    kept_as = "deadlines.entry"
    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label=_("What the act makes of it"), choices=ExceptionChoice.choices)
    act_ru = forms.CharField(
        label=_("Act in Russian, with its date and number"),
        max_length=300,
        help_text=_("People read it beside the day."),
    )
    act_kk = forms.CharField(label=_("Act in Kazakh, with its date and number"), max_length=300)


class ExceptionFileForm(LeftForm):
    """Exceptions as CSV; a refused file is chosen again, its faults stand beside the field."""

    kept_as = "deadlines.file"
    file = forms.FileField(
        label=_("CSV file"),
        required=False,
        help_text=_("Columns day, kind, act_ru, act_kk, as in the file that this page gives out."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    @classmethod
    def as_left(cls, request: HttpRequest) -> Self:
        """A file cannot be kept, so its absence is no fault here; the page still asks for one."""
        form = super().as_left(request)
        form.fields["file"].required = True
        return form


class _Moment(forms.DateTimeField):
    """By the wall clock of Almaty, to the minute."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_LOCAL)

    def __init__(self, **said: Any) -> None:
        super().__init__(input_formats=[_LOCAL, f"{_LOCAL}:%S"], **said)


class OutageForm(LeftForm):
    """When the portal could not be used."""

    kept_as = "deadlines.outage"
    began_at = _Moment(label=_("Began, Almaty time"))
    ended_at = _Moment(label=_("Ended, Almaty time"), required=False, help_text=_("Empty while it goes on."))
    what_ru = forms.CharField(
        label=_("What did not work, in Russian"),
        max_length=300,
        help_text=_("Applicants read it beside their terms."),
    )
    what_kk = forms.CharField(label=_("What did not work, in Kazakh"), max_length=300)


class _Officer(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name} ({obj.post_ru})" if obj.post_ru else str(obj.full_name)


def _officers() -> Any:
    return Person.objects.filter(is_staff=True, is_active=True).order_by("surname", "given_name")


class AbsenceForm(LeftForm):
    """Who is away, and who stands in."""

    kept_as = "deadlines.absence"
    officer = _Officer(label=_("Who is away"), queryset=Person.objects.none())
    first_day = forms.DateField(
        label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    substitute = _Officer(
        label=_("Who stands in"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_(
            "Acts as executor of every case of the absent officer, from the first day to the last. Nobody: the cases wait."
        ),
    )
    order = forms.CharField(label=_("Order, with its number and date"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("officer", "substitute"):
            self.fields[name].queryset = _officers()  # type: ignore[attr-defined]  # both are choices of officers


class AbsenceEndForm(LeftForm):
    """Another last day."""

    kept_as = "deadlines.absence_end"
    last_day = forms.DateField(
        label=_("Last day away"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class OutageEndForm(LeftForm):
    """The portal works again."""

    kept_as = "deadlines.outage_end"
    ended_at = _Moment(label=_("Ended, Almaty time"))
