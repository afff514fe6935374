"""Wiring as an app: so that its start-up checks are found."""

from django.apps import AppConfig


class LicensingPortalConfig(AppConfig):
    name = "licensing_portal"

    def ready(self) -> None:
        from licensing_portal import checks

        checks.register_all()
