"""The register: licences, annexes, legal periods, public check."""

from django.apps import AppConfig


class LicensesConfig(AppConfig):
    name = "licenses"
    label = "licenses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from licenses.proceedings.handlers import connect

        connect()
