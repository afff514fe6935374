"""What is owed to handlers, with its dead letters: put back in line, or mark as dealt with by hand."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from foundation.journal import services
from foundation.journal.models import Anchor, Delivery, Fact


class LookOnly(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """The journal is append-only, for everybody."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class DeadFirst(admin.SimpleListFilter):
    """Opens on what needs somebody: dead letters and those that failed at least once."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        del request, model_admin
        return [
            (Delivery.DEAD, _("dead: needs a person")),
            ("failing", _("failed, is tried again")),
            (Delivery.OPEN, _("open")),
            (Delivery.DONE, _("delivered")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        del request
        chosen = self.value()
        if chosen == "failing":
            return queryset.filter(state=Delivery.OPEN, attempts__gt=0).exclude(last_error="")
        return queryset.filter(state=chosen) if chosen else queryset.exclude(state=Delivery.DONE)


@admin.register(Delivery)
class DeliveryAdmin(LookOnly):
    list_display = (
        "id",
        "stream",
        "seq",
        "kind",
        "handler",
        "state",
        "attempts",
        "available_at",
        "last_error",
    )
    list_filter = (DeadFirst,)
    list_select_related = ("fact",)
    search_fields = ("=stream", "handler")
    ordering = ("id",)
    actions = ("retry", "resolve")

    @admin.display(description=_("fact"))
    def kind(self, delivery: Delivery) -> str:
        return delivery.fact.kind

    def has_operate_permission(self, request: HttpRequest) -> bool:
        """Asked by the actions: only who may change deliveries operates them."""
        return bool(request.user.has_perm("journal.change_delivery"))

    @admin.action(description=_("Put back in line now"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        numbers = list(queryset.exclude(state=Delivery.DONE).values_list("pk", flat=True))
        for number in numbers:
            services.retry(number)
        messages.success(
            request,
            ngettext("{n} delivery is tried again.", "{n} deliveries are tried again.", len(numbers)).format(
                n=len(numbers)
            ),
        )

    @admin.action(description=_("Mark as dealt with by hand"), permissions=["operate"])
    def resolve(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        numbers = list(queryset.filter(state=Delivery.DEAD).values_list("pk", flat=True))
        for number in numbers:
            services.resolve(number)
        messages.success(
            request,
            ngettext(
                "{n} dead delivery is resolved; its stream goes on.",
                "{n} dead deliveries are resolved; their streams go on.",
                len(numbers),
            ).format(n=len(numbers)),
        )


@admin.register(Fact)
class FactAdmin(LookOnly):
    list_display = ("id", "stream", "seq", "kind", "at", "recorded_at")
    list_filter = ("kind",)
    search_fields = ("=stream", "=kind")
    ordering = ("-id",)
    exclude = ("canonical",)
    readonly_fields = ("payload",)


@admin.register(Anchor)
class AnchorAdmin(LookOnly):
    list_display = ("seq", "legal_date", "made_at", "last_fact_id", "hash", "key_id")
    ordering = ("-seq",)
    exclude = ("content", "signature")
