"""Registers the room with Django."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """What was reported, what proves it, what civil society says of it; the public dashboard."""

    name = "tequio.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"
