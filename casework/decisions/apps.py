"""Official acts, hearings, sign requests, signature evidence."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "casework.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"
