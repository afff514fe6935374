"""The fields of each act on the case page. They only show: the services judge, and name the faults by field."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.papers.wording import DISCONTINUANCE_REASONS
from casework.cases.rules import Hindered, Load
from casework.decisions.models import HearingRoom
from casework.decisions.selectors import FreeSlot
from casework.decisions.services.officers import GROUNDS
from desks.cabinet.forms import ShownForm
from foundation.accounts.models import Person
from foundation.kernel.clock import almaty
from foundation.kernel.kept import Kept

_NOT_CHOSEN = ("", _("— choose —"))
_REASONS: dict[str, Promise] = {
    "died": _("the applicant died"),
    "liquidated": _("the legal entity was liquidated"),
    "not_entrepreneur": _("the applicant is no entrepreneur any more"),
    "decided": _("the same matter is decided already"),
    "target": _("the licence left force"),
}


def _text(label: Any, help_text: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required)


class ActForm(ShownForm):
    """Fields of one act; `officers` fills the lists of people."""

    def __init__(
        self, kept: Kept | None, officers: list[Person], stored: dict[str, Any] | None = None
    ) -> None:
        super().__init__(stored or {}, kept)
        for name in ("executor", "officer"):
            if name in self.fields:
                people = [(str(person.pk), person.full_name) for person in officers]
                self.fields[name].choices = [_NOT_CHOSEN, *people]  # type: ignore[attr-defined]  # a ChoiceField


class AssignForm(ActForm):
    """Rules 6."""

    executor = forms.ChoiceField(label=_("Officer"))
    reason = forms.CharField(label=_("Reason"), required=False, help_text=_("It stays with the case."))

    def offer(self, loads: list[tuple[Person, Load]], proposed: Load | None) -> None:
        """Each officer with the open cases and what hinders; whom the portal proposes, and why."""
        choices = [(str(person.pk), _loaded(person, load)) for person, load in loads]
        self.fields["executor"].choices = [_NOT_CHOSEN, *choices]  # type: ignore[attr-defined]  # a ChoiceField
        name = next((person.full_name for person, load in loads if load == proposed), "")
        if proposed is not None:
            self.fields["executor"].help_text = _(
                "Proposed: %(name)s – the fewest open cases (%(count)s), and of those alike the longest without a new one; "
                "who is away, recused or barred is left out."
            ) % {"name": name, "count": proposed.open_cases}


_HINDERED = {
    Hindered.AWAY: _("away today"),
    Hindered.RECUSED: _("recused from this case"),
    Hindered.BARRED: _("may not work on this case"),
    Hindered.INTEREST: _("represents the applicant"),
}


def _loaded(person: Person, load: Load) -> str:
    text = _("%(name)s, open cases: %(count)s") % {"name": person.full_name, "count": load.open_cases}
    return f"{text} ({_HINDERED[load.hindered]})" if load.hindered else str(text)


class AskRecusalForm(ActForm):
    """APPC 67(1)."""

    officer = forms.ChoiceField(label=_("Whose recusal"))
    ground = forms.ChoiceField(label=_("Ground"), choices=[_NOT_CHOSEN, *GROUNDS.items()])
    reason = _text(_("What it rests on"))


class DecideRecusalForm(ActForm):
    """APPC 67."""

    granted = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("true", _("recused: the case is given to somebody else")),
            ("false", _("stays with the case")),
        ],
        widget=forms.RadioSelect,
    )
    reason = _text(_("Reason"))


class PrepareIssueForm(ActForm):
    """Annex 3/10(4), (5)."""

    no_court_act_note = _text(
        _("No court act forbidding the activity is known"),
        _("Say where you looked and what you found. The head reads this before signing."),
    )


class PostponeForm(ActForm):
    """Rules 10, APPC 73(3)."""

    planned_at = forms.ChoiceField(
        label=_("Free time"),
        help_text=_(
            "In office hours of a working day (09:00–13:00, 14:30–18:30), until notice + 2 working days; "
            "asked for too late for that, on the next morning."
        ),
    )
    room = forms.ChoiceField(label=_("Room"), required=False)
    link = forms.CharField(
        label=_("Link of the video call"), required=False, help_text=_("Where it is held by video: https://…")
    )
    place = forms.CharField(
        label=_("Another place, or how to find it"),
        required=False,
        help_text=_("Empty where the room says enough."),
    )

    def offer(self, free: list[FreeSlot], rooms: list[HearingRoom], side: str) -> None:
        """The times that are free, by day, with the rooms that are free then."""
        days: dict[str, list[tuple[str, str]]] = {}
        for slot in free:
            start = almaty(slot.start)
            rooms_free = ", ".join(room.code for room in slot.rooms)
            label = f"{start:%H:%M}–{almaty(slot.end):%H:%M}" + (f" · {rooms_free}" if rooms_free else "")
            days.setdefault(date_format(start, "D d.m.Y"), []).append((start.isoformat(), label))
        self.fields["planned_at"].choices = [_NOT_CHOSEN, *days.items()]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["room"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", _("— none —")),
            *(
                (room.code, f"{room.code} – {room.name_kk if side == 'kk' else room.name_ru}")
                for room in rooms
            ),
        ]


class LateNoticeForm(ActForm):
    """APPC 84(1)."""

    reason = _text(
        _("Why a late notice is agreed to"),
        _("The breach of the term stays recorded and is told to the applicant."),
    )


class ProtocolForm(ActForm):
    """APPC 74."""

    started_at = forms.CharField(
        label=_("Begun"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ended_at = forms.CharField(label=_("Ended"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    attended = forms.ChoiceField(
        label=_("Did the party come?"), choices=[_NOT_CHOSEN, ("yes", _("came")), ("no", _("did not come"))]
    )
    present_lines = forms.CharField(
        label=_("Who was present"),
        required=False,
        help_text=_("One person a line; those of the party first."),
        widget=forms.Textarea(attrs={"rows": 3, "data-lines": "present"}),
    )
    explanations = _text(
        _("What the applicant explained"),
        _("Leave it empty if the party did not come."),
        rows=6,
        required=False,
    )


class DiscontinueForm(ActForm):
    """APPC 70(1)."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[_NOT_CHOSEN, *((code, _REASONS[code]) for code in DISCONTINUANCE_REASONS)],
    )
    facts_kk = _text(
        _("Facts in Kazakh"), _("From which register or document this is known, with its date and number.")
    )
    facts_ru = _text(_("Facts in Russian"))


