"""Files in (scan, hash, store) and documents out (render, seal, deliver)."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "casework.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casework.documents import handlers

        handlers.connect()
