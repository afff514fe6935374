"""Hearing rooms in the back office: reference data of the supervisor."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from casework.decisions.models import HearingRoom


@admin.register(HearingRoom)
class HearingRoomAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """A room goes out of use; it is never deleted, hearings were held in it."""

    list_display = ("code", "name_kk", "name_ru", "body", "in_use")
    list_filter = ("in_use",)
    search_fields = ("code", "name_kk", "name_ru")
    ordering = ("code",)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, _request: HttpRequest, obj: HearingRoom | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()
