"""Complaints and suits."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "appeals"
    label = "appeals"
    verbose_name = _("Complaints and suits")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from appeals import handlers
        from appeals.selectors import cases_before
        from appeals.suits import handlers as of_suits
        from appeals.suits.selectors import cases_sued_before, suits_before
        from casework.cases.selectors import sent_along

        handlers.connect()
        of_suits.connect()
        sent_along(cases_before)
        sent_along(suits_before)
        sent_along(cases_sued_before)
