"""Registers the room with Django."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """What was reported, what proves it, what civil society says of it; the public dashboard."""

    name = "tequio.monitoring"
    label = "monitoring"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep what people write here from going when a pack is loaded again."""
        import_module("tequio.monitoring.workflows").keep_what_people_wrote()
