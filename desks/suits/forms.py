"""The fields of each act on a suit. They only show: the services judge, and name the faults by field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.suits.statuses import CourtOutcome
from desks.cabinet.forms import ShownForm
from desks.officer.forms import ActForm, AskRecusalForm, AssignForm, DecideRecusalForm, SendBackForm

_NOT_CHOSEN = ("", _("— choose —"))


def _text(label: Any, help_text: Any = "", *, rows: int = 8) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}))


def _day(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


class RecordForm(ShownForm):
    """Rules 23; what is contested is chosen beside it."""

    court = forms.CharField(label=_("Court"))
    number = forms.CharField(label=_("Number"))
    received_on = _day(_("Received by the authority on"))
    demands = _text(_("What the suit demands"), rows=4)
    complained_first = forms.ChoiceField(
        label=_("Was a complaint considered before?"),
        choices=[_NOT_CHOSEN, ("true", _("yes")), ("false", _("no, the suit came without a complaint"))],
        help_text=_(
            "Without one the reasoned position of the head of the superior body goes to the court too."
        ),
    )
    scan = forms.FileField(label=_("Scan"), help_text=_("The suit as a PDF or a picture."))


class PositionForm(ActForm):
    """Rules 23."""

    position_kk = _text(_("The reasoned position, in Kazakh"), _("The court and the applicant read it."))
    position_ru = _text(_("The reasoned position, in Russian"))


class ResponseForm(ActForm):
    """Rules 23."""

    response_kk = _text(_("Response to the suit, in Kazakh"), _("The court and the applicant read it."))
    response_ru = _text(_("Response to the suit, in Russian"))
    position_by = forms.CharField(
        label=_("Who signed the position of the superior body"),
        required=False,
        help_text=_("Needed where the suit came without a complaint (Rules 23)."),
    )
    position_on = _day(_("Date of the position"), required=False)
    scan = forms.FileField(
        label=_("The reasoned position"), required=False, help_text=_("As a PDF or a picture.")
    )

    def without_paper(self) -> None:
        """No position on paper is asked for: it is signed in the portal, or a complaint came first."""
        for name in ("position_by", "position_on", "scan"):
            del self.fields[name]


class CourtActForm(ActForm):
    """APPC 84, 100."""

    outcome = forms.ChoiceField(
        label=_("What the court decided"), choices=[_NOT_CHOSEN, *CourtOutcome.choices]
    )
    court = forms.CharField(label=_("Court"))
    number = forms.CharField(label=_("Number"))
    in_force_on = _day(_("In force since"))
    scan = forms.FileField(label=_("Scan"), help_text=_("The court act as a PDF or a picture."))


FORMS: dict[str, type[ActForm]] = {
    "assign": AssignForm,
    "ask_recusal": AskRecusalForm,
    "decide_recusal": DecideRecusalForm,
    "give_position": PositionForm,
    "prepare_response": ResponseForm,
    "record_court_act": CourtActForm,
    "send_back": SendBackForm,
}
