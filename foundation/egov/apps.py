"""Clients of outside systems and the ЭЦП verifier: bytes and a moment in, an answer out."""

from django.apps import AppConfig


class EgovConfig(AppConfig):
    name = "foundation.egov"
    label = "egov"
    default_auto_field = "django.db.models.BigAutoField"
