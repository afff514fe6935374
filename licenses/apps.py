"""The register: licences, annexes, legal periods, public check."""

from django.apps import AppConfig


class LicensesConfig(AppConfig):
    name = "licenses"
    label = "licenses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from licenses import handlers
        from licenses.proceedings import handlers as of_proceedings

        handlers.connect()
        of_proceedings.connect()
