"""How the wizard's fields look. They only show: what is stored or was typed, and the faults the services named."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from applications import addresses, particulars
from applications.models import Application, PowerSource
from foundation.kernel.kept import Kept
from foundation.kernel.regions import REGIONS
from foundation.rulebook.rules.rows import EvidenceRequirement

NOT_CHOSEN = ("", _("— choose —"))
YES_NO = [("true", _("yes")), ("false", _("no"))]
GRID = [("true", _("yes, the connection is made")), ("false", _("not yet"))]


class ShownForm(forms.Form):
    """A form that never judges: values come from the draft or from what was refused, faults from the services.

    Names are those the services use (`address.region`, `data_centers.0.power_source`), so a fault finds its field.
    """

    use_required_attribute = False

    def __init__(self, stored: Mapping[str, Any], kept: Kept | None = None, *, prefix: str = "") -> None:
        self._faults = kept.faults if kept else {}
        super().__init__(prefix=prefix or None)
        self.data = {
            self.add_prefix(name): kept.value(self.add_prefix(name), _text(stored.get(name)))
            if kept
            else _text(stored.get(name))
            for name in self.fields
        }
        self.is_bound = True

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}.{field_name}" if self.prefix else field_name

    def full_clean(self) -> None:
        """Take the faults as they were named."""
        self.cleaned_data: dict[str, Any] = {}
        self._errors = ErrorDict()
        for name in self.fields:
            if texts := self._faults.get(self.add_prefix(name)):
                self._errors[name] = self.error_class(texts)

    def problems(self) -> list[tuple[str, str]]:
        """(id of the element, words) for the summary."""
        found = []
        for name, texts in self.errors.items():
            field = self[name]
            target = f"{field.auto_id}_group" if field.use_fieldset else field.id_for_label
            found += [(target, f"{field.label}: {text}") for text in texts]
        return found


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


class AddressForm(ShownForm):
    """Region, city, district, settlement, street, house (Annex 1); one set of fields for every address."""

    region = forms.ChoiceField(label=_("Region or city of national rank"))
    district = forms.CharField(label=_("District"), required=False)
    city = forms.CharField(
        label=_("City or town"),
        required=False,
        help_text=_("Outside Astana, Almaty and Shymkent a town, district or settlement is needed."),
    )
    settlement = forms.CharField(label=_("Settlement"), required=False)
    street = forms.CharField(label=_("Street"))
    house = forms.CharField(label=_("House or building"))
    room = forms.CharField(label=_("Room or office"), required=False)
    free_text = forms.CharField(
        label=_("How to find it"), required=False, help_text=_("If the address needs a word more.")
    )

    def __init__(
        self, stored: Mapping[str, Any], kept: Kept | None = None, *, prefix: str = "", day: date
    ) -> None:
        """`day`: whose official list of places the fields offer; any other name may be typed all the same."""
        super().__init__(stored, kept, prefix=prefix)
        language = get_language() or "ru"
        offered = addresses.suggestions(stored, day, language)
        self.place = addresses.place_line(stored, day, language)
        self.offers: list[tuple[str, list[str]]] = []
        self.offers_places = offered.listed
        for name, names in (
            ("district", offered.districts),
            ("city", offered.cities),
            ("settlement", offered.settlements),
        ):
            if names:
                listed = f"{self[name].id_for_label}_list"
                self.fields[name].widget.attrs["list"] = listed
                self.offers.append((listed, names))
        self.fields["region"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            NOT_CHOSEN,
            *((code, region.name(language)) for code, region in REGIONS.items()),
        ]


class ContactsForm(ShownForm):
    """Where letters on the case go."""

    email = forms.CharField(
        label=_("E-mail"),
        help_text=_("Everything on the case is sent here and counts as sent to you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("For example +7 701 234 56 78."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    locale = forms.ChoiceField(
        label=_("Language of letters"),
        help_text=_("Official documents are always made in both languages."),
        choices=[("kk", "Қазақша"), ("ru", "Русский")],
        widget=forms.RadioSelect,
    )


class RequestForm(ShownForm):
    """What is asked for."""

    scope = forms.ChoiceField(
        label=_("What is asked for"), choices=Application.Scope.choices[:2], widget=forms.RadioSelect
    )
    target_licence = forms.ChoiceField(
        label=_("The licence to which the annex is added"),
        required=False,
        help_text=_("Only for an annex: your own licence of sub-kind I in force."),
    )
    owns_hardware = forms.ChoiceField(
        label=_("Do you own or otherwise lawfully hold mining hardware?"),
        help_text=_("If you do, entry I-3 of annex 11 asks for a contract with an accredited mining pool."),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        stored: Mapping[str, Any],
        kept: Kept | None = None,
        *,
        licences: list[tuple[str, str]],
        sub_kind: str = "I",
    ) -> None:
        super().__init__(stored, kept)
        if sub_kind == "II":
            self.fields["target_licence"].help_text = _(
                "Only for an annex: your own licence of sub-kind II in force."
            )
            self.fields["owns_hardware"].help_text = _(
                "If you do, entry II-2 of annex 11 asks for a contract with an accredited mining pool."
            )
        if licences:
            self.fields["target_licence"].choices = [NOT_CHOSEN, *licences]  # type: ignore[attr-defined]
        else:
            del self.fields["target_licence"]


class CentreForm(ShownForm):
    """One data centre beside its address: how it buys power and since when it is on the grid."""

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    power_source = forms.ChoiceField(
        label=_("Way of buying electricity"), choices=PowerSource.choices, widget=forms.RadioSelect
    )
    grid_connected = forms.ChoiceField(
        label=_("Is the data centre connected to the grid?"),
        help_text=_("Only for the single purchaser; the entry for technical conditions depends on it."),
        choices=GRID,
        widget=forms.RadioSelect,
    )
    grid_connected_on = forms.CharField(
        label=_("Day of the connection"),
        required=False,
        help_text=_("Only if the connection is made."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class EvidenceForm(ShownForm):
    """What is said of one file; the particulars are those of its Annex 11 entry."""

    issued_on = forms.CharField(
        label=_("Day of issue"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    expires_on = forms.CharField(
        label=_("Valid until"),
        required=False,
        help_text=_("Leave empty if the document has no term."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(
        self,
        stored: Mapping[str, Any],
        kept: Kept | None = None,
        *,
        requirement: EvidenceRequirement,
        number: str,
    ) -> None:
        self._requirement = requirement
        super().__init__(stored, kept)
        self.auto_id = f"id_{number}_%s"
        language = get_language() or "ru"
        said = stored.get("particulars") or {}
        shown: dict[str, Any] = dict(self.data)
        for row in requirement.particulars:
            name = f"particulars.{row['name']}"
            self.fields[name] = _particular(row, language)
            filled_in = said.get(row["name"], "")
            shown[name] = kept.value(name, filled_in) if kept else filled_in
        self.data = shown
        self.order_fields([name for name in self.fields if "." in name])


def _particular(row: Mapping[str, Any], language: str) -> forms.Field:
    words: dict[str, Any] = {"label": particulars.label(row, language), "required": bool(row.get("required"))}
    match row["type"]:
        case "choice":
            choices = [(choice["value"], particulars.label(choice, language)) for choice in row["choices"]]
            return forms.ChoiceField(choices=[NOT_CHOSEN, *choices], **words)
        case "decimal":
            least = row.get("min")
            return forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                help_text=_("At least {least}.").format(least=least) if least else "",
                **words,
            )
        case "bin":
            return forms.CharField(
                widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "12"}), **words
            )
        case _:
            return forms.CharField(**words)
