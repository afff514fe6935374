"""Pages that join the apps; they show and post, they never write."""

from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "desks"
    label = "desks"
    default_auto_field = "django.db.models.BigAutoField"
