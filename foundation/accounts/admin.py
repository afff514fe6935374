"""Accounts in the back office: people, roles and bodies for the administrator; parties and rights to look at."""

from typing import Any

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice
from rest_framework.authtoken.models import TokenProxy
from unfold.admin import ModelAdmin

from foundation.accounts import services
from foundation.accounts.identifiers import Kind, is_valid, mask_iin
from foundation.accounts.models import Body, Party, Person, Representation, RoleHolding
from foundation.kernel.clock import legal_now


class NothingDeleted(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """Nothing here can be deleted; rights come from the roles (permissions.py)."""

    list_per_page = 50

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class LookOnly(NothingDeleted):
    """Changed by the acts of people, not by hand."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


# The applications that bring these list them for whoever may read: tokens and keys of the second factor are
# everybody's own secrets, groups mean nothing here, and records of sign-ins are below, to look at only.
for _model in (TokenProxy, TOTPDevice, Group, AccessAttempt, AccessFailureLog, AccessLog):
    admin.site.unregister(_model)


@admin.register(AccessAttempt, AccessFailureLog, AccessLog)
class SignInRecords(LookOnly):
    """Wrong passwords, lock-outs and sign-ins; kept as they happened."""

    list_display = ("attempt_time", "username", "ip_address", "user_agent")
    search_fields = ("=username", "=ip_address")
    date_hierarchy = "attempt_time"


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """An officer's account; the password is set by the officer through a link."""

    class Meta:
        model = Person
        fields = (
            "login", "surname", "given_name", "patronymic", "iin", "post_kk", "post_ru", "rank", "email",
            "phone", "language", "is_active",
        )  # fmt: skip

    def clean_iin(self) -> str | None:
        """Empty is none; anything else must be an IIN."""
        iin = self.cleaned_data["iin"] or None
        if iin and not is_valid(Kind.IIN, iin):
            raise forms.ValidationError(_("This is not a valid IIN: check the twelve digits."))
        return iin


@admin.register(Person)
class PersonAdmin(NothingDeleted):
    form = PersonForm
    list_display = ("login", "full_name", "masked_iin", "is_staff", "is_active", "last_login")
    list_filter = ("is_staff", "is_active")
    search_fields = ("login", "surname", "given_name", "=iin")
    ordering = ("surname", "given_name")
    actions = ("send_password_link", "reset_second_factor")

    @admin.display(description=_("IIN"))
    def masked_iin(self, person: Person) -> str:
        return mask_iin(person.iin) if person.iin else ""

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> tuple[str, ...]:
        del request
        return ("login",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        actor = _officer(request)
        if change:
            services.update_officer(actor=actor, person_id=obj.pk, fields=form.cleaned_data, at=legal_now())
            return
        made = services.register_officer(actor=actor, fields=form.cleaned_data, at=legal_now())
        obj.pk = made.pk

    @admin.action(description=_("Send a link to set the password"), permissions=["change"])
    def send_password_link(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        for person in queryset.exclude(email=""):
            services.ask_password_link(actor=_officer(request), person_id=person.pk, at=legal_now())
        messages.success(request, _("Letters go to the chosen people who have an e-mail address."))

    @admin.action(description=_("Reset the second step (lost telephone)"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[Person]) -> None:
        for person in queryset:
            services.reset_second_factor(actor=_officer(request), person_id=person.pk, at=legal_now())
        messages.success(request, _("At the next sign-in the chosen people set up a new app."))


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A role by order; afterwards only its last day moves."""

    class Meta:
        model = RoleHolding
        fields = ("person", "body", "role", "valid_from", "valid_to", "order")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first = cleaned.get("valid_from") or self.instance.valid_from
        last = cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        if self.instance.pk and not last:
            self.add_error("valid_to", _("Name the last day of the role."))
        return cleaned


@admin.register(RoleHolding)
class RoleHoldingAdmin(NothingDeleted):
    form = RoleForm
    list_display = ("person", "role", "body", "valid_from", "valid_to", "order")
    list_filter = ("role", "body")
    list_select_related = ("person", "body")
    search_fields = ("person__surname", "person__login", "order")
    autocomplete_fields = ("person",)

    def get_readonly_fields(self, request: HttpRequest, obj: RoleHolding | None = None) -> tuple[str, ...]:
        del request
        return ("person", "body", "role", "valid_from", "order") if obj else ()

    def save_model(self, request: HttpRequest, obj: RoleHolding, form: Any, change: bool) -> None:
        actor, at = _officer(request), legal_now()
        if change:
            last = form.cleaned_data["valid_to"]
            services.end_role(actor=actor, holding_id=obj.pk, valid_to=last, at=at)
        else:
            obj.pk = services.grant_role(actor=actor, at=at, **form.cleaned_data).pk


@admin.register(Body)
class BodyAdmin(LookOnly):
    list_display = ("code", "kind", "name_ru", "name_kk", "bin", "works_in_portal")


@admin.register(Party)
class PartyAdmin(LookOnly):
    list_display = ("name_ru", "kind", "shown_number", "created_at")
    list_filter = ("kind",)
    search_fields = ("=number", "name_ru", "name_kk")
    exclude = ("number",)
    readonly_fields = ("shown_number",)

    @admin.display(description=_("IIN or BIN"))
    def shown_number(self, party: Party) -> str:
        return mask_iin(party.number) if party.iin else party.number


@admin.register(Representation)
class RepresentationAdmin(LookOnly):
    list_display = ("party", "person", "basis", "scope", "since", "until", "revoked_at")
    list_filter = ("basis", "scope")
    list_select_related = ("party", "person")
    search_fields = ("party__name_ru", "=party__number", "person__surname")


def _officer(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise TypeError("the admin site lets officers in only")
    return request.user
