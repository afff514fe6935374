"""What people type about themselves and their colleagues."""

from typing import Any

import phonenumbers
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from foundation.accounts.identifiers import Kind, is_valid
from foundation.accounts.models import Person, Representation

_PHONE = _("Write the number with its country code, for example +7 701 234 56 78.")


class PasswordForm(AuthenticationForm):
    """Login and password of an officer."""

    error_messages = {
        "invalid_login": _("Login and password do not fit together. Capital and small letters differ."),
        "inactive": _("This account may not sign in. Ask the administrator of the portal why."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Login")
        self.fields["username"].widget.attrs.pop("autofocus", None)
        self.fields["password"].label = _("Password")


class CodeForm(forms.Form):
    """Six digits of the authenticator app."""

    token = forms.RegexField(
        regex=r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("Code of the app"),
        help_text=_("Six digits; a new code comes every 30 seconds."),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ContactsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Contacts and language of a person; the names come from the certificate."""

    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=30,
        help_text=_PHONE,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    class Meta:
        model = Person
        fields = ("email", "phone", "language")
        labels = {"email": _("E-mail"), "language": _("Language of the pages and letters")}
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "email"})}

    def clean_phone(self) -> str:
        """E.164, whatever way it was typed."""
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        try:
            number = phonenumbers.parse(typed, "KZ")
        except phonenumbers.NumberParseException as error:
            raise forms.ValidationError(_PHONE) from error
        if not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(_PHONE)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def clean_email(self) -> str:
        """The domain in small letters; the part before @ as typed."""
        name, at, domain = str(self.cleaned_data["email"]).rpartition("@")
        return f"{name}{at}{domain.lower()}"


class PowerForm(forms.Form):
    """A power as the head writes it."""

    iin = forms.CharField(
        label=_("IIN of the colleague"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    surname = forms.CharField(label=_("Surname"), max_length=100)
    given_name = forms.CharField(label=_("Given name"), max_length=100)
    scope = forms.ChoiceField(
        label=_("What the colleague may do"),
        choices=[
            (Representation.Scope.DRAFT.value, _("prepare drafts; you sign them")),
            (Representation.Scope.SIGN.value, _("prepare, sign and file in the party's name")),
        ],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("The power ends by itself after this day; you can take it back at any time."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_iin(self) -> str:
        iin = str(self.cleaned_data["iin"]).strip()
        if not is_valid(Kind.IIN, iin):
            raise forms.ValidationError(_("This is not a valid IIN: check the twelve digits."))
        return iin
