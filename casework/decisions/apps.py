"""Official acts, hearings, sign requests, signature evidence."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "casework.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The supervisor keeps the list of hearing rooms."""
        from foundation.accounts.models import Role
        from foundation.accounts.permissions import allow

        allow(Role.SUPERVISOR, "decisions.*_hearingroom")
