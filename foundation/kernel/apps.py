"""Legal clock, refusal of law, problem+json, If-Match, Idempotency-Key, money."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "foundation.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
