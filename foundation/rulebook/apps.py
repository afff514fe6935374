"""The order as dated data, each row with its paragraph."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RulebookConfig(AppConfig):
    name = "foundation.rulebook"
    label = "rulebook"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_load_law, sender=self)


def _load_law(**_kwargs: Any) -> None:
    """A database without the law decides nothing, so a fresh one gets it with its tables."""
    from foundation.kernel.clock import machine_now
    from foundation.rulebook.services import load_if_empty

    load_if_empty(at=machine_now())
