"""Reference data in the back office: exceptions of the calendar, entered by one, confirmed by another."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from casework.cases.permissions import require_role
from casework.deadlines import services
from casework.deadlines.models import CalendarException
from casework.deadlines.wording import day_text, term_name
from foundation.accounts.models import Person, Role
from foundation.kernel.clock import legal_now
from foundation.kernel.refusals import Refusal

ENTERED = ("day", "kind", "act_ru", "act_kk")
HISTORY = ("entered_by", "entered_at", "confirmed_by", "confirmed_at", "revision", "replaced_in")


@admin.register(CalendarException)
class CalendarExceptionAdmin(ModelAdmin):  # type: ignore[misc]  # unfold ships no types
    """A row is proposed here and never edited; a wrong one is replaced by another of the same date."""

    list_display = ("day", "kind", "act_ru", "entered_by", "confirmed_by", "revision", "replaced_in")
    list_filter = ("kind", "revision")
    date_hierarchy = "day"
    search_fields = ("act_ru", "act_kk")
    fields = (*ENTERED, *HISTORY, "moves")
    actions = ("confirm",)

    def get_readonly_fields(
        self, _request: HttpRequest, obj: CalendarException | None = None
    ) -> tuple[str, ...]:
        return (*HISTORY, "moves") if obj is None else (*ENTERED, *HISTORY, "moves")

    def has_view_permission(self, request: HttpRequest, _obj: CalendarException | None = None) -> bool:
        return bool(request.user.is_staff)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _may_write(request)

    def has_change_permission(self, _request: HttpRequest, _obj: CalendarException | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: CalendarException | None = None) -> bool:
        return False

    def has_confirm_permission(self, request: HttpRequest) -> bool:
        return _may_write(request)

    @admin.display(description=gettext_lazy("open terms that move"))
    def moves(self, row: CalendarException) -> str:
        if row.pk is None or row.confirmed:
            return "—"
        lines = [
            f"{term_name(move.code)}: {move.count}, {day_text(move.old_due_on)} → {day_text(move.new_due_on)}"
            for move in services.moves_by(row, legal_now())
        ]
        return "; ".join(lines) or _("none")

    def save_model(
        self,
        request: HttpRequest,
        obj: CalendarException,
        form: "ModelForm[CalendarException]",
        _change: bool,
    ) -> None:
        data = form.cleaned_data
        entered = services.enter_exception(
            by=_person(request), at=legal_now(), **{name: data[name] for name in ENTERED}
        )
        obj.pk = entered.pk
        obj.refresh_from_db()

    @admin.action(description=gettext_lazy("Confirm as the second person"), permissions=["confirm"])
    def confirm(self, request: HttpRequest, chosen: QuerySet[CalendarException]) -> None:
        for row in chosen.order_by("day"):
            try:
                services.confirm_exception(exception_id=row.pk, by=_person(request), at=legal_now())
            except Refusal as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.ERROR)
            else:
                self.message_user(request, _("%(row)s is in force.") % {"row": row}, messages.SUCCESS)


def _person(request: HttpRequest) -> Person:
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user


def _may_write(request: HttpRequest) -> bool:
    try:
        require_role(_person(request), Role.SUPERVISOR, Role.HEAD, at=legal_now())
    except (Refusal, PermissionDenied):
        return False
    return True