class CancelRefusalForm(ActForm):
    """APPC 84."""

    reasons_kk = _text(_("Why the act was unlawful, in Kazakh"), _("The applicant reads it in the order."))
    reasons_ru = _text(_("Why the act was unlawful, in Russian"))


class CourtActForm(ActForm):
    """APPC 84, 100."""

    outcome = forms.ChoiceField(
        label=_("What the court decided"),
        choices=[
            _NOT_CHOSEN,
            ("cancelled", _("refusal cancelled: the case is considered anew")),
            ("upheld", _("refusal upheld")),
        ],
    )
    court = forms.CharField(label=_("Court"))
    number = forms.CharField(label=_("Number"))
    in_force_on = forms.CharField(label=_("In force since"), widget=forms.DateInput(attrs={"type": "date"}))
    scan = forms.FileField(label=_("Scan"), help_text=_("The court act as a PDF or a picture."))


class SendBackForm(ActForm):
    """Why the head does not sign."""

    reason = _text(
        _("What is to be changed"), _("The executor reads it among the working notes of the case.")
    )


FORMS: dict[str, type[ActForm]] = {
    "assign": AssignForm,
    "ask_recusal": AskRecusalForm,
    "decide_recusal": DecideRecusalForm,
    "prepare_issue": PrepareIssueForm,
    "postpone_hearing": PostponeForm,
    "agree_late_notice": LateNoticeForm,
    "sign_protocol": ProtocolForm,
    "discontinue": DiscontinueForm,
    "cancel_refusal": CancelRefusalForm,
    "record_court_act": CourtActForm,
    "send_back": SendBackForm,
}
# what the signed bytes are made of: controls that the signing script sends with its request
SIGN_FIELDS: dict[str, str] = {
    "notify_hearing": "grounds",
    "agree_late_notice": "reason",
    "sign_protocol": "started_at ended_at attended present explanations",
}
