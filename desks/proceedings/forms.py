"""The fields of each act of a proceeding. They only show: the services judge, and name the faults by field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from desks.officer.forms import FORMS as COMMON
from desks.officer.forms import ActForm
from desks.proceedings.corrections import correction_fields
from foundation.accounts.models import Person
from foundation.kernel.kept import Kept
from foundation.rulebook import selectors as rulebook
from licenses.proceedings import rules
from licenses.proceedings.papers.content import AT_ONCE, KNOWN_GROUNDS
from licenses.proceedings.permissions import Situation
from licenses.proceedings.statuses import HEARD_BEFORE_REFUSAL, Kind

_MONTHS = [(str(n), str(n)) for n in range(rules.MIN_MONTHS, rules.MAX_MONTHS + 1)]
_TEXTS = {Kind.SUSPEND: "suspension", Kind.TERMINATE_BY_EVENT: "termination"}
# what the signed bytes are made of: controls that the signing script sends with its request
SIGN_FIELDS: dict[str, str] = {
    "submit": "months reason pool_name pool_bin changed_on",
    "withdraw": "reason",
    "notify_hearing": "months code facts_kk facts_ru",
    "answer_hearing": "text final",
    "agree_late_notice": "reason",
    "sign_protocol": "started_at ended_at attended present explanations",
}


def sign_fields(action: str, form: ActForm) -> str:
    """The names that go with the request for the bytes: of a correction every text of the licence too."""
    texts = [name for name in form.fields if name.startswith("correct-")]
    return " ".join([SIGN_FIELDS.get(action, ""), *texts]).strip()


def _text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required)


def form_for(
    action: str, s: Situation, kept: Kept | None, officers: list[Person], stored: dict[str, Any]
) -> ActForm:
    """The form of an act of this kind; without fields where nothing has to be said."""
    own = action in _MAKERS  # the court act of a licence has other outcomes than that of a refusal
    form = ActForm(kept, officers, stored) if own else COMMON.get(action, ActForm)(kept, officers, stored)
    if own or action not in COMMON:
        form.fields.update(_fields(action, s))
        form = _filled(form, kept, stored)
    return form


def _filled(form: ActForm, kept: Kept | None, stored: dict[str, Any]) -> ActForm:
    form.data = {
        name: kept.value(name, str(stored.get(name, ""))) if kept else str(stored.get(name, ""))
        for name in form.fields
    }
    return form


def _fields(action: str, s: Situation) -> dict[str, forms.Field]:
    maker = _MAKERS.get(action)
    return maker(s) if maker else {}


def _answer(_s: Situation) -> dict[str, forms.Field]:
    final = forms.BooleanField(label=_("This is my final answer"), required=False)
    return {"text": _text(_("Your objections")), "final": final}


def _prepare(s: Situation) -> dict[str, forms.Field]:
    if s.kind == Kind.SUSPEND:
        return {**_months(wanted=True), **_ground(s), **_assessment(), **_at_once()}
    if s.kind == Kind.CORRECT:
        return correction_fields(s)
    return _ground(s) if s.kind == Kind.TERMINATE_BY_EVENT else {}


def _refusal(s: Situation) -> dict[str, forms.Field]:
    return {**_ground(s), **(_assessment() if s.kind in HEARD_BEFORE_REFUSAL else {})}


def _court_act(_s: Situation) -> dict[str, forms.Field]:
    outcome = forms.ChoiceField(
        label=_("What the court decided"),
        choices=[("revoked", _("licence revoked")), ("dismissed", _("suit dismissed"))],
    )
    return {"outcome": outcome, **_court("in_force_on", _("In force since"))}


def _request(s: Situation) -> dict[str, forms.Field]:
    kind = s.kind
    if kind == Kind.CORRECT:
        reason = _text(
            _("How the error came about, and by which attached document it is seen"), required=False
        )
        return {**correction_fields(s), "reason": reason}
    if kind == Kind.RESUME_AFTER_CURE:
        return {"reason": _text(_("What was cured and by which attached document it is shown"))}
    if kind == Kind.POOL_NOTICE:
        return _pool()
    return {**_months(wanted=kind == Kind.SUSPEND_ON_REQUEST), "reason": _text(_("Reason"), required=False)}


def _pool() -> dict[str, forms.Field]:
    """Rules 16, Annex 11/1(3), 2(2)."""
    return {
        "pool_name": forms.CharField(label=_("Name of the mining pool")),
        "pool_bin": forms.CharField(
            label=_("BIN of the pool"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
        ),
        "changed_on": forms.CharField(
            label=_("Day of the change"),
            help_text=_(
                "Told within two working days after it; a later notice is taken and flagged (Rules 16)."
            ),
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
        "reason": _text(_("Remark"), required=False),
    }


def _months(*, wanted: bool) -> dict[str, forms.Field]:
    return {"months": forms.ChoiceField(label=_("For how many months"), choices=_MONTHS)} if wanted else {}


def _ground(s: Situation) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if s.kind in KNOWN_GROUNDS:
        pack, language = rulebook.pack(s.today), get_language() or "ru"
        choices = [
            (code, f"{code}. {pack.text(f'{_TEXTS[s.kind]}.{code}', s.today).text(language)}")
            for code in KNOWN_GROUNDS[s.kind]
        ]
        fields["code"] = forms.ChoiceField(label=_("Ground"), choices=choices)
    fields["facts_kk"] = _text(_("Facts in Kazakh"))
    fields["facts_ru"] = _text(_("Facts in Russian"))
    return fields


def _assessment() -> dict[str, forms.Field]:
    return {
        "assessment_kk": _text(_("Assessment of the answer in Kazakh")),
        "assessment_ru": _text(_("Assessment of the answer in Russian")),
    }


def _at_once() -> dict[str, forms.Field]:
    """APPC 96(2)."""
    help_text = _(
        "Leave it empty unless there is such a reason: a complaint then stays the suspension (APPC 96)."
    )
    return {
        f"{AT_ONCE}_kk": _text(
            _("Why the order works in spite of a complaint, in Kazakh"), help_text, required=False
        ),
        f"{AT_ONCE}_ru": _text(
            _("Why the order works in spite of a complaint, in Russian"), help_text, required=False
        ),
    }


def _court(day: str, label: Any) -> dict[str, forms.Field]:
    return {
        "court": forms.CharField(label=_("Court")),
        "number": forms.CharField(label=_("Number")),
        day: forms.CharField(label=label, widget=forms.DateInput(attrs={"type": "date"})),
        "scan_id": forms.ChoiceField(
            label=_("Scan"), help_text=_("Attach the file to the proceeding first.")
        ),
    }


_MAKERS: dict[str, Callable[[Situation], dict[str, forms.Field]]] = {
    "submit": _request,
    "withdraw": lambda _s: {"reason": _text(_("Why you withdraw it"), required=False)},
    "drop": lambda _s: {"reason": _text(_("Reason"), _("The licensee is told."))},
    "answer_hearing": _answer,
    "notify_hearing": lambda s: {**_months(wanted=s.kind == Kind.SUSPEND), **_ground(s)},
    "prepare": _prepare,
    "prepare_refusal": _refusal,
    "file_suit": lambda _s: _court("date", _("Day of the suit")),
    "record_court_act": _court_act,
}
