"""The rulebook in the back office: everybody there may read it, nobody edits a row."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from foundation.rulebook.models import TABLES, DatedRule


class RuleAdmin(ModelAdmin):  # type: ignore[misc] # unfold ships no types
    """Read only: a new row enters by `services.propose` and a second person's `confirm`."""

    list_display = ("code", "valid_from", "valid_to", "citation", "translation", "published_at")
    list_filter = ("translation", "valid_from")
    search_fields = ("code", "text_kk", "text_ru", "citation")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: DatedRule | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: DatedRule | None = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, _obj: DatedRule | None = None) -> bool:
        return bool(request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)


def _register(table: type[Any]) -> None:
    admin.site.register(table, RuleAdmin)


for _table in TABLES.values():
    _register(_table)
