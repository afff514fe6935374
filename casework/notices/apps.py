"""Messages to people: cabinet and mail, delivered and read."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "casework.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.notices.services import SENT
        from foundation.journal.services import subscribe

        subscribe(SENT, "casework.notices.handlers.mail_message")
