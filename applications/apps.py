"""Forms 1, 2, 9, 10: application, evidence, findings, the state machine."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "applications"
    label = "applications"
    default_auto_field = "django.db.models.BigAutoField"
