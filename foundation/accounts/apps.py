"""People, parties, powers, roles held in bodies, sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "foundation.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from foundation.accounts import events
        from foundation.journal.services import subscribe

        subscribe(events.EMAIL_CHANGED, "foundation.accounts.handlers.send_email_confirmation")
        subscribe(events.PASSWORD_LINK_ASKED, "foundation.accounts.handlers.send_password_link")
