"""The fields of each act on a complaint. They only show: the services judge, and name the faults by field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from appeals.statuses import OUTCOME_CHOICES, Addressee, LeaveReason
from desks.cabinet.forms import ShownForm
from desks.officer.forms import ActForm, AskRecusalForm, AssignForm, DecideRecusalForm

_NOT_CHOSEN = ("", _("— choose —"))


def _text(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required)


class DraftForm(ShownForm):
    """Contents of a complaint (APPC 93(2))."""

    addressee = forms.ChoiceField(
        label=_("Who shall consider it"),
        choices=[
            (
                Addressee.SUPERIOR,
                _("the superior body: 20 working days, its answer binds the authority (APPC 99)"),
            ),
            (
                Addressee.QUALITY,
                _("the body for the quality of public services: 15 working days (Rules 22)"),
            ),
            (Addressee.PROVIDER, _("the authority itself: 5 working days (Rules 21)")),
        ],
        widget=forms.RadioSelect,
        help_text=_(
            "It always enters through the authority, which may satisfy it in full within 3 working days or forwards it with the case (Rules 19, 20)."
        ),
    )
    complained_of = forms.CharField(label=_("Body or officer you complain of"))
    circumstances = _text(
        _("What happened, and by what it is shown"),
        _("Name the documents; attach those that are not in the case."),
        rows=8,
    )
    demands = _text(_("What you ask for"), _("For instance: cancel the refusal and issue the licence."))
    postal_address = forms.CharField(
        label=_("Postal address"), help_text=_("The answer is sent to this address.")
    )
    actual_address = forms.CharField(label=_("Actual address"))
    late_reason = _text(
        _("Why it is late"),
        _("A complaint after its last day is taken all the same; say what hindered you (APPC 92)."),
        rows=3,
        required=False,
    )

    def keep_addressees(self, known: tuple[str, ...]) -> None:
        """Only bodies that may consider it; a minister's act has no superior one (APPC 91(3))."""
        field = self.fields["addressee"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- declared so above
        offered: list[tuple[Any, Any]] = list(field.choices)  # type: ignore[arg-type]  # flat, as declared above
        field.choices = [row for row in offered if row[0] in known]


class SatisfyForm(ActForm):
    reasons_kk = _text(_("Why the act falls, in Kazakh"))
    reasons_ru = _text(_("Why the act falls, in Russian"))


class ForwardForm(ActForm):
    position_kk = _text(_("Position of the authority, in Kazakh"))
    position_ru = _text(_("Position of the authority, in Russian"))


class ExtendForm(ActForm):
    reason = _text(_("Why further study or a check is needed"))


class NoticeForm(ActForm):
    facts_kk = _text(_("Preliminary position, in Kazakh"), rows=6)
    facts_ru = _text(_("Preliminary position, in Russian"), rows=6)


class AnswerForm(ActForm):
    text = _text(_("Your objections"), rows=8)
    final = forms.BooleanField(label=_("This is my final answer"), required=False)


class PostponeForm(ActForm):
    planned_at = forms.DateTimeField(
        label=_("Time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    place = forms.CharField(label=_("Place or link"))


class ProtocolForm(ActForm):
    started_at = forms.DateTimeField(
        label=_("Began"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ended_at = forms.DateTimeField(
        label=_("Ended"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    attended = forms.ChoiceField(
        label=_("Did the party come?"), choices=[_NOT_CHOSEN, ("yes", _("came")), ("no", _("did not come"))]
    )
    present = _text(_("Who was present"), _("One person a line; those of the party first."), required=False)
    explanations = _text(
        _("Explanations"), _("Leave it empty if the party did not come."), rows=8, required=False
    )


class DecisionForm(ActForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[_NOT_CHOSEN, *OUTCOME_CHOICES])
    in_full = forms.BooleanField(label=_("All demands are met"), required=False)
    reasons_kk = _text(_("Reasons, in Kazakh"), rows=6)
    reasons_ru = _text(_("Reasons, in Russian"), rows=6)
    heard_kk = _text(_("What both sides said, in Kazakh"), required=False)
    heard_ru = _text(_("What both sides said, in Russian"), required=False)


class LeaveForm(ActForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=[_NOT_CHOSEN, *LeaveReason.choices])
    facts_kk = _text(_("Facts, in Kazakh"))
    facts_ru = _text(_("Facts, in Russian"))


class OutcomeForm(ActForm):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[_NOT_CHOSEN, *OUTCOME_CHOICES])
    number = forms.CharField(label=_("Number of the decision"))
    decided_on = forms.DateField(label=_("Its date"), widget=forms.DateInput(attrs={"type": "date"}))
    reasons = _text(_("Its reasons in short"))
    scan = forms.FileField(label=_("Scan of the decision"))


class ReasonForm(ActForm):
    reason = _text(_("Reason"))


class OptionalReasonForm(ActForm):
    reason = _text(_("Reason"), required=False)


FORMS: dict[str, type[ActForm]] = {
    "withdraw": OptionalReasonForm,
    "assign": AssignForm,
    "ask_recusal": AskRecusalForm,
    "decide_recusal": DecideRecusalForm,
    "satisfy": SatisfyForm,
    "forward": ForwardForm,
    "extend": ExtendForm,
    "notify_hearing": NoticeForm,
    "answer_hearing": AnswerForm,
    "postpone_hearing": PostponeForm,
    "sign_protocol": ProtocolForm,
    "prepare_decision": DecisionForm,
    "leave": LeaveForm,
    "record_outcome": OutcomeForm,
    "send_back": ReasonForm,
}
