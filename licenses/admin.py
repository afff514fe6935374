"""The register in the back office: to be looked at only, every change is a legal act of its own service."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from licenses.models import Annex, AnnexEdition, Licence, LicenceEdition, LicenceNumber, LicencePeriod


class LookOnly:
    """Everybody in the back office may look; nothing can be added, changed or deleted."""

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class EditionInline(LookOnly, TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = LicenceEdition
    fields = ("edition", "issued_on", "state", "holder_ru", "head_name", "act_id")
    extra = 0


class PeriodInline(LookOnly, TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = LicencePeriod
    fields = ("status", "period", "until", "stayed", "basis", "known_from", "known_to")
    extra = 0


class AnnexInline(LookOnly, TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = Annex
    fields = ("number", "status", "issued_on", "expires_on", "edition")
    extra = 0


class AnnexEditionInline(LookOnly, TabularInline):  # type: ignore[misc]  # unfold ships no types
    model = AnnexEdition
    fields = ("edition", "issued_on", "state", "address_ru", "power_source", "host_name")
    extra = 0


@admin.register(Licence)
class LicenceAdmin(LookOnly, ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """Licences with their editions, periods and annexes."""

    list_display = ("number", "sub_kind", "status", "party", "first_issued_on", "expires_on")
    list_filter = ("sub_kind", "status")
    list_select_related = ("party",)
    search_fields = ("number", "party__number")
    show_full_result_count = False
    exclude = ("search_text", "sort_key")
    inlines = (EditionInline, PeriodInline, AnnexInline)


@admin.register(Annex)
class AnnexAdmin(LookOnly, ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """Annexes with their editions."""

    list_display = ("licence", "number", "status", "issued_on", "expires_on")
    list_filter = ("status",)
    list_select_related = ("licence",)
    search_fields = ("licence__number",)
    show_full_result_count = False
    inlines = (AnnexEditionInline,)


@admin.register(LicenceNumber)
class LicenceNumberAdmin(LookOnly, ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """Numbers given out, reserved, released."""

    list_display = ("number", "state", "case_id", "reserved_at")
    list_filter = ("state",)
    search_fields = ("number",)
    show_full_result_count = False
