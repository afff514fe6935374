"""Fields of Forms 2, 9 and 10 that Form 1 has not: host, targets, grounds. They only show, as forms.py says."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.fees import LICENCE
from applications.models import PowerSource
from applications.rules import Reorganisation
from desks.cabinet.forms import GRID, NOT_CHOSEN, YES_NO, ShownForm
from foundation.kernel.kept import Kept
from licenses.selectors import LivingLicence

_DAY = forms.DateInput(attrs={"type": "date"})
_REORGANISATIONS = {
    Reorganisation.MERGER: _("merger"),
    Reorganisation.TRANSFORMATION: _("transformation"),
    Reorganisation.ACCESSION: _("accession"),
    Reorganisation.SPIN_OFF: _("spin-off"),
    Reorganisation.SPLIT: _("split"),
}
# kind of a ground → the fields beside its day
GROUND_FIELDS: dict[str, tuple[str, ...]] = {
    "registration": ("name_kk", "name_ru"),
    "reorganisation": ("reorganisation", "merged"),
    "sub_kind_name": ("act",),
    "law": ("act",),
}


class ReissueRequestForm(ShownForm):
    """Forms 9, 10: the licence meant, and what of it is re-issued."""

    target_licence = forms.CharField(
        label=_("Licence to be re-issued"),
        help_text=_("Your own licence of this sub-kind; under reorganisation that of the predecessor."),
    )
    targets = forms.MultipleChoiceField(label=_("What is re-issued"), widget=forms.CheckboxSelectMultiple)
    owns_hardware = forms.ChoiceField(
        label=_("Do you own or otherwise lawfully hold mining hardware?"),
        required=False,
        help_text=_("Asked only on a spin-off or a split, where the qualification is checked."),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        stored: Mapping[str, Any],
        kept: Kept | None = None,
        *,
        target: LivingLicence | None,
        succession: bool,
    ) -> None:
        super().__init__(stored, kept)
        annexes = (
            [(row.number, _("annex {number}").format(number=row.number)) for row in target.annexes]
            if target
            else []
        )
        self.fields["targets"].choices = [(LICENCE, _("the licence")), *annexes]  # type: ignore[attr-defined]
        chosen = kept.values.get("targets", []) if kept and kept.values else stored.get("targets", [])
        self.data = {**self.data, "targets": chosen}
        if not succession:
            del self.fields["owns_hardware"]


class GroundForm(ShownForm):
    """One ground of Form 9 or 10: stated or not, since what day, and what it changes."""

    stated = forms.BooleanField(label=_("This ground applies"), required=False)
    changed_on = forms.CharField(label=_("Day of the change"), required=False, widget=_DAY)
    name_kk = forms.CharField(label=_("New name in Kazakh"), required=False)
    name_ru = forms.CharField(label=_("New name in Russian"), required=False)
    reorganisation = forms.ChoiceField(
        label=_("Kind of reorganisation"), required=False, choices=[NOT_CHOSEN, *_REORGANISATIONS.items()]
    )
    merged = forms.CharField(
        label=_("BINs of the other merged parties"),
        required=False,
        help_text=_(
            "Only for a merger: their other licences of this sub-kind end on the day of the re-issue."
        ),
    )
    act = forms.CharField(label=_("Act and its paragraph"), required=False)

    def __init__(
        self, stored: Mapping[str, Any], kept: Kept | None = None, *, prefix: str, kind: str
    ) -> None:
        super().__init__(stored, kept, prefix=prefix)
        if kept and kept.values:
            name = self.add_prefix("stated")
            self.data = {**self.data, name: "true" if name in kept.values else ""}
        for name in [*self.fields]:
            if name not in ("stated", "changed_on", *GROUND_FIELDS.get(kind, ())):
                del self.fields[name]


class HostedCentreForm(ShownForm):
    """Form 2: whose data centre it is; on a change the annex whose place it takes."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    host_name = forms.CharField(
        label=_("Host: the licensed miner whose data centre it is"),
        help_text=_("As the guarantee letter names it (annex 11, entry II-1)."),
    )
    host_licence = forms.CharField(
        label=_("Number of the host's licence"),
        required=False,
        help_text=_("Looked up in the register at once; the executor sees the same answer."),
    )
    annex = forms.ChoiceField(
        label=_("It takes the place of annex"),
        required=False,
        help_text=_("Only if host or place change: the old annex is superseded when the new one is issued."),
    )

    def __init__(
        self,
        stored: Mapping[str, Any],
        kept: Kept | None = None,
        *,
        prefix: str,
        annexes: list[str],
    ) -> None:
        super().__init__(stored, kept, prefix=prefix)
        if annexes:
            self.fields["annex"].choices = [("", _("a further data centre")), *((n, n) for n in annexes)]  # type: ignore[attr-defined]
        else:
            del self.fields["annex"]


class ReissuedCentreForm(ShownForm):
    """Forms 9, 10: the data centre of an annex, and what grounds 3 and 5 change in it."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    annex = forms.ChoiceField(label=_("Data centre of annex"))
    moves = forms.ChoiceField(
        label=_("Does the data centre physically move?"),
        help_text=_("A move is decided as a new annex: evidence, 15 working days, a hearing (PL 29(6))."),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    host_name = forms.CharField(label=_("Host: the licensed miner whose data centre it is"))
    host_licence = forms.CharField(label=_("Number of the host's licence"), required=False)
    power_source = forms.ChoiceField(
        label=_("Way of buying electricity"), choices=PowerSource.choices, widget=forms.RadioSelect
    )
    grid_connected = forms.ChoiceField(
        label=_("Is the data centre connected to the grid?"), choices=GRID, widget=forms.RadioSelect
    )
    grid_connected_on = forms.CharField(label=_("Day of the connection"), required=False, widget=_DAY)

    def __init__(
        self,
        stored: Mapping[str, Any],
        kept: Kept | None = None,
        *,
        prefix: str,
        annexes: list[str],
        sub_kind: str,
        moves: bool,
    ) -> None:
        super().__init__(stored, kept, prefix=prefix)
        self.fields["annex"].choices = [NOT_CHOSEN, *((n, n) for n in annexes)]  # type: ignore[attr-defined]
        hosted = sub_kind == "II"
        left_out = (
            ("power_source", "grid_connected", "grid_connected_on")
            if hosted
            else ("host_name", "host_licence")
        )
        for name in (*left_out, *(() if moves else ("moves",))):
            del self.fields[name]
