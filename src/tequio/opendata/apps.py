"""Registers the room with Django."""

from importlib import import_module

from django.apps import AppConfig

from tequio.kernel.facts import PUBLISHED, subscribe


class OpenDataConfig(AppConfig):
    """The catalogue, released files and public API; renders what the rooms declare."""

    name = "tequio.opendata"
    label = "opendata"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Release data after each publication."""
        subscribe(PUBLISHED, import_module("tequio.opendata.tasks").release_soon)
