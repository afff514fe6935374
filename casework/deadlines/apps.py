"""Working days, terms, the watch."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "casework.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.deadlines.events import CALENDAR_REVISED
        from foundation.journal.services import subscribe

        subscribe(CALENDAR_REVISED, "casework.deadlines.handlers.tell_moved_terms")
