"""Complaints."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "appeals"
    label = "appeals"
    verbose_name = _("Complaints")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from appeals.handlers import connect
        from appeals.selectors import cases_before
        from casework.cases.selectors import sent_along

        connect()
        sent_along(cases_before)
