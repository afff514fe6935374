"""Wiring only: settings, urls, Celery and its schedule, health, start-up checks."""

from licensing_portal.celery import app as celery_app

__all__ = ["celery_app"]
