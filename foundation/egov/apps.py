"""Clients of outside systems and the ЭЦП verifier: bytes and a moment in, an answer out."""

from django.apps import AppConfig
from django.core import checks


class EgovConfig(AppConfig):
    name = "foundation.egov"
    label = "egov"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.egov.checks import check_eds

        checks.register(check_eds, checks.Tags.security)
