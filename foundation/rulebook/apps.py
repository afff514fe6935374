"""The order as dated data, each row with its paragraph."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "foundation.rulebook"
    label = "rulebook"
    default_auto_field = "django.db.models.BigAutoField"
