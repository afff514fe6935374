"""The case file: kind, numbers, party, executor, version, who may see it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "casework.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
