"""Working days, terms, the watch."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "casework.deadlines"
    label = "deadlines"
    default_auto_field = "django.db.models.BigAutoField"
